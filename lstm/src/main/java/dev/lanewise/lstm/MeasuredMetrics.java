package dev.lanewise.lstm;

import dev.lanewise.lstm.train.RowMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of predictions, row by row. */
final class MeasuredMetrics {
  private final List<Metric> metrics;
  private final List<RowMetric> rows;
  private final double[] sums;
  private final long[][] counts;
  private final int predictions; // elements of a row

  MeasuredMetrics(List<Metric> metrics, Loss loss, int width) {
    this.metrics = metrics;
    this.rows = metrics.stream().map(metric -> metric.of(loss)).toList();
    this.sums = new double[metrics.size()];
    this.counts = rows.stream().map(each -> new long[each.counters()]).toArray(long[][]::new);
    this.predictions = loss.targets().predictions(width);
  }

  void add(double[] p, double[] y) {
    for (int i = 0; i < sums.length; i++) {
      if (counts[i].length > 0) {
        rows.get(i).count(predictions, p, y, counts[i]);
      } else {
        sums[i] += rows.get(i).row(predictions, p, y);
      }
    }
  }

  /** What comes of so many rows. */
  Map<Metric, Double> results(long count) {
    Map<Metric, Double> results = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      RowMetric each = rows.get(i);
      double result = counts[i].length > 0 ? each.result(counts[i]) : each.result(sums[i] / count);
      results.put(metrics.get(i), result);
    }
    return results;
  }
}
