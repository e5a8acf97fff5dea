package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/**
 * What a layer of several values computes, in prediction and in training. Blocks are time-major
 * (steps, batch, width); only the rows {@code first} to before {@code first + rows} are touched.
 * Immutable; allocates nothing.
 */
public abstract class Merger {

  public final int width; // of what it gives

  Merger(int width) {
    this.width = width;
  }

  /**
   * Merges.
   *
   * @param steps of the output
   * @param out (steps, batch, width) from element 0 on. Overwritten in those rows.
   */
  public abstract void apply(
      MergeInputs in, int steps, int batch, int first, int rows, MemorySegment out);

  /**
   * The gradient of one of the inputs.
   *
   * @param of which input
   * @param dOut (steps, batch, width) from element 0 on. Not modified.
   * @param dIn of the input's shape, from element 0 on. Overwritten in those rows.
   */
  public abstract void gradient(
      MergeInputs in,
      int of,
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment dOut,
      MemorySegment dIn);

  /** Whether any step can be padding, of inputs of which some may have some. */
  public boolean mayPad(MergeInputs in) {
    for (int i = 0; i < in.count(); i++) {
      if (in.mask(i) == null) {
        return false;
      }
    }
    return true;
  }

  /** Marks what is padding: what is so in every input. */
  public void mark(MergeInputs in, int steps, int first, int rows, StepMask out) {
    for (int i = 0; i < in.count(); i++) {
      StepMask mask = in.mask(i);
      if (mask == null || !mask.isPresent()) {
        return;
      }
    }
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        if (in.arePadded(step, row)) {
          out.pad(step, row);
        }
      }
    }
  }
}
