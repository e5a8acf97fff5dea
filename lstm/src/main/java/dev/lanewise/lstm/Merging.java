package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * Puts the outputs of two directions together, and takes the gradient apart. The backward output
 * comes in the order in which it was computed, from the last time to the first.
 *
 * @param merge how
 * @param units of each
 */
record Merging(Bidirectional.Merge merge, int units) {

  private int width() {
    return merge == Bidirectional.Merge.CONCAT ? 2 * units : units;
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
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        long fAt = fOffset + ((long) step * batch + row) * units;
        long bAt = bOffset + ((long) (steps - 1 - step) * batch + row) * units;
        long at = ((long) step * batch + row) * width();
        if (merge == Bidirectional.Merge.CONCAT) {
          Blocks.copy(f, fAt, out, at, units);
          Blocks.copy(b, bAt, out, at + units, units);
          continue;
        }
        for (int i = 0; i < units; i++) {
          float one = f.getAtIndex(JAVA_FLOAT, fAt + i);
          float other = b.getAtIndex(JAVA_FLOAT, bAt + i);
          out.setAtIndex(JAVA_FLOAT, at + i, merged(one, other));
        }
      }
    }
  }

  private float merged(float one, float other) {
    return switch (merge) {
      case SUM -> one + other;
      case MULTIPLY -> one * other;
      case AVERAGE -> (one + other) / 2;
      case CONCAT -> throw new AssertionError(merge);
    };
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
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        long fAt = ((long) step * batch + row) * units;
        long bAt = ((long) (steps - 1 - step) * batch + row) * units;
        long at = ((long) step * batch + row) * width();
        if (merge == Bidirectional.Merge.CONCAT) {
          Blocks.copy(dOut, at, df, fAt, units);
          Blocks.copy(dOut, at + units, db, bAt, units);
          continue;
        }
        for (int i = 0; i < units; i++) {
          float d = dOut.getAtIndex(JAVA_FLOAT, at + i);
          float one = f.getAtIndex(JAVA_FLOAT, fOffset + fAt + i);
          float other = b.getAtIndex(JAVA_FLOAT, bOffset + bAt + i);
          df.setAtIndex(JAVA_FLOAT, fAt + i, slope(d, other));
          db.setAtIndex(JAVA_FLOAT, bAt + i, slope(d, one));
        }
      }
    }
  }

  private float slope(float d, float factor) {
    return switch (merge) {
      case SUM -> d;
      case MULTIPLY -> d * factor;
      case AVERAGE -> d / 2;
      case CONCAT -> throw new AssertionError(merge);
    };
  }
}
