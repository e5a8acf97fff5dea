package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Multiply;
import dev.lanewise.kernels.Scale;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.MemorySegment;

/**
 * Puts the outputs of two directions together, and takes the gradient apart. The backward output
 * comes in the order in which it was computed, from the last time to the first.
 *
 * @param merge how
 * @param units of each
 */
public record Merging(How merge, int units) {

  /** How two outputs become one. */
  public enum How {
    /** Side by side, the forward one first. */
    CONCAT,
    /** Element by element, {@code f + b}. */
    SUM,
    /** Element by element, {@code f * b}. */
    MULTIPLY,
    /** Element by element, {@code (f + b) / 2}. */
    AVERAGE
  }

  /** Of what it gives. */
  public int width() {
    return merge == How.CONCAT ? 2 * units : units;
  }

  /**
   * Merges the rows {@code first} to before {@code first + rows}.
   *
   * @param f forward outputs (steps, batch, units). Not modified.
   * @param b backward outputs (steps, batch, units), last time first. Not modified.
   * @param out (steps, batch, width). Overwritten in those rows.
   */
  void apply(
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment f,
      long fOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment out) {
    long n = (long) rows * units;
    for (int step = 0; step < steps; step++) {
      long at = (long) step * batch + first;
      long fAt = fOffset + at * units;
      long bAt = bOffset + mirrored(step, steps, batch, first) * units;
      switch (merge) {
        case CONCAT -> {
          for (int row = 0; row < rows; row++) {
            long to = 2 * (at + row) * units;
            Blocks.copy(f, fAt + (long) row * units, out, to, units);
            Blocks.copy(b, bAt + (long) row * units, out, to + units, units);
          }
        }
        case MULTIPLY -> Multiply.apply(n, f, fAt, b, bAt, out, at * units);
        case SUM, AVERAGE -> {
          Blocks.copy(f, fAt, out, at * units, n);
          AddScaled.apply(n, 1, b, bAt, out, at * units);
          if (merge == How.AVERAGE) {
            Scale.apply(n, 0.5f, out, at * units, out, at * units);
          }
        }
      }
    }
  }

  /** The place of a step's first row in the backward sequence. */
  private static long mirrored(int step, int steps, int batch, int first) {
    return (long) (steps - 1 - step) * batch + first;
  }

  /**
   * Gradients with respect to the two outputs.
   *
   * @param f forward outputs, as for {@link #apply}. Not modified.
   * @param b backward outputs, as for {@link #apply}. Not modified.
   * @param dOut (steps, batch, width). Not modified.
   * @param df (steps, batch, units). Overwritten in those rows.
   * @param db (steps, batch, units), last time first. Overwritten in those rows.
   */
  void gradient(
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment f,
      long fOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment dOut,
      MemorySegment df,
      MemorySegment db) {
    long n = (long) rows * units;
    for (int step = 0; step < steps; step++) {
      long at = (long) step * batch + first;
      long fAt = at * units;
      long bAt = mirrored(step, steps, batch, first) * units;
      switch (merge) {
        case CONCAT -> {
          for (int row = 0; row < rows; row++) {
            long from = 2 * (at + row) * units;
            Blocks.copy(dOut, from, df, fAt + (long) row * units, units);
            Blocks.copy(dOut, from + units, db, bAt + (long) row * units, units);
          }
        }
        case SUM -> {
          Blocks.copy(dOut, fAt, df, fAt, n);
          Blocks.copy(dOut, fAt, db, bAt, n);
        }
        case MULTIPLY -> {
          Multiply.apply(n, dOut, fAt, b, bOffset + bAt, df, fAt);
          Multiply.apply(n, dOut, fAt, f, fOffset + fAt, db, bAt);
        }
        case AVERAGE -> {
          Scale.apply(n, 0.5f, dOut, fAt, df, fAt);
          Scale.apply(n, 0.5f, dOut, fAt, db, bAt);
        }
      }
    }
  }
}
