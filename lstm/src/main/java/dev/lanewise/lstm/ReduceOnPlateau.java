package dev.lanewise.lstm;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the learning rate smaller when a number has not become better for some epochs: Keras's
 * {@code ReduceLROnPlateau}, with its defaults. The optimizer's moments stay. It begins anew with
 * each fit. Not thread-safe.
 */
public final class ReduceOnPlateau implements Callback {
  private static final String OWNER = "ReduceOnPlateau";

  private final Monitor monitor;
  private final double factor;
  private final int patience;
  private final double minDelta;
  private final int cooldown;
  private final double minRate;
  private double best;
  private int waited;
  private int cooling;
  private boolean restored;

  private ReduceOnPlateau(Builder from) {
    this.monitor = from.monitor;
    this.factor = from.factor;
    this.patience = from.patience;
    this.minDelta = from.minDelta;
    this.cooldown = from.cooldown;
    this.minRate = from.minRate;
    this.best = monitor.worst();
  }

  /**
   * A builder that begins with Keras's defaults: a tenth of the rate after 10 epochs of a
   * validation loss that is not better by 1e-4.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void onBegin(FitProgress fit) {
    if (!restored) {
      best = monitor.worst();
      waited = 0;
      cooling = 0;
    }
    restored = false;
  }

  @Override
  public void onEpoch(FitProgress fit, Epoch epoch) {
    double value = monitor.read(OWNER, epoch);
    if (cooling > 0) {
      cooling--;
      waited = 0;
    }
    if (monitor.isBetter(value, best, minDelta)) {
      best = value;
      waited = 0;
    } else if (cooling == 0) {
      waited++;
      if (waited >= patience) {
        reduce(fit);
      }
    }
  }

  private void reduce(FitProgress fit) {
    double rate = fit.learningRate();
    double wanted = Math.max(rate * factor, minRate);
    if (wanted < rate) {
      fit.scaleLearningRate(wanted / rate);
      cooling = cooldown;
      waited = 0;
    }
  }

  @Override
  public State state() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("best", best);
    numbers.put("waited", (double) waited);
    numbers.put("cooling", (double) cooling);
    return new State(numbers, Map.of());
  }

  @Override
  public void restore(State state) {
    restored = true;
    best = state.number(OWNER, "best");
    waited = (int) state.number(OWNER, "waited");
    cooling = (int) state.number(OWNER, "cooling");
  }

  /** Collects the settings of a {@link ReduceOnPlateau}. Not thread-safe. */
  public static final class Builder {
    private Monitor monitor = Monitor.validationLoss();
    private double factor = 0.1;
    private int patience = 10;
    private double minDelta = 1e-4;
    private int cooldown;
    private double minRate;

    private Builder() {}

    /**
     * Sets the number that it watches.
     *
     * @param value the number; {@link Monitor#validationLoss} unless set
     * @return this
     */
    public Builder monitor(Monitor value) {
      this.monitor = value;
      return this;
    }

    /**
     * Sets what the rate is multiplied by.
     *
     * @param value above 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder factor(double value) {
      if (!(value > 0 && value < 1)) {
        throw LstmErrors.setting(OWNER, "factor", value, "above 0, below 1");
      }
      this.factor = value;
      return this;
    }

    /**
     * Sets how many epochs in a row may pass without a better one.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder patience(int value) {
      this.patience = Settings.atLeast(OWNER, "patience", value, 1);
      return this;
    }

    /**
     * Sets by how much a number must be better to count.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException when it is negative or not finite
     */
    public Builder minDelta(double value) {
      this.minDelta = Settings.notNegative(OWNER, "minDelta", value);
      return this;
    }

    /**
     * Sets for how many epochs it does not count after it made the rate smaller.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder cooldown(int value) {
      this.cooldown = Settings.atLeast(OWNER, "cooldown", value, 0);
      return this;
    }

    /**
     * Sets the smallest rate.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException when it is negative or not finite
     */
    public Builder minRate(double value) {
      this.minRate = Settings.notNegative(OWNER, "minRate", value);
      return this;
    }

    /**
     * The callback.
     *
     * @return a new callback
     */
    public ReduceOnPlateau build() {
      return new ReduceOnPlateau(this);
    }
  }
}
