package dev.lanewise.formats;

/** How a model is loaded. Immutable. */
public final class LoadOptions {
  private final boolean allowNan;

  private LoadOptions(Builder from) {
    this.allowNan = from.allowNan;
  }

  /**
   * The defaults: every weight must be finite.
   *
   * @return the options
   */
  public static LoadOptions of() {
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
   * Whether weights may be NaN or infinite; what such a model predicts is mostly NaN.
   *
   * @return false by default
   */
  public boolean allowNan() {
    return allowNan;
  }

  /**
   * The options in words.
   *
   * @return for instance {@code LoadOptions[allowNan=false]}
   */
  @Override
  public String toString() {
    return "LoadOptions[allowNan=" + allowNan + "]";
  }

  /** Builds {@link LoadOptions}. */
  public static final class Builder {
    private boolean allowNan;

    private Builder() {}

    /**
     * Sets {@link LoadOptions#allowNan()}.
     *
     * @param value whether to take weights that are NaN or infinite
     * @return this
     */
    public Builder allowNan(boolean value) {
      this.allowNan = value;
      return this;
    }

    /**
     * The options.
     *
     * @return new options
     */
    public LoadOptions build() {
      return new LoadOptions(this);
    }
  }
}
