package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * {@code min(x, maxValue)} above the threshold, {@code negativeSlope * (x - threshold)} elsewhere.
 * NaN stays NaN.
 *
 * @param maxValue what no output is above
 * @param negativeSlope the slope below the threshold
 * @param threshold above what an input passes
 */
public record Rectified(float maxValue, float negativeSlope, float threshold)
    implements Elementwise {

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      y.setAtIndex(JAVA_FLOAT, yOffset + i, of(x.getAtIndex(JAVA_FLOAT, xOffset + i)));
    }
  }

  private float of(float x) {
    if (x <= threshold) {
      return negativeSlope == 0 ? 0 : negativeSlope * (x - threshold); // 0 of -infinity too
    }
    return Math.min(x, maxValue);
  }

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
      float slope = slope(x.getAtIndex(JAVA_FLOAT, xOffset + i));
      dx.setAtIndex(JAVA_FLOAT, dxOffset + i, dy.getAtIndex(JAVA_FLOAT, dyOffset + i) * slope);
    }
  }

  private float slope(float x) {
    if (x <= threshold) {
      return negativeSlope;
    }
    return x < maxValue ? 1 : 0;
  }
}
