package dev.lanewise.lstm.train;

import java.util.List;

/**
 * What is wanted of an output: a mean that training makes small.
 *
 * @param loss what a row adds to it
 * @param perRow whether the mean is over the rows rather than over all their elements
 * @param weight what the mean counts in the sum of all
 * @param metrics what is measured beside it
 */
public record Objective(RowLoss loss, boolean perRow, double weight, List<RowMetric> metrics) {
  public Objective {
    metrics = List.copyOf(metrics);
  }

  /** How many terms the mean is over, for so many steps of a width. */
  public double terms(long steps, int width) {
    return perRow ? steps : (double) steps * width;
  }
}
