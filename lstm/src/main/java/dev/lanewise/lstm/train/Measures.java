package dev.lanewise.lstm.train;

import java.util.Arrays;
import java.util.List;

/**
 * The metrics of predictions, row by row: of each sample a sum in the order of time, of each thread
 * what it counted. Threads may add rows of different samples at once.
 */
public final class Measures {
  private final List<RowMetric> metrics;
  private final int predictions; // elements of a row
  private final double[][] sums; // by metric and sample
  private final long[][][] counts; // by metric and thread

  /**
   * Of so many samples, on so many threads.
   *
   * @param predictions elements of a row that metrics take
   */
  public Measures(List<RowMetric> metrics, int predictions, int samples, int parts) {
    this.metrics = metrics;
    this.predictions = predictions;
    this.sums = new double[metrics.size()][samples];
    this.counts = new long[metrics.size()][parts][];
    for (int metric = 0; metric < counts.length; metric++) {
      int counters = metrics.get(metric).counters();
      Arrays.setAll(counts[metric], _ -> new long[counters]);
    }
  }

  boolean isEmpty() {
    return sums.length == 0;
  }

  /** Lets the sums of a sample begin at 0; what is counted goes on. */
  void begin(int sample) {
    for (double[] each : sums) {
      each[sample] = 0;
    }
  }

  /**
   * Adds a row.
   *
   * @param part the thread's number
   * @param p the predictions. Not modified.
   * @param y the target. Not modified.
   */
  public void add(int sample, int part, double[] p, double[] y) {
    for (int metric = 0; metric < sums.length; metric++) {
      RowMetric each = metrics.get(metric);
      if (each.counters() > 0) {
        each.count(predictions, p, y, counts[metric][part]);
      } else {
        sums[metric][sample] += each.row(predictions, p, y);
      }
    }
  }

  /** The sum of a metric over the rows of the first {@code samples}. */
  public double sum(int metric, int samples) {
    double sum = 0;
    for (int sample = 0; sample < samples; sample++) {
      sum += sums[metric][sample];
    }
    return sum;
  }

  /** Counts from 0 again. */
  void clearCounts() {
    for (long[][] parts : counts) {
      for (long[] each : parts) {
        Arrays.fill(each, 0);
      }
    }
  }

  /** What comes of a metric, of its mean or of what it counted. */
  public double result(int metric, double mean) {
    RowMetric each = metrics.get(metric);
    if (each.counters() == 0) {
      return each.result(mean);
    }
    long[] all = new long[each.counters()];
    for (long[] part : counts[metric]) {
      Arrays.setAll(all, i -> all[i] + part[i]);
    }
    return each.result(all);
  }
}
