package dev.lanewise.lstm;

import dev.lanewise.lstm.train.RowLoss;
import java.util.Arrays;

/** A loss that the caller wrote, watched. */
record OwnLoss(String name, RowFunction function) implements RowLoss {
  @Override
  public double apply(int n, double[] p, double[] y, double[] slope) {
    Arrays.fill(slope, Double.NaN); // so that what is not written shows
    try {
      return function.apply(p, y, slope);
    } catch (RuntimeException thrown) {
      throw LossErrors.functionThrew(name, p, y, thrown);
    }
  }

  @Override
  public boolean isOwn() {
    return true;
  }
}
