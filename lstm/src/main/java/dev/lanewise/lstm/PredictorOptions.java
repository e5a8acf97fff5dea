package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import java.util.Objects;

/** How a {@link Predictor} works. Immutable. */
public final class PredictorOptions {
  private final int threads;
  private final WeightFormat weights;

  private PredictorOptions(Builder from) {
    this.threads = from.threads;
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
   * @return for instance {@code PredictorOptions[threads=0, weights=FLOAT32]}
   */
  @Override
  public String toString() {
    return "PredictorOptions[threads=" + threads + ", weights=" + weights + "]";
  }

  /** Collects the settings of {@link PredictorOptions}. Not thread-safe. */
  public static final class Builder {
    private int threads;
    private WeightFormat weights = WeightFormat.FLOAT32;

    private Builder() {}

    /**
     * Sets how many threads a call may use, the calling one included. The result is the same bits
     * whatever the number.
     *
     * @param value 1 to stay on the calling thread, 0 for all cores
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder threads(int value) {
      this.threads = Settings.atLeast("PredictorOptions", "threads", value, 0);
      return this;
    }

    /**
     * Sets how the kernels of LSTM and Dense layers are kept, the recurrent ones too; biases, all
     * other weights, states and sums stay float32. The result is the same bits as that of a float32
     * predictor of the model whose kernels were rounded as the format says. Narrow weights are
     * faster where few sequences run side by side and the weights do not fit in a core's own cache.
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
