package dev.lanewise.lstm;

/**
 * How {@link Sequences#pad(java.util.List, PadOptions)} makes sequences equally long, in the words
 * of Keras's {@code pad_sequences}. Its defaults are not Keras's: padding and truncating are {@link
 * Padding#POST}, where Keras has {@code "pre"} for both. Immutable.
 */
public final class PadOptions {
  private final Padding padding;
  private final Padding truncating;
  private final int maxLength;
  private final float value;

  private PadOptions(Builder from) {
    this.padding = from.padding;
    this.truncating = from.truncating;
    this.maxLength = from.maxLength;
    this.value = from.value;
  }

  /**
   * The defaults: zeros after the last step, up to the longest sequence.
   *
   * @return the options
   */
  public static PadOptions of() {
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
   * Which end short sequences are padded at.
   *
   * @return {@link Padding#POST} by default
   */
  public Padding padding() {
    return padding;
  }

  /**
   * Which end long sequences lose their steps at.
   *
   * @return {@link Padding#POST} by default
   */
  public Padding truncating() {
    return truncating;
  }

  /**
   * The timesteps of the result.
   *
   * @return 0 for those of the longest sequence, the default
   */
  public int maxLength() {
    return maxLength;
  }

  /**
   * What is put where a sequence has no step.
   *
   * @return 0 by default
   */
  public float value() {
    return value;
  }

  /**
   * Shows the settings.
   *
   * @return for instance {@code PadOptions[padding=POST, truncating=POST, maxLength=0, value=0.0]}
   */
  @Override
  public String toString() {
    return "PadOptions[padding="
        + padding
        + ", truncating="
        + truncating
        + ", maxLength="
        + maxLength
        + ", value="
        + value
        + "]";
  }

  /** Collects the settings of {@link PadOptions}. Not thread-safe. */
  public static final class Builder {
    private Padding padding = Padding.POST;
    private Padding truncating = Padding.POST;
    private int maxLength;
    private float value;

    private Builder() {}

    /**
     * Sets which end short sequences are padded at. Keras's default is {@code "pre"}.
     *
     * @param end {@link Padding#POST} by default
     * @return this
     */
    public Builder padding(Padding end) {
      this.padding = end;
      return this;
    }

    /**
     * Sets which end long sequences lose their steps at: {@link Padding#POST} keeps the first
     * steps, {@link Padding#PRE} the last. Keras's default is {@code "pre"}.
     *
     * @param end {@link Padding#POST} by default
     * @return this
     */
    public Builder truncating(Padding end) {
      this.truncating = end;
      return this;
    }

    /**
     * Sets the timesteps of the result: Keras's {@code maxlen}. Longer sequences are truncated; if
     * all are shorter, all are padded.
     *
     * @param timesteps 1 or more; the longest sequence's by default
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public Builder maxLength(int timesteps) {
      this.maxLength = Settings.atLeast("PadOptions", "maxLength", timesteps, 1);
      return this;
    }

    /**
     * Sets what is put where a sequence has no step.
     *
     * @param number 0 by default
     * @return this
     */
    public Builder value(float number) {
      this.value = number;
      return this;
    }

    /**
     * The options.
     *
     * @return new options
     */
    public PadOptions build() {
      return new PadOptions(this);
    }
  }
}
