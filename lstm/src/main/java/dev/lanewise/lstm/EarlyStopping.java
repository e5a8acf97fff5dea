package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ends a fit when a number has not become better for some epochs, with Keras's words and defaults:
 * it watches the validation loss, and {@code patience} is 0. Unlike Keras it gives the weights of
 * the best epoch back unless told otherwise. It begins anew with each fit. Not thread-safe.
 */
public final class EarlyStopping implements Callback {
  private static final String OWNER = "EarlyStopping";

  private final Monitor monitor;
  private final int patience;
  private final double minDelta;
  private final int startFromEpoch;
  private final boolean restoreBestWeights;
  private double best;
  private int bestEpoch = -1;
  private int waited;
  private boolean stopped;
  private boolean restored;
  private final Map<String, Tensor> bestWeights = new LinkedHashMap<>();

  private EarlyStopping(Builder from) {
    this.monitor = from.monitor;
    this.patience = from.patience;
    this.minDelta = from.minDelta;
    this.startFromEpoch = from.startFromEpoch;
    this.restoreBestWeights = from.restoreBestWeights;
    this.best = monitor.worst();
  }

  /**
   * One that watches the validation loss.
   *
   * @param patience how many epochs in a row may pass without a better one, 0 or more
   * @return the callback
   * @throws IllegalArgumentException when it is negative
   */
  public static EarlyStopping of(int patience) {
    return builder().patience(patience).build();
  }

  /**
   * A builder that begins with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The best number so far.
   *
   * @return infinite before the first epoch
   */
  public double best() {
    return best;
  }

  /**
   * The epoch that had it.
   *
   * @return its index; -1 before the first
   */
  public int bestEpoch() {
    return bestEpoch;
  }

  /**
   * Whether it ended the fit.
   *
   * @return false where the fit came to its own end
   */
  public boolean stopped() {
    return stopped;
  }

  @Override
  public void onBegin(FitProgress fit) {
    if (!restored) {
      best = monitor.worst();
      bestEpoch = -1;
      waited = 0;
      bestWeights.clear();
    }
    restored = false;
    stopped = bestEpoch >= 0 && waited >= patience && fit.epochs() > 1;
    if (stopped) { // the fit was cut off after its last epoch
      fit.stop();
    }
  }

  @Override
  public void onEpoch(FitProgress fit, Epoch epoch) {
    if (epoch.index() < startFromEpoch) {
      return;
    }
    double value = monitor.read(OWNER, epoch);
    waited++;
    if (monitor.isBetter(value, best, minDelta) || bestEpoch < 0) {
      best = value;
      bestEpoch = epoch.index();
      waited = 0;
      keepWeights(fit.model());
    } else if (waited >= patience && epoch.index() > 0) {
      stopped = true;
      fit.stop();
    }
  }

  private void keepWeights(Model model) {
    if (restoreBestWeights) {
      for (Weight weight : model.weights()) {
        bestWeights
            .computeIfAbsent(weight.name(), _ -> Tensor.zeros(weight.shape().toArray()))
            .copyFrom(weight.value());
      }
    }
  }

  @Override
  public void onEnd(FitProgress fit) {
    for (Weight weight : fit.model().weights()) {
      Tensor kept = bestWeights.get(weight.name());
      if (kept != null) {
        weight.set(kept);
      }
    }
  }

  @Override
  public State state() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    bestWeights.forEach((name, kept) -> copies.put(name, kept.copy()));
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("best", best);
    numbers.put("bestEpoch", (double) bestEpoch);
    numbers.put("waited", (double) waited);
    return new State(numbers, copies);
  }

  @Override
  public void restore(State state) {
    best = state.number(OWNER, "best");
    bestEpoch = (int) state.number(OWNER, "bestEpoch");
    waited = (int) state.number(OWNER, "waited");
    restored = true;
    bestWeights.clear();
    state.tensors().forEach((name, kept) -> bestWeights.put(name, kept.copy()));
  }

  /** Collects the settings of an {@link EarlyStopping}. Not thread-safe. */
  public static final class Builder {
    private Monitor monitor = Monitor.validationLoss();
    private int patience;
    private double minDelta;
    private int startFromEpoch;
    private boolean restoreBestWeights = true;

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
     * Sets how many epochs in a row may pass without a better one.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder patience(int value) {
      this.patience = Settings.atLeast(OWNER, "patience", value, 0);
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
     * Sets the first epoch that it looks at.
     *
     * @param value its index, 0 or more
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder startFromEpoch(int value) {
      this.startFromEpoch = Settings.atLeast(OWNER, "startFromEpoch", value, 0);
      return this;
    }

    /**
     * Sets whether the model has the weights of the best epoch at the end rather than the last.
     *
     * @param value true unless set
     * @return this
     */
    public Builder restoreBestWeights(boolean value) {
      this.restoreBestWeights = value;
      return this;
    }

    /**
     * The callback.
     *
     * @return a new callback
     */
    public EarlyStopping build() {
      return new EarlyStopping(this);
    }
  }
}
