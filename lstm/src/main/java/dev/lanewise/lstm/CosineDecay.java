package dev.lanewise.lstm;

/**
 * A learning rate that falls as half a wave of the cosine (Loshchilov and Hutter, 2017), after a
 * warm-up or without one, Keras's {@code CosineDecay}:
 *
 * <pre>
 * initialLearningRate + (warmupTarget - initialLearningRate) * update / warmupSteps   update &lt; warmupSteps
 * p = min((update - warmupSteps) / decaySteps, 1)                                     then
 * warmupTarget * ((1 - alpha) * (1 + cos(pi * p)) / 2 + alpha)
 * </pre>
 *
 * Immutable.
 *
 * @param initialLearningRate of update 0: 0 or more, and above 0 without a warm-up
 * @param decaySteps updates of the fall, after the warm-up, 1 or more
 * @param alpha the last rate as a part of the highest, at least 0
 * @param warmupTarget the highest rate, above 0 and finite; {@code initialLearningRate} without a
 *     warm-up
 * @param warmupSteps updates of the warm-up, or 0
 */
public record CosineDecay(
    double initialLearningRate,
    long decaySteps,
    double alpha,
    double warmupTarget,
    long warmupSteps)
    implements Schedule {
  private static final String NAME = "CosineDecay";

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public CosineDecay {
    Settings.notNegative(NAME, "initialLearningRate", initialLearningRate);
    Settings.atLeast(NAME, "decaySteps", decaySteps, 1);
    Settings.notNegative(NAME, "alpha", alpha);
    Settings.positive(NAME, "warmupTarget", warmupTarget);
    Settings.atLeast(NAME, "warmupSteps", warmupSteps, 0);
  }

  /**
   * Without a warm-up, down to 0.
   *
   * @param initialLearningRate of update 0, above 0 and finite
   * @param decaySteps updates of the fall, 1 or more
   * @return the schedule
   * @throws IllegalArgumentException when one is out of its range
   */
  public static CosineDecay of(double initialLearningRate, long decaySteps) {
    Settings.positive(NAME, "initialLearningRate", initialLearningRate);
    return new CosineDecay(initialLearningRate, decaySteps, 0, initialLearningRate, 0);
  }

  /**
   * With another last rate.
   *
   * @param part of the highest rate, at least 0
   * @return the schedule
   * @throws IllegalArgumentException when it is not
   */
  public CosineDecay alpha(double part) {
    return new CosineDecay(initialLearningRate, decaySteps, part, warmupTarget, warmupSteps);
  }

  /**
   * With a warm-up before the fall, in a straight line.
   *
   * @param from the rate of update 0, 0 or more
   * @param steps its updates, 1 or more
   * @return the schedule, which then falls from this one's highest rate
   * @throws IllegalArgumentException when one is out of its range
   */
  public CosineDecay warmup(double from, long steps) {
    Settings.atLeast(NAME, "warmupSteps", steps, 1);
    return new CosineDecay(from, decaySteps, alpha, warmupTarget, steps);
  }

  @Override
  public double at(long update) {
    if (update < warmupSteps) {
      double part = (double) update / warmupSteps;
      return initialLearningRate + (warmupTarget - initialLearningRate) * part;
    }
    double part = Math.min((double) (update - warmupSteps) / decaySteps, 1);
    double cosine = (1 + cosineOfPi(part)) / 2;
    return warmupTarget * ((1 - alpha) * cosine + alpha);
  }

  /**
   * {@code cos(pi * x)} of 0 to 1, as the sine of what is left to a quarter turn, by its series:
   * the term after the last is below 1e-17. StrictMath allocates an array, and Math has not the
   * same bits everywhere.
   */
  private static double cosineOfPi(double x) {
    double angle = Math.PI * (0.5 - x);
    double term = angle;
    double sum = angle;
    for (int i = 2; i < 24; i += 2) {
      term *= -angle * angle / (i * (i + 1));
      sum += term;
    }
    return Math.clamp(sum, -1, 1);
  }
}
