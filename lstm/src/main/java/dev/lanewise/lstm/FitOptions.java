package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How {@link Sequential#fit} goes about it, with Keras's words and defaults. Immutable. */
public final class FitOptions {
  private final int epochs;
  private final int batchSize;
  private final boolean shuffle;
  private final long seed;
  private final double validationSplit;
  private final @Nullable Samples validation;
  private final int threads;
  private final boolean ownThreads;
  private final Consumer<Epoch> onEpoch;
  private final @Nullable Consumer<BatchProgress> onBatch;

  private FitOptions(Builder from) {
    this.epochs = from.epochs;
    this.batchSize = from.batchSize;
    this.shuffle = from.shuffle;
    this.seed = from.seed;
    this.validationSplit = from.validationSplit;
    this.validation = from.validation;
    this.threads = from.threads;
    this.ownThreads = from.ownThreads;
    this.onEpoch = from.onEpoch;
    this.onBatch = from.onBatch;
  }

  /**
   * The defaults: one epoch of shuffled batches of 32 on all cores.
   *
   * @return the options
   */
  public static FitOptions of() {
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
   * Passes over the training samples.
   *
   * @return 1 or more
   */
  public int epochs() {
    return epochs;
  }

  /**
   * Samples an update.
   *
   * @return 1 or more; the last batch of an epoch may hold fewer
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Whether the training samples are put in a new order for each epoch.
   *
   * @return true unless set
   */
  public boolean shuffle() {
    return shuffle;
  }

  /**
   * What the order of the samples is drawn from, and what a {@link Dropout} drops.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /**
   * The part of the samples, taken from the tail before shuffling, that is kept for validation.
   *
   * @return at least 0, below 1
   */
  public double validationSplit() {
    return validationSplit;
  }

  /** The validation samples, or null. */
  @Nullable Samples validation() {
    return validation;
  }

  /**
   * How many threads train, the calling one included.
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
   * What is told of each epoch, on the calling thread.
   *
   * @return the listener
   */
  public Consumer<Epoch> onEpoch() {
    return onEpoch;
  }

  /** What is told of each batch, or null. */
  @Nullable Consumer<BatchProgress> onBatch() {
    return onBatch;
  }

  /**
   * Shows the settings; of validation samples the shape.
   *
   * @return for instance {@code FitOptions[epochs=1, batchSize=32, shuffle=true, seed=0,
   *     validationSplit=0.0, validationData=none, threads=0, ownThreads=false]}
   */
  @Override
  public String toString() {
    return "FitOptions[epochs="
        + epochs
        + ", batchSize="
        + batchSize
        + ", shuffle="
        + shuffle
        + ", seed="
        + seed
        + ", validationSplit="
        + validationSplit
        + ", validationData="
        + (validation == null ? "none" : validation.shapes())
        + ", threads="
        + threads
        + ", ownThreads="
        + ownThreads
        + "]";
  }

  /** Collects the settings of {@link FitOptions}. Not thread-safe. */
  public static final class Builder {
    private int epochs = 1;
    private int batchSize = 32;
    private boolean shuffle = true;
    private long seed;
    private double validationSplit;
    private @Nullable Samples validation;
    private int threads;
    private boolean ownThreads;
    private Consumer<Epoch> onEpoch = _ -> {};
    private @Nullable Consumer<BatchProgress> onBatch;

    private Builder() {}

    /**
     * Sets the passes over the training samples.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public Builder epochs(int value) {
      this.epochs = Settings.atLeast("FitOptions", "epochs", value, 1);
      return this;
    }

    /**
     * Sets the samples an update.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public Builder batchSize(int value) {
      this.batchSize = Settings.atLeast("FitOptions", "batchSize", value, 1);
      return this;
    }

    /**
     * Sets whether the training samples are put in a new order for each epoch.
     *
     * @param value whether
     * @return this
     */
    public Builder shuffle(boolean value) {
      this.shuffle = value;
      return this;
    }

    /**
     * Sets what the order of the samples is drawn from: the same seed, the same model, bit for bit.
     *
     * @param value any number
     * @return this
     */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /**
     * Keeps a part of the samples for validation: the tail, before shuffling.
     *
     * @param value at least 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder validationSplit(double value) {
      this.validationSplit = Settings.fraction("FitOptions", "validationSplit", value);
      return this;
    }

    /**
     * Gives validation samples; a validation split is then ignored, as in Keras.
     *
     * @param x inputs, shaped as those of fit. Not modified
     * @param y targets, shaped as those of fit. Not modified
     * @return this
     */
    public Builder validationData(Tensor x, Tensor y) {
      this.validation = Samples.of(x, null, y);
      return this;
    }

    /**
     * Gives padded validation samples.
     *
     * @param x inputs, shaped as those of fit. Not modified
     * @param mask (samples, timesteps)
     * @param y targets, shaped as those of fit. Not modified
     * @return this
     */
    public Builder validationData(Tensor x, Mask mask, Tensor y) {
      this.validation = Samples.of(x, mask, y);
      return this;
    }

    /**
     * Gives validation samples of a {@link Model}, by the names of its inputs and outputs.
     *
     * @param x inputs, as those of fit. Not modified
     * @param masks (samples, timesteps) of each input that has padding
     * @param y targets, as those of fit. Not modified
     * @return this
     */
    public Builder validationData(
        Map<String, Tensor> x, Map<String, Mask> masks, Map<String, Tensor> y) {
      this.validation = new Samples(x, masks, y);
      return this;
    }

    /**
     * Sets how many threads train, the calling one included. The result is the same bits whatever
     * the number.
     *
     * @param value 1 to stay on the calling thread, 0 for all processors. Of more than there are
     *     processors no more are used than these; of {@link #ownThreads} at most 1,024
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder threads(int value) {
      this.threads = Settings.atLeast("FitOptions", "threads", value, 0);
      return this;
    }

    /**
     * Sets whether the fit has threads of its own, which end with it. Else each batch borrows those
     * of the process, which are lent to one call at a time. Where another call has them, the batch
     * is done on the calling thread.
     *
     * @param value false unless set
     * @return this
     */
    public Builder ownThreads(boolean value) {
      this.ownThreads = value;
      return this;
    }

    /**
     * Sets what is told of each epoch, on the calling thread.
     *
     * @param listener the listener; what it throws ends the fit, the weights as they are then
     * @return this
     */
    public Builder onEpoch(Consumer<Epoch> listener) {
      this.onEpoch = listener;
      return this;
    }

    /**
     * Sets what is told of each batch, on the calling thread.
     *
     * @param listener the listener; what it throws ends the fit, the weights as they are then
     * @return this
     */
    public Builder onBatch(Consumer<BatchProgress> listener) {
      this.onBatch = listener;
      return this;
    }

    /**
     * The options.
     *
     * @return new options
     */
    public FitOptions build() {
      return new FitOptions(this);
    }
  }
}
