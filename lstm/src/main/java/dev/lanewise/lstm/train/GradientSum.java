package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The gradient of a value that not exactly one reads: the sum of its readers' in their order, 0
 * where there is none.
 *
 * @param block the value
 * @param from what each reader left, of the value's shape
 */
public record GradientSum(TrainingBlock block, List<MemorySegment> from) {
  public GradientSum {
    from = List.copyOf(from);
  }

  /** Of the rows {@code first} to before {@code first + rows}. */
  public void apply(int batch, int first, int rows) {
    MemorySegment to = block.gradient();
    int width = block.width();
    long n = (long) rows * width;
    for (int step = 0; step < block.steps(); step++) {
      long at = ((long) step * batch + first) * width;
      if (from.isEmpty()) {
        Blocks.clear(to, at, n);
        continue;
      }
      Blocks.copy(from.getFirst(), at, to, at, n);
      for (int i = 1; i < from.size(); i++) {
        AddScaled.apply(n, 1, from.get(i), at, to, at);
      }
    }
  }
}
