package dev.lanewise.cli.report;

import java.util.List;

/**
 * The mean absolute error by step ahead.
 *
 * @param steps how far ahead, ascending. Not copied
 * @param forecast the model's. Not copied
 * @param naive that of the last number known. Not copied
 * @param seasonal that of the number a season before; empty where there is no season. Not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StepErrors(int[] steps, double[] forecast, double[] naive, double[] seasonal) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException when they differ; seasonal may be empty
   */
  public StepErrors {
    int count = steps.length;
    if (forecast.length != count
        || naive.length != count
        || (seasonal.length != count && seasonal.length != 0)) {
      throw new IllegalArgumentException(
          "StepErrors: "
              + count
              + " steps, but forecast has "
              + forecast.length
              + ", naive "
              + naive.length
              + ", seasonal "
              + seasonal.length);
    }
  }

  /** No errors, as where nothing was held back. */
  public static StepErrors none() {
    return new StepErrors(new int[0], new double[0], new double[0], new double[0]);
  }

  /** The lines in the order in which they are drawn. */
  List<Line> lines() {
    return seasonal.length == 0
        ? List.of(Line.NAIVE, Line.FORECAST)
        : List.of(Line.NAIVE, Line.SEASONAL, Line.FORECAST);
  }
}
