package dev.lanewise.lstm;

/** How a {@link Predictor} works. Immutable. */
public final class PredictorOptions {
  private final int threads;

  private PredictorOptions(Builder from) {
    this.threads = from.threads;
  }

  /**
   * The defaults: all cores where a call is large enough to gain from them.
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

  /** Collects the settings of {@link PredictorOptions}. Not thread-safe. */
  public static final class Builder {
    private int threads;

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
     * The options.
     *
     * @return new options
     */
    public PredictorOptions build() {
      return new PredictorOptions(this);
    }
  }
}
