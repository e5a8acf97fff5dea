package dev.lanewise.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart: where a value lies between its ends, and the values that are written on it.
 *
 * @param ticks the first and the last are its ends
 * @param logarithmic equal distances are equal ratios
 */
record ChartAxis(List<Double> ticks, boolean logarithmic) {

  /** Powers of two around all values and 1. */
  static ChartAxis ofRatios(DoubleStream values) {
    double[] finite = DoubleStream.concat(values, DoubleStream.of(1)).filter(v -> v > 0).toArray();
    double smallest = DoubleStream.of(finite).min().orElse(1);
    double largest = DoubleStream.of(finite).max().orElse(1);
    List<Double> ticks = new ArrayList<>();
    double tick = 0.5;
    while (tick > smallest) {
      tick /= 2;
    }
    ticks.add(tick);
    while (tick < largest || tick < 2) {
      tick *= 2;
      ticks.add(tick);
    }
    return new ChartAxis(ticks, true);
  }

  /** Fifths from 0 to 1, or as far as the values go. */
  static ChartAxis ofShares(DoubleStream values) {
    double largest = values.filter(Double::isFinite).max().orElse(1);
    List<Double> ticks = new ArrayList<>();
    for (int fifth = 0; fifth <= 5 || (fifth - 1) / 5.0 < largest; fifth++) {
      ticks.add(fifth / 5.0);
    }
    return new ChartAxis(ticks, false);
  }

  /** Powers of ten around all values. */
  static ChartAxis ofDecades(DoubleStream values) {
    return around(values, List.of(1));
  }

  /** Once, twice and five times the powers of ten around all values. */
  static ChartAxis ofSteps(DoubleStream values) {
    return around(values, List.of(1, 2, 5));
  }

  private static ChartAxis around(DoubleStream values, List<Integer> steps) {
    DoubleSummaryStatistics range = values.summaryStatistics();
    if (range.getCount() == 0) {
      return new ChartAxis(List.of(1.0, 10.0), true);
    }
    List<Double> ticks = new ArrayList<>();
    int decade = (int) Math.floor(Math.log10(range.getMin()));
    while (ticks.size() < 2 || ticks.getLast() < range.getMax()) {
      for (int step : steps) {
        double tick = new BigDecimal(step).scaleByPowerOfTen(decade).doubleValue();
        if (tick <= range.getMin()) {
          ticks.clear(); // the last one below begins
        }
        if (ticks.size() < 2 || ticks.getLast() < range.getMax()) {
          ticks.add(tick);
        }
      }
      decade++;
    }
    return new ChartAxis(ticks, true);
  }

  /** From 0, at the first tick, to 1, at the last. */
  double place(double value) {
    double first = scaled(ticks.getFirst());
    return (scaled(value) - first) / (scaled(ticks.getLast()) - first);
  }

  private double scaled(double value) {
    return logarithmic ? Math.log(value) : value;
  }

  /** What is written at a tick: the whole number, or all its digits. */
  static String label(double tick) {
    return new BigDecimal(Double.toString(tick)).stripTrailingZeros().toPlainString();
  }
}
