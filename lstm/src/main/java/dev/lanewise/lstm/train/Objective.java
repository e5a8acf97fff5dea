package dev.lanewise.lstm.train;

import java.util.List;

/**
 * What is wanted of an output: a mean that training makes small.
 *
 * @param loss what a row adds to it
 * @param terms of a row in the mean
 * @param targets numbers of a row of targets
 * @param weight what the mean counts in the sum of all
 * @param metrics what is measured beside it
 * @param predictions elements of a row that metrics take
 */
public record Objective(
    RowLoss loss, int terms, int targets, double weight, List<RowMetric> metrics, int predictions) {
  public Objective {
    metrics = List.copyOf(metrics);
  }
}
