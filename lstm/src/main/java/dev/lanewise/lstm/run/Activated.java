package dev.lanewise.lstm.run;

import dev.lanewise.kernels.Activation;
import java.lang.foreign.MemorySegment;

/**
 * An activation of the kernels.
 *
 * @param activation which
 */
public record Activated(Activation activation) implements Elementwise {

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    activation.apply(n, x, xOffset, y, yOffset);
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
    if (activation.needsInput()) {
      activation.inputGradient(n, x, xOffset, dy, dyOffset, dx, dxOffset);
    } else {
      activation.gradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
    }
  }
}
