package dev.lanewise.cli;

import dev.lanewise.tensor.Tensor;

/**
 * Rows whose steps are ids, as an embedding takes them.
 *
 * @param vocabulary how many ids there are: one more than the largest in the table
 * @param steps of a row
 */
record Ids(int vocabulary, int steps) {
  /** Each id below is one that a float32 holds exactly. */
  private static final int MOST = 1 << 24;

  /** Those of a table; refuses one whose steps are something else. */
  static Ids of(ClassTable table) {
    int steps = Math.toIntExact(table.x().dim(1));
    long features = table.x().dim(2);
    if (features != 1) {
      throw refused("got steps of " + features + " features; leave --steps out");
    }
    Tensor x = table.x();
    float largest = 0;
    for (int row = 0; row < x.dim(0); row++) {
      for (int step = 0; step < steps; step++) {
        float id = x.get(row, step, 0);
        if (!(id >= 0 && id < MOST && id == Math.rint(id))) {
          throw refused(
              "got "
                  + Float.toString(id)
                  + " in row "
                  + (row + 1)
                  + ", column "
                  + table.features().get(step)
                  + "; numbers that measure something need no embedding");
        }
        largest = Math.max(largest, id);
      }
    }
    return new Ids((int) largest + 1, steps);
  }

  private static InputException refused(String got) {
    return new InputException(
        "--layers embedding:DIM: expected one id a step, a whole number from 0 to "
            + (MOST - 1)
            + ", "
            + got);
  }
}
