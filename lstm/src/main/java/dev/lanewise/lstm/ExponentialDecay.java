package dev.lanewise.lstm;

/**
 * A learning rate that loses the same part in equal times, Keras's {@code ExponentialDecay}:
 *
 * <pre>initialLearningRate * decayRate^(update / decaySteps)</pre>
 *
 * Immutable.
 *
 * @param initialLearningRate of update 0, above 0 and finite
 * @param decaySteps updates in which the rate is multiplied by {@code decayRate}, 1 or more
 * @param decayRate above 0 and finite
 * @param staircase whether the rate stays for {@code decaySteps} updates, and then falls at once:
 *     the exponent is rounded down
 */
public record ExponentialDecay(
    double initialLearningRate, long decaySteps, double decayRate, boolean staircase)
    implements Schedule {
  private static final String NAME = "ExponentialDecay";

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public ExponentialDecay {
    Settings.positive(NAME, "initialLearningRate", initialLearningRate);
    Settings.atLeast(NAME, "decaySteps", decaySteps, 1);
    Settings.positive(NAME, "decayRate", decayRate);
  }

  /**
   * Falls a little with each update.
   *
   * @param initialLearningRate of update 0, above 0 and finite
   * @param decaySteps updates in which the rate is multiplied by {@code decayRate}, 1 or more
   * @param decayRate above 0 and finite
   * @return the schedule
   * @throws IllegalArgumentException when one is out of its range
   */
  public static ExponentialDecay of(double initialLearningRate, long decaySteps, double decayRate) {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, false);
  }

  @Override
  public double at(long update) {
    double times = (double) update / decaySteps;
    return initialLearningRate * StrictMath.pow(decayRate, staircase ? Math.floor(times) : times);
  }
}
