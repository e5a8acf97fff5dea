package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.Activation;
import java.lang.foreign.MemorySegment;

/**
 * {@code x} above 0, {@code alpha * (e^x - 1)} below: the kernel of an alpha of 1, then a factor.
 *
 * @param alpha the factor below 0
 */
public record ExponentialLinear(float alpha) implements Elementwise {

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    Activation.ELU.apply(n, x, xOffset, y, yOffset);
    for (long i = yOffset; i < yOffset + n; i++) {
      float one = y.getAtIndex(JAVA_FLOAT, i);
      y.setAtIndex(JAVA_FLOAT, i, one > 0 ? one : alpha * one);
    }
  }

  /** {@code alpha * e^x} is {@code y + alpha}. */
  @Override
  public void gradient(
      long n,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    for (long i = 0; i < n; i++) {
      float below = y.getAtIndex(JAVA_FLOAT, yOffset + i) + alpha;
      float slope = x.getAtIndex(JAVA_FLOAT, xOffset + i) > 0 ? 1 : below;
      dx.setAtIndex(JAVA_FLOAT, dxOffset + i, dy.getAtIndex(JAVA_FLOAT, dyOffset + i) * slope);
    }
  }
}
