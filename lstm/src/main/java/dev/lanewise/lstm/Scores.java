package dev.lanewise.lstm;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How good predictions are. Immutable.
 *
 * @param loss the compiled loss; NaN for no samples
 * @param metrics the compiled metrics
 */
public record Scores(double loss, Map<Metric, Double> metrics) {

  /**
   * Copies the metrics.
   *
   * @param loss the loss
   * @param metrics the metrics. Copied
   */
  public Scores {
    EnumMap<Metric, Double> copy = new EnumMap<>(Metric.class);
    copy.putAll(metrics);
    metrics = Collections.unmodifiableMap(copy);
  }

  /** No samples, no scores. */
  static Scores none() {
    return new Scores(Double.NaN, Map.of());
  }

  /**
   * One of the metrics.
   *
   * @param metric which
   * @return its value; NaN where it was not compiled
   */
  public double metric(Metric metric) {
    return metrics.getOrDefault(metric, Double.NaN);
  }
}
