package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;

/**
 * The forward pass of an embedding. Its input holds ids as int32, checked where they came in.
 * Scratch: the output (steps, rows, dimension).
 */
public final class EmbeddingForward implements ForwardLayer {
  private final int dimension;
  private final boolean maskZero;
  private final MemorySegment table; // (vocabulary, dimension)
  private final long tableAt;

  /** Copies the table. */
  public EmbeddingForward(int vocabulary, int dimension, boolean maskZero, LayerWeights weights) {
    this.dimension = dimension;
    this.maskZero = maskZero;
    long elements = (long) vocabulary * dimension;
    this.table = Blocks.allocate(weights.arena().get(), elements);
    this.tableAt = 0;
    Blocks.copy(weights.memory(), weights.offset(WeightSpec.EMBEDDINGS), table, 0, elements);
  }

  /** Reads a table where it lies. */
  public EmbeddingForward(int dimension, boolean maskZero, MemorySegment table, long tableAt) {
    this.dimension = dimension;
    this.maskZero = maskZero;
    this.table = table;
    this.tableAt = tableAt;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * dimension;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply(steps, rows, 0, rows, in, inOffset, scratch.memory, mask);
    return 0;
  }

  /**
   * Looks up the ids of the rows {@code first} to before {@code first + rows}.
   *
   * @param ids (steps, batch), int32. Not modified.
   * @param out (steps, batch, dimension). Overwritten in those rows.
   * @param mask (steps, batch). With maskZero, padding is added to it.
   */
  public void apply(
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment ids,
      long idsOffset,
      MemorySegment out,
      StepMask mask) {
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        long at = (long) step * batch + row;
        int id = ids.getAtIndex(JAVA_INT, idsOffset + at);
        if (id == 0 && maskZero) {
          mask.pad(step, row);
        }
        Blocks.copy(table, tableAt + (long) id * dimension, out, at * dimension, dimension);
      }
    }
  }

  @Override
  public boolean marksPadding() {
    return maskZero;
  }

  @Override
  public long work() {
    return dimension;
  }

  @Override
  public long weightBytes() {
    return table.byteSize();
  }
}
