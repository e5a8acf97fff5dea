package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import java.util.Objects;

/** How a {@link Predictor} works. Immutable. */
public final class PredictorOptions {
  private final int threads;
  private final boolean ownThreads;
  private final WeightFormat weights;

  private PredictorOptions(Builder from) {
    this.threads = from.threads;
    this.ownThreads = from.ownThreads;
    this.weights = from.weights;
  }

  /**
   * The defaults: all cores where a call is large enough to gain from them, float32 weights.
   *
   * @return the options
   */
  public static PredictorOptions of() {
    return builder().build();
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
   * How many threads a call may use, the calling one included.
   *
   * @return 0 for all cores
   */
  public int threads() {
    return threads;
  }

  /**
   * Whether it has threads of its own.
   *
   * @return false for those of the process, which all share
   */
  public boolean ownThreads() {
    return ownThreads;
  }

  /**
   * What the weights are rounded to.
   *
   * @return the format
   */
  public WeightFormat weights() {
    return weights;
  }

  /**
   * Shows the settings.
   *
   * @return for instance {@code PredictorOptions[threads=0, ownThreads=false, weights=FLOAT32]}
   */
  @Override
  public String toString() {
    return "PredictorOptions[threads="
        + threads
        + ", ownThreads="
        + ownThreads
        + ", weights="
        + weights
        + "]";
  }

  /** Collects the settings of {@link PredictorOptions}. Not thread-safe. */
  public static final class Builder {
    private int threads;
    private boolean ownThreads;
    private WeightFormat weights = WeightFormat.FLOAT32;

    private Builder() {}

    /**
     * Sets how many threads a call may use, the calling one included. The result is the same bits
     * whatever the number.
     *
     * @param value 1 to stay on the calling thread, 0 for all processors. Of more than there are
     *     processors no more are used than these; of {@link #ownThreads} at most 1,024
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder threads(int value) {
      this.threads = Settings.atLeast("PredictorOptions", "threads", value, 0);
      return this;
    }

    /**
     * Sets whether the predictor, and each stream made of it with more than one thread, has threads
     * of its own. Else large calls borrow those of the process, which are lent to one call at a
     * time. Then any number of predictors have no more threads than there are processors. With
     * threads of their own two predictors that work at once take twice as many.
     *
     * @param value false unless set
     * @return this
     */
    public Builder ownThreads(boolean value) {
      this.ownThreads = value;
      return this;
    }

    /**
     * Sets how the kernels of LSTM, SimpleRnn and Dense layers are kept, the recurrent ones too.
     * Biases, all other weights, states and sums stay float32. The result is the same bits as that
     * of a float32 predictor of the model whose kernels were rounded as the format says. Narrow
     * weights are faster where few sequences run side by side and the weights do not fit in a
     * core's own cache. A {@link Gru} takes float32 only: making a predictor of one refuses others.
     *
     * @param value {@link WeightFormat#FLOAT32} unless set
     * @return this
     */
    public Builder weights(WeightFormat value) {
      this.weights = Objects.requireNonNull(value, "weights");
      return this;
    }

    /**
     * The options.
     *
     * @return new options
     */
    public PredictorOptions build() {
      return new PredictorOptions(this);
    }
  }
}
