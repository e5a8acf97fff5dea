package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * Where each element of a sample goes when its axes change: element {@code (step, i)} of the input
 * is the {@code step * stepStride + i * elementStride}-th of the output in its flat order.
 * Immutable.
 */
public final class Rearrangement {
  private final int steps;
  private final int width;
  private final long stepStride;
  private final long elementStride;
  private final int outputSteps;
  private final int outputWidth;

  private Rearrangement(
      Axes in, long stepStride, long elementStride, int outputSteps, int outputWidth) {
    this.steps = Math.max(1, in.steps());
    this.width = in.width();
    this.stepStride = stepStride;
    this.elementStride = elementStride;
    this.outputSteps = outputSteps;
    this.outputWidth = outputWidth;
  }

  /** Keeps the flat order. */
  public static Rearrangement reshape(Axes in, Axes out) {
    return new Rearrangement(in, in.width(), 1, Math.max(1, out.steps()), out.width());
  }

  /** Swaps steps and width. */
  public static Rearrangement transpose(Axes in) {
    return new Rearrangement(in, 1, in.steps(), in.width(), in.steps());
  }

  public int outputSteps() {
    return outputSteps;
  }

  public int outputWidth() {
    return outputWidth;
  }

  /** The elements of a sample. */
  public long size() {
    return (long) steps * width;
  }

  /**
   * Moves the samples {@code first} to before {@code first + rows} of a batch.
   *
   * @param in (steps, batch, width). Not modified.
   * @param out (output steps, batch, output width). Overwritten in those rows.
   */
  public void apply(
      int batch,
      int first,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment out,
      long outOffset) {
    move(batch, first, rows, in, inOffset, out, outOffset, false);
  }

  /**
   * Moves gradients back.
   *
   * @param dOut (output steps, batch, output width). Not modified.
   * @param dIn (steps, batch, width). Overwritten in those rows.
   */
  public void undo(int batch, int first, int rows, MemorySegment dOut, MemorySegment dIn) {
    move(batch, first, rows, dIn, 0, dOut, 0, true);
  }

  private void move(
      int batch,
      int first,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment out,
      long outOffset,
      boolean back) {
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        long at = inOffset + ((long) step * batch + row) * width;
        for (int i = 0; i < width; i++) {
          long flat = step * stepStride + i * elementStride;
          long to =
              outOffset + (flat / outputWidth * batch + row) * outputWidth + flat % outputWidth;
          if (back) {
            in.setAtIndex(JAVA_FLOAT, at + i, out.getAtIndex(JAVA_FLOAT, to));
          } else {
            out.setAtIndex(JAVA_FLOAT, to, in.getAtIndex(JAVA_FLOAT, at + i));
          }
        }
      }
    }
  }
}
