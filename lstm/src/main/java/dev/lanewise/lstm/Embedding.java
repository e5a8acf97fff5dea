package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Constants;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Uniform;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.EmbeddingForward;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.train.EmbeddingTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * Turns token ids into vectors: (batch, timesteps) of ids becomes (batch, timesteps, dimension),
 * row {@code id} of the table (vocabulary, dimension).
 *
 * <p>The first layer of a model or none. Ids are whole numbers from 0 to vocabulary - 1; any other
 * is refused with its place. With {@link #maskZero()} the id 0 is padding, which the layers after
 * it skip. Immutable.
 */
public final class Embedding extends Layer {
  static final LayerType TYPE =
      new Declaration<>(Embedding.class, () -> new Builder(1, 1), Builder::build)
          .size("vocabulary", Embedding::vocabulary, Builder::vocabulary)
          .size("dimension", Embedding::dimension, Builder::dimension)
          .truth("maskZero", Embedding::maskZero, Builder::maskZero)
          .forTraining()
          .truth("trainable", Embedding::trainable, Builder::trainable)
          .whole("inputLength", 0, Embedding::inputLength, Builder::inputLength)
          .regularizer(
              "embeddingsRegularizer",
              Embedding::embeddingsRegularizer,
              Builder::embeddingsRegularizer)
          .type();

  /** The largest vocabulary whose ids a float32 tensor can hold exactly. */
  private static final int MOST = 1 << 24;

  private final int vocabulary;
  private final int dimension;
  private final boolean maskZero;
  private final boolean trainable;
  private final Regularizer embeddingsRegularizer;
  private final int inputLength;
  private final float[] table; // (vocabulary, dimension); empty where none was given

  private Embedding(String name, Builder from) {
    super(name);
    this.vocabulary = from.vocabulary;
    this.dimension = from.dimension;
    this.maskZero = from.maskZero;
    this.trainable = from.trainable;
    this.embeddingsRegularizer = from.embeddingsRegularizer;
    this.inputLength = from.inputLength;
    this.table = from.table;
  }

  /**
   * A trained table with Keras's first values, uniform between -0.05 and 0.05.
   *
   * @param vocabulary how many ids there are, 1 to 16,777,216
   * @param dimension width of a vector, 1 or more
   * @return the layer
   * @throws IllegalArgumentException when a size is outside its range
   */
  public static Embedding of(int vocabulary, int dimension) {
    return builder(vocabulary, dimension).build();
  }

  /**
   * A table of given vectors, such as those of word2vec or GloVe.
   *
   * @param table (vocabulary, dimension), row {@code id} its vector. Copied
   * @return a builder: {@link Builder#trainable trainable(false)} freezes them
   * @throws IllegalArgumentException when the table is not 2-D, is empty or too large
   */
  public static Builder given(Tensor table) {
    if (table.rank() != 2 || table.size() == 0 || table.size() > Integer.MAX_VALUE) {
      throw LayerErrors.embeddingTable(table.shape());
    }
    Builder builder = new Builder((int) table.dim(0), (int) table.dim(1));
    builder.table = table.toArray();
    return builder;
  }

  /**
   * A builder that begins with Keras's defaults: a trained table, no mask.
   *
   * @param vocabulary how many ids there are, 1 to 16,777,216
   * @param dimension width of a vector, 1 or more
   * @return the builder
   * @throws IllegalArgumentException when a size is outside its range
   */
  public static Builder builder(int vocabulary, int dimension) {
    return new Builder(vocabulary, dimension);
  }

  @Override
  public Embedding named(String name) {
    return new Embedding(name, toBuilder());
  }

  /**
   * How many ids there are.
   *
   * @return 1 or more
   */
  @Override
  public int vocabulary() {
    return vocabulary;
  }

  /**
   * Width of a vector.
   *
   * @return 1 or more
   */
  public int dimension() {
    return dimension;
  }

  /**
   * Whether the id 0 is padding.
   *
   * @return false unless set
   */
  public boolean maskZero() {
    return maskZero;
  }

  @Override
  public boolean trainable() {
    return trainable;
  }

  @Override
  public Embedding trainable(boolean value) {
    return toBuilder().trainable(value).build();
  }

  /**
   * How many timesteps come in, for layers after it that must know.
   *
   * @return 0 for any number
   */
  @Override
  public int inputLength() {
    return inputLength;
  }

  /**
   * What the table adds to the loss.
   *
   * @return {@link Regularizer#NONE} unless set
   */
  public Regularizer embeddingsRegularizer() {
    return embeddingsRegularizer;
  }

  @Override
  Regularizer regularizer(String weight) {
    return switch (weight) {
      case WeightSpec.EMBEDDINGS -> embeddingsRegularizer;
      default -> Regularizer.NONE;
    };
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(vocabulary, dimension);
    builder.name = name();
    builder.maskZero = maskZero;
    builder.trainable = trainable;
    builder.embeddingsRegularizer = embeddingsRegularizer;
    builder.inputLength = inputLength;
    builder.table = table;
    return builder;
  }

  @Override
  boolean makesMask() {
    return maskZero;
  }

  @Override
  Axes output(Axes in) {
    return in.withWidth(dimension);
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    Initializer first = table.length > 0 ? new Constants(table) : new Uniform(0.05);
    Shape shape = Shape.of(vocabulary, dimension);
    return List.of(new WeightSpec(WeightSpec.EMBEDDINGS, shape, true, first, table.length > 0));
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new EmbeddingForward(vocabulary, dimension, maskZero, weights);
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new EmbeddingTraining(vocabulary, dimension, maskZero, place);
  }

  /** Collects the settings of an {@link Embedding}. Not thread-safe. */
  public static final class Builder {
    private int vocabulary;
    private int dimension;
    private String name = "";
    private boolean maskZero;
    private boolean trainable = true;
    private Regularizer embeddingsRegularizer = Regularizer.NONE;
    private int inputLength;
    private float[] table = {};

    private Builder(int vocabulary, int dimension) {
      vocabulary(vocabulary).dimension(dimension);
    }

    private Builder vocabulary(int value) {
      if (value < 1 || value > MOST) {
        throw LstmErrors.setting("Embedding", "vocabulary", value, "1 to " + MOST);
      }
      this.vocabulary = value;
      return this;
    }

    private Builder dimension(int value) {
      this.dimension = Settings.atLeast("Embedding", "dimension", value, 1);
      return this;
    }

    /**
     * Sets whether the id 0 is padding, which the layers after it skip. Words then begin at id 1.
     *
     * @param value whether
     * @return this
     */
    public Builder maskZero(boolean value) {
      this.maskZero = value;
      return this;
    }

    /**
     * Sets whether {@link Sequential#fit} changes the table.
     *
     * @param value whether
     * @return this
     */
    public Builder trainable(boolean value) {
      this.trainable = value;
      return this;
    }

    /**
     * Sets how many timesteps come in; needed only where a layer after it must know, such as {@link
     * Flatten}.
     *
     * @param value 1 or more, 0 for any number
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder inputLength(int value) {
      this.inputLength = Settings.atLeast("Embedding", "inputLength", value, 0);
      return this;
    }

    /**
     * Sets what the table adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public Builder embeddingsRegularizer(Regularizer value) {
      this.embeddingsRegularizer = value;
      return this;
    }

    /**
     * Sets the name.
     *
     * @param value the name; empty to have one given by {@link Sequential}
     * @return this
     */
    public Builder name(String value) {
      this.name = value;
      return this;
    }

    /**
     * The layer.
     *
     * @return a new layer
     */
    public Embedding build() {
      return new Embedding(name, this);
    }
  }
}
