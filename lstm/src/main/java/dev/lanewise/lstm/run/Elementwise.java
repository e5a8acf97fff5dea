package dev.lanewise.lstm.run;

import java.lang.foreign.MemorySegment;

/** A function of each element and its gradient. Offsets in elements. Thread-safe. */
public interface Elementwise {

  /**
   * {@code y = f(x)}.
   *
   * @param x (n). Not modified.
   * @param y (n). Overwritten.
   */
  void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset);

  /**
   * {@code dx = dy * f'(x)}.
   *
   * @param x (n). Not modified.
   * @param y (n), what {@link #apply} gave. Not modified.
   * @param dy (n). Not modified.
   * @param dx (n). Overwritten.
   */
  void gradient(
      long n,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset);
}
