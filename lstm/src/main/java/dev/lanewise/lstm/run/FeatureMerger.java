package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The features of values side by side. */
public final class FeatureMerger extends Merger {
  private final int[] widths;
  private final int[] begins; // of each value in a row

  public FeatureMerger(int[] widths) {
    super(Arrays.stream(widths).sum());
    this.widths = widths.clone();
    this.begins = new int[widths.length];
    int sum = 0;
    for (int i = 0; i < widths.length; i++) {
      begins[i] = sum;
      sum += widths[i];
    }
  }

  @Override
  public void apply(MergeInputs in, int steps, int batch, int first, int rows, MemorySegment out) {
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        long at = (long) step * batch + row;
        for (int i = 0; i < widths.length; i++) {
          long from = in.offset(i) + at * widths[i];
          Blocks.copy(in.memory(i), from, out, at * width + begins[i], widths[i]);
        }
      }
    }
  }

  @Override
  public void gradient(
      MergeInputs in,
      int of,
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment dOut,
      MemorySegment dIn) {
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        long at = (long) step * batch + row;
        Blocks.copy(dOut, at * width + begins[of], dIn, at * widths[of], widths[of]);
      }
    }
  }
}
