package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.Exp;
import java.lang.foreign.MemorySegment;

/** The forward pass of a {@link Softmax}. Scratch: the output (steps, rows, width). */
final class SoftmaxForward implements ForwardLayer {
  private final int width;

  SoftmaxForward(int width) {
    this.width = width;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * width;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply((long) steps * rows, in, inOffset, scratch.memory, 0);
    return 0;
  }

  /**
   * Runs rows.
   *
   * @param in (rows, width). Not modified.
   * @param out (rows, width). Overwritten.
   */
  void apply(long rows, MemorySegment in, long inOffset, MemorySegment out, long outOffset) {
    for (long row = 0; row < rows; row++) {
      long from = inOffset + row * width;
      long to = outOffset + row * width;
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < width; i++) {
        largest = Math.max(largest, in.getAtIndex(JAVA_FLOAT, from + i));
      }
      for (int i = 0; i < width; i++) {
        out.setAtIndex(JAVA_FLOAT, to + i, in.getAtIndex(JAVA_FLOAT, from + i) - largest);
      }
      Exp.apply(width, out, to, out, to);
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += out.getAtIndex(JAVA_FLOAT, to + i);
      }
      for (int i = 0; i < width; i++) {
        out.setAtIndex(JAVA_FLOAT, to + i, (float) (out.getAtIndex(JAVA_FLOAT, to + i) / sum));
      }
    }
  }

  @Override
  public long work() {
    return width;
  }
}
