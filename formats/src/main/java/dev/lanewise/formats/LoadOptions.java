package dev.lanewise.formats;

/** How a model is loaded. Immutable. */
public final class LoadOptions {
  private final boolean allowNan;
  private final String layers;
  private final boolean checkProof;

  private LoadOptions(Builder from) {
    this.allowNan = from.allowNan;
    this.layers = from.layers;
    this.checkProof = from.checkProof;
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
   * Whether a model must still give the answers that its file keeps: see {@link Proof}.
   *
   * @return false by default
   */
  public boolean checkProof() {
    return checkProof;
  }

  /**
   * The options in words.
   *
   * @return for instance {@code LoadOptions[allowNan=false, layers=, checkProof=false]}
   */
  @Override
  public String toString() {
    return "LoadOptions[allowNan="
        + allowNan
        + ", layers="
        + layers
        + ", checkProof="
        + checkProof
        + "]";
  }

  /** Builds {@link LoadOptions}. */
  public static final class Builder {
    private boolean allowNan;
    private String layers = "";
    private boolean checkProof;

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
     * Sets {@link LoadOptions#checkProof()}.
     *
     * @param value whether to hold the model to the answers in its file
     * @return this
     */
    public Builder checkProof(boolean value) {
      this.checkProof = value;
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
