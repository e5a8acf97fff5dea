package dev.lanewise.formats;

/** How a model is loaded. Immutable. */
public final class LoadOptions {
  private final boolean allowNan;
  private final String layers;

  private LoadOptions(Builder from) {
    this.allowNan = from.allowNan;
    this.layers = from.layers;
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
   * In what order the modules of a PyTorch {@code state_dict} are called, and what is between them:
   * {@code "embedding,lstm:last,fc1:relu,fc2"}. See {@link ModelReader}.
   *
   * @return empty where the tensors say it
   */
  public String layers() {
    return layers;
  }

  /**
   * The options in words.
   *
   * @return for instance {@code LoadOptions[allowNan=false, layers=]}
   */
  @Override
  public String toString() {
    return "LoadOptions[allowNan=" + allowNan + ", layers=" + layers + "]";
  }

  /** Builds {@link LoadOptions}. */
  public static final class Builder {
    private boolean allowNan;
    private String layers = "";

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
     * Sets {@link LoadOptions#layers()}.
     *
     * @param value the modules in their order, and what is between them
     * @return this
     */
    public Builder layers(String value) {
      this.layers = value;
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
