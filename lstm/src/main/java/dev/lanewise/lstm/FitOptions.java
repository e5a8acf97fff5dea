package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private final int initialEpoch;
  private final int accumulate;
  private final double @Nullable [] sampleWeights;
  private final Map<Integer, Double> classWeights;
  private final int truncate;
  private final boolean stateful;
  private final List<Callback> callbacks;
  private final @Nullable TrainingState resumed;
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
    this.initialEpoch = from.initialEpoch;
    this.accumulate = from.accumulate;
    this.sampleWeights = from.sampleWeights;
    this.classWeights = Map.copyOf(from.classWeights);
    this.truncate = from.truncate;
    this.stateful = from.stateful;
    this.callbacks = List.copyOf(from.callbacks);
    this.resumed = from.resumed;
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
   * Passes over the training samples, those before {@link #initialEpoch} included.
   *
   * @return 1 or more
   */
  public int epochs() {
    return epochs;
  }

  /**
   * The epoch that the fit begins with.
   *
   * @return 0 unless set, or where a {@link Builder#resume resumed} fit stood
   */
  public int initialEpoch() {
    return initialEpoch;
  }

  /**
   * How many batches make one update.
   *
   * @return 1 unless set
   */
  public int accumulate() {
    return accumulate;
  }

  /**
   * What takes part in the fit.
   *
   * @return the callbacks in order; unmodifiable
   */
  public List<Callback> callbacks() {
    return callbacks;
  }

  /** Where it goes on from; null for a fit that begins. */
  @Nullable TrainingState resumed() {
    return resumed;
  }

  /**
   * Steps of the parts that sequences are taken in.
   *
   * @return 1 or more; 0 for whole sequences
   */
  public int truncate() {
    return truncate;
  }

  /**
   * Whether a row of a batch goes on where that of the batch before ended.
   *
   * @return false unless set
   */
  public boolean stateful() {
    return stateful;
  }

  /**
   * Samples a batch.
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

  /** What each sample counts; null where all count 1. Not copied. */
  double @Nullable [] sampleWeights() {
    return sampleWeights;
  }

  /**
   * What the samples of a class count in the loss; 1 for classes that are not there.
   *
   * @return by the number of the class; unmodifiable
   */
  public Map<Integer, Double> classWeights() {
    return classWeights;
  }

  /** What is told of each batch, or null. */
  @Nullable Consumer<BatchProgress> onBatch() {
    return onBatch;
  }

  /**
   * Shows the settings; of validation samples the shape.
   *
   * @return for instance {@code FitOptions[epochs=1, batchSize=32, initialEpoch=0, accumulate=1,
   *     sampleWeights=none, classWeights={}, truncate=0, stateful=false, shuffle=true, seed=0,
   *     validationSplit=0.0, validationData=none, threads=0, ownThreads=false, callbacks=[]]}
   */
  @Override
  public String toString() {
    return "FitOptions[epochs="
        + epochs
        + ", batchSize="
        + batchSize
        + ", initialEpoch="
        + initialEpoch
        + ", accumulate="
        + accumulate
        + ", sampleWeights="
        + (sampleWeights == null ? "none" : sampleWeights.length)
        + ", classWeights="
        + new TreeMap<>(classWeights)
        + ", truncate="
        + truncate
        + ", stateful="
        + stateful
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
        + ", callbacks="
        + callbacks
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
    private int initialEpoch;
    private int accumulate = 1;
    private double @Nullable [] sampleWeights;
    private Map<Integer, Double> classWeights = Map.of();
    private int truncate;
    private boolean stateful;
    private final List<Callback> callbacks = new ArrayList<>();
    private @Nullable TrainingState resumed;
    private Consumer<Epoch> onEpoch = _ -> {};
    private @Nullable Consumer<BatchProgress> onBatch;

    private Builder() {}

    /**
     * Sets the passes over the training samples, those before {@link #initialEpoch} included, as
     * Keras counts them.
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
     * Sets the epoch that the fit begins with: those before it were fitted already. The order of
     * the samples is drawn from the seed and the epoch's number, so it goes on.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder initialEpoch(int value) {
      this.initialEpoch = Settings.atLeast("FitOptions", "initialEpoch", value, 0);
      return this;
    }

    /**
     * Goes on where a fit ended or was cut off: with its epoch, the moments of its optimizer, its
     * learning rate and what its callbacks remember. With the weights of that moment, the same
     * samples and the other options as they were, the end is the same bits as that of a fit that
     * was not cut off.
     *
     * @param state where it stood
     * @return this
     */
    public Builder resume(TrainingState state) {
      this.resumed = state;
      this.initialEpoch = state.epochs();
      return this;
    }

    /**
     * Sums the gradients of several batches up for each update, as if they were one batch of all
     * their samples: for a batch that is larger than memory. What is left at the end of an epoch is
     * an update of its own.
     *
     * @param value how many batches, 1 or more
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public Builder accumulate(int value) {
      this.accumulate = Settings.atLeast("FitOptions", "accumulate", value, 1);
      return this;
    }

    /**
     * Says what each sample counts in the loss: it is the sum of weights times losses, over the
     * number of samples, as Keras's {@code sample_weight}. Of a validation split they count in its
     * loss too. Metrics have no weights.
     *
     * @param weights one a sample, 0 or more. Copied
     * @return this
     * @throws IllegalArgumentException when one is negative, NaN or infinite
     */
    public Builder sampleWeights(double... weights) {
      for (int sample = 0; sample < weights.length; sample++) {
        requireWeight("FitOptions.sampleWeights", weights[sample], "sample " + sample);
      }
      this.sampleWeights = weights.clone();
      return this;
    }

    /**
     * The same, of a tensor.
     *
     * @param weights (samples), 0 or more. Copied
     * @return this
     * @throws IllegalArgumentException when it has another rank, or a weight is negative, NaN or
     *     infinite
     */
    public Builder sampleWeights(Tensor weights) {
      if (weights.rank() != 1) {
        throw LossErrors.weightsShape(weights.shape());
      }
      double[] each = new double[Math.toIntExact(weights.dim(0))];
      Tensor numbers = weights.toFloat();
      for (int sample = 0; sample < each.length; sample++) {
        each[sample] = numbers.get(sample);
      }
      return sampleWeights(each);
    }

    /**
     * Says what the samples of a class count in the training loss, Keras's {@code class_weight}: to
     * make up for classes that are rare. A class is the number or the largest share that a
     * categorical crossentropy has as its target, 0 or 1 of a binary one. Times {@link
     * #sampleWeights}.
     *
     * @param weights by the number of the class, 0 or more; the others count 1. A fit refuses a
     *     class that the output has not
     * @return this
     * @throws IllegalArgumentException when one is negative, NaN or infinite
     */
    public Builder classWeights(Map<Integer, Double> weights) {
      weights.forEach(
          (label, weight) -> requireWeight("FitOptions.classWeights", weight, "class " + label));
      this.classWeights = Map.copyOf(weights);
      return this;
    }

    private static void requireWeight(String option, double weight, String of) {
      if (!(weight >= 0 && Double.isFinite(weight))) {
        throw LossErrors.weight(option, weight, of);
      }
    }

    /**
     * Cuts backpropagation through time (Williams and Peng, 1990): a sequence is taken in parts of
     * so many steps. States go on from part to part, gradients do not, and the weights change after
     * each part. Memory is that of a part. For long sequences of which every step has a target.
     *
     * <p>Layers that drop units draw anew for each part. Validation takes whole sequences.
     *
     * @param steps of a part, which divide those of the sequences; 0 for whole sequences
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder truncate(int steps) {
      this.truncate = Settings.atLeast("FitOptions", "truncate", steps, 0);
      return this;
    }

    /**
     * Lets row i of a batch go on where row i of the batch before ended, Keras's {@code stateful}:
     * for series that are cut into samples which follow one another in time. Each epoch begins at
     * 0. It takes {@code shuffle(false)} and samples that fill whole batches.
     *
     * <p>Validation, and a prediction after it, begin at 0 with every sample. A {@link Stream} goes
     * on from step to step.
     *
     * @param value whether
     * @return this
     */
    public Builder stateful(boolean value) {
      this.stateful = value;
      return this;
    }

    /**
     * Adds what takes part in the fit.
     *
     * @param value a callback; several are called in the order in which they were added
     * @return this
     */
    public Builder callback(Callback value) {
      this.callbacks.add(value);
      return this;
    }

    /**
     * Sets the samples a batch.
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
     * @throws IllegalArgumentException when the initial epoch is past the last, or the batches of a
     *     stateful fit are shuffled
     */
    public FitOptions build() {
      if (initialEpoch > epochs) {
        throw FitErrors.epochs(initialEpoch, epochs);
      }
      if (stateful && shuffle) {
        throw FitErrors.shuffledStates();
      }
      return new FitOptions(this);
    }
  }
}
