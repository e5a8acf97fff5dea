package dev.lanewise.lstm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good predictions are. Immutable.
 *
 * @param loss the compiled loss, of several outputs the weighted sum of theirs, and what {@link
 *     Regularizer}s add; NaN for no samples
 * @param metrics the compiled metrics; of several outputs see {@code outputs}
 * @param outputs by name, where a model has several outputs with a loss; else empty
 */
public record Scores(double loss, Map<Metric, Double> metrics, Map<String, Scores> outputs) {

  /**
   * Copies the metrics.
   *
   * @param loss the loss
   * @param metrics the metrics. Copied
   * @param outputs by name. Copied
   */
  public Scores {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * Of one output.
   *
   * @param loss the loss
   * @param metrics the metrics. Copied
   */
  public Scores(double loss, Map<Metric, Double> metrics) {
    this(loss, metrics, Map.of());
  }

  /** Of each goal's scores, and the sum of their losses. */
  static Scores of(Plan plan, Compilation compilation, double loss, List<Scores> each) {
    if (each.size() == 1) {
      return new Scores(loss, each.getFirst().metrics());
    }
    Map<String, Scores> outputs = new LinkedHashMap<>();
    for (int i = 0; i < each.size(); i++) {
      int output = compilation.goals().get(i).output();
      outputs.put(plan.outputNames().get(output), each.get(i));
    }
    return new Scores(loss, Map.of(), outputs);
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
