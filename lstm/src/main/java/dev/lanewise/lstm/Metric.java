package dev.lanewise.lstm;

import dev.lanewise.lstm.train.AreaUnderCurve;
import dev.lanewise.lstm.train.RowMetric;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Sequential#fit} and {@link Sequential#evaluate} measure beside the loss, of the
 * prediction p and the target y. Padded steps of a masked sequence do not count, and weights of
 * samples do not matter. Two are equal where their names are. Immutable.
 */
public final class Metric {
  /**
   * The part of the elements where {@code p > 0.5} is {@code y > 0.5}. With a categorical
   * crossentropy it is the part of the rows whose largest p is at the wanted class. Keras's {@code
   * accuracy}, where the output of other losses has one element; of more Keras compares the
   * largest.
   */
  public static final Metric ACCURACY = new Metric("accuracy", Metric::accuracy);

  /** The mean of {@code |p - y|} over all elements. */
  public static final Metric MEAN_ABSOLUTE_ERROR =
      new Metric("mae", loss -> oneHot(loss) ? null : Metric::absolute);

  /** The root of the mean of {@code (p - y)^2} over all elements. */
  public static final Metric ROOT_MEAN_SQUARED_ERROR =
      new Metric("root_mean_squared_error", loss -> oneHot(loss) ? null : new RootOfSquares());

  /**
   * The area under the receiver operating characteristic of all elements, by 200 thresholds as
   * Keras's {@code AUC}. For probabilities; an element of y above 0.5 is positive.
   */
  public static final Metric AUC =
      new Metric("auc", loss -> oneHot(loss) ? null : new AreaUnderCurve());

  private final String name;
  private final Function<Loss, @Nullable RowMetric> rows;

  private Metric(String name, Function<Loss, @Nullable RowMetric> rows) {
    this.name = name;
    this.rows = rows;
  }

  /**
   * The part of the rows whose wanted class is among those of the k largest p: Keras's {@code
   * top_k_categorical_accuracy}.
   *
   * @param k how many, 1 or more
   * @return the metric
   * @throws IllegalArgumentException when k is less than 1
   */
  public static Metric topK(int k) {
    if (k < 1) {
      throw LossErrors.top(k);
    }
    return new Metric(
        "top_" + k + "_categorical_accuracy",
        loss ->
            loss.targets().areClasses()
                ? (n, p, y) -> larger(n, p, wanted(loss, n, y)) < k ? 1 : 0
                : null);
  }

  /**
   * What Keras calls it in a history; of {@link #topK} with the k.
   *
   * @return for instance {@code accuracy}, or {@code top_3_categorical_accuracy}
   */
  public String kerasName() {
    return name;
  }

  /** What it measures of a row, beside a loss. */
  RowMetric of(Loss loss) {
    RowMetric found = rows.apply(loss);
    if (found == null) {
      throw LossErrors.metric(this, loss);
    }
    return found;
  }

  private static boolean oneHot(Loss loss) {
    return loss.targets().isClass();
  }

  private static RowMetric accuracy(Loss loss) {
    return loss.targets().areClasses()
        ? (n, p, y) -> largest(n, p) == wanted(loss, n, y) ? 1 : 0
        : Metric::sides;
  }

  private static double sides(int n, double[] p, double[] y) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += p[i] > 0.5 == y[i] > 0.5 ? 1 : 0;
    }
    return sum / n;
  }

  private static double absolute(int n, double[] p, double[] y) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.abs(p[i] - y[i]);
    }
    return sum / n;
  }

  /** The class that a row's target is. */
  private static int wanted(Loss loss, int n, double[] y) {
    return loss.targets().isClass() ? (int) y[0] : largest(n, y);
  }

  private static int largest(int n, double[] values) {
    int at = 0;
    for (int i = 1; i < n; i++) {
      at = values[i] > values[at] ? i : at;
    }
    return at;
  }

  /** How many are larger than one of them; all than NaN. */
  private static int larger(int n, double[] values, int than) {
    if (Double.isNaN(values[than])) {
      return n;
    }
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += values[i] > values[than] ? 1 : 0;
    }
    return count;
  }

  /** A mean of squares until the end. */
  private static final class RootOfSquares implements RowMetric {
    @Override
    public double row(int n, double[] p, double[] y) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (p[i] - y[i]) * (p[i] - y[i]);
      }
      return sum / n;
    }

    @Override
    public double result(double mean) {
      return Math.sqrt(mean);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Metric metric && metric.name.equals(name);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name);
  }

  /**
   * Shows the name.
   *
   * @return for instance {@code accuracy}
   */
  @Override
  public String toString() {
    return name;
  }
}
