package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Axes;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model: layers one after the other, and their weights.
 *
 * <pre>{@code
 * Sequential model = Sequential.of(Lstm.of(50), Dense.of(1)).build(1, 42);
 * model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
 * model.fit(x, y, FitOptions.builder().epochs(20).build());
 * Tensor forecast = model.predict(x);
 * }</pre>
 *
 * <p>Batch and timesteps are free and may differ from call to call; the features are fixed by
 * {@link #build}. Not thread-safe: one thread at a time changes or fits it. For serving, hold a
 * {@link Predictor}, which any number of threads may share.
 */
public final class Sequential extends Model {

  private Sequential(List<Layer> layers) {
    super(layers);
  }

  /**
   * A model that has no weights yet.
   *
   * @param layers from input to output; those without a name are given Keras's
   * @return the model
   * @throws IllegalArgumentException when there is none, when two have the same name, or when a
   *     recurrent layer follows another that returns only its last step
   */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  /**
   * A model that has no weights yet.
   *
   * @param layers from input to output; those without a name are given Keras's. Copied
   * @return the model
   * @throws IllegalArgumentException when there is none, when two have the same name, or when a
   *     recurrent layer follows another that returns only its last step
   */
  public static Sequential of(List<Layer> layers) {
    return new Sequential(List.copyOf(layers));
  }

  /**
   * Makes the weights with Keras's first values: kernels Glorot uniform, recurrent kernels
   * orthogonal, embeddings uniform, biases 0 and those of forget gates 1. The same seed gives the
   * same bits.
   *
   * @param features the length of the input's last axis
   * @param seed what the values are drawn from; each weight has a stream of its own
   * @return this
   * @throws IllegalArgumentException when features is less than 1, not what a layer takes, or a
   *     layer must know the timesteps
   * @throws IllegalStateException when it is built already
   */
  public Sequential build(int features, long seed) {
    return initialized(plan("Sequential.build", Axes.ANY, features), seed);
  }

  /**
   * As {@link #build(int, long)}, for layers that must know how many timesteps come in: {@link
   * Flatten}, {@link Permute}, {@link Reshape}, and {@link Conv1d} with the channels first. Only
   * with one of these the timesteps are then fixed.
   *
   * @param timesteps the length of the input's axis 1
   * @param features the length of the input's last axis
   * @param seed what the values are drawn from
   * @return this
   * @throws IllegalArgumentException when a length is less than 1 or not what a layer takes
   * @throws IllegalStateException when it is built already
   */
  public Sequential build(int timesteps, int features, long seed) {
    return initialized(plan("Sequential.build", requireTimesteps(timesteps), features), seed);
  }

  /**
   * As {@link #build(int, long)}, for a model that begins with an {@link Embedding}, whose input is
   * ids.
   *
   * @param seed what the values are drawn from
   * @return this
   * @throws IllegalArgumentException when the first layer is another
   * @throws IllegalStateException when it is built already
   */
  @Override
  public Sequential build(long seed) {
    return initialized(idShapes("Sequential.build"), seed);
  }

  /**
   * Makes the weights with the value 0, for a reader of files to fill; those that come with a layer
   * hold what was given. Throws as {@link #build(int, long)} does.
   *
   * @param features as for {@link #build(int, long)}
   * @return this
   */
  public Sequential buildZeros(int features) {
    return zeroed(plan("Sequential.buildZeros", Axes.ANY, features));
  }

  /**
   * As {@link #buildZeros(int)}, with the timesteps.
   *
   * @param timesteps as for {@link #build(int, int, long)}
   * @param features as for {@link #build(int, int, long)}
   * @return this
   */
  public Sequential buildZeros(int timesteps, int features) {
    return zeroed(plan("Sequential.buildZeros", requireTimesteps(timesteps), features));
  }

  /**
   * As {@link #buildZeros(int)}, for a model that begins with an {@link Embedding}.
   *
   * @return this
   */
  @Override
  public Sequential buildZeros() {
    return zeroed(idShapes("Sequential.buildZeros"));
  }

  private Sequential initialized(Plan plan, long seed) {
    initialize(plan, seed);
    return this;
  }

  private Sequential zeroed(Plan plan) {
    zeros(plan);
    return this;
  }

  private static int requireTimesteps(int timesteps) {
    if (timesteps < 1) {
      throw LayerErrors.buildTimesteps(timesteps);
    }
    return timesteps;
  }

  /**
   * The weights that building would make, without making them: for a reader of files to compare
   * with what a file holds.
   *
   * @param timesteps the length of the input's axis 1, 0 for any
   * @param features the length of the input's last axis, 1 for a model that begins with an {@link
   *     Embedding}
   * @return the plan by name, in the order of {@link #weights()}
   * @throws IllegalArgumentException as {@link #build(int, int, long)} does
   */
  public Map<String, Shape> weightShapes(int timesteps, int features) {
    return weightShapes(ChainPlan.of(layers(), timesteps == 0 ? Axes.ANY : timesteps, features));
  }

  /**
   * As {@link #predictor(PredictorOptions, Consumer)}, of a chain.
   *
   * @param timesteps the length of the input's axis 1, 0 for any
   * @param features the length of the input's last axis, 1 for a model that begins with an {@link
   *     Embedding}
   * @param options how it works
   * @param fill gives a weight its value
   * @return a new predictor
   * @throws IllegalArgumentException as {@link #build(int, int, long)} and {@link
   *     #predictor(PredictorOptions)} do
   * @throws IllegalStateException when it is built
   */
  public Predictor predictor(
      int timesteps, int features, PredictorOptions options, Consumer<Weight> fill) {
    requireUnbuilt("Sequential.predictor");
    int steps = timesteps == 0 ? Axes.ANY : timesteps;
    return passing(ChainPlan.of(layers(), steps, features), options, fill);
  }

  private Plan plan(String operation, int timesteps, int features) {
    requireUnbuilt(operation);
    if (takesIds()) {
      throw LayerErrors.buildOfIds(operation, layers().getFirst());
    }
    return ChainPlan.of(layers(), timesteps, features);
  }

  private Plan idShapes(String operation) {
    requireUnbuilt(operation);
    if (!takesIds()) {
      throw LayerErrors.buildWithoutFeatures(operation, layers().getFirst());
    }
    return ChainPlan.of(layers(), Axes.ANY, 1);
  }

  /**
   * The length of the input's last axis.
   *
   * @return 1 or more
   * @throws IllegalStateException before {@link #build}
   */
  public int features() {
    return plan("features").features();
  }

  /**
   * Whether the input is token ids, (batch, timesteps): where the first layer is an {@link
   * Embedding}.
   *
   * @return false where it is numbers
   */
  public boolean takesIds() {
    return layers().getFirst().takesIds();
  }

  /**
   * How many token ids there are.
   *
   * @return 1 or more, where {@link #takesIds}; 0 where the input is numbers
   */
  public int vocabulary() {
    return layers().getFirst().vocabulary();
  }

  /**
   * The number of which a step of the input that is to be skipped has nothing else: that of a first
   * layer {@link Masking}.
   *
   * @return the number; NaN where no number says so
   */
  public float maskValue() {
    return layers().getFirst().maskValue();
  }

  /**
   * The length of the input's axis 1 that the model was built with.
   *
   * @return 1 or more; 0 where it was built without
   * @throws IllegalStateException before {@link #build}
   */
  public int timesteps() {
    return Math.max(0, plan("timesteps").timesteps());
  }

  /**
   * The shape of the result for an input.
   *
   * @param input (batch, timesteps, features); (batch, features) also where no layer reads time
   * @return (batch, units) of the last layer, or (batch, timesteps, units) where the time axis
   *     stays
   * @throws IllegalArgumentException when the model does not take that shape
   * @throws IllegalStateException before {@link #build}
   */
  public Shape outputShape(Shape input) {
    Plan plan = plan("outputShape");
    plan.inputs().check(input);
    return plan.steps().output(input);
  }

  @Override
  public Sequential compile(
      Optimizer optimizer,
      Map<String, Loss> losses,
      Map<String, Double> weights,
      Metric... metrics) {
    super.compile(optimizer, losses, weights, metrics);
    return this;
  }

  @Override
  public Sequential compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    super.compile(optimizer, loss, metrics);
    return this;
  }

  /**
   * Trains.
   *
   * <p>Samples are the slices of axis 0. A y with one axis fewer than the prediction stands for a
   * last axis of length 1: (samples) for (samples, 1), (samples, timesteps) for (samples,
   * timesteps, 1). Nothing else is reshaped or broadcast. The same model, data, options and seed
   * give the same weights, bit for bit, on any number of threads. Once it runs, an update allocates
   * nothing beside what a batch listener is told. Its memory is kept for the next call with the
   * same options and sizes, as long as the heap does not run short.
   *
   * @param x (samples, timesteps, features); (samples, features) also where no layer needs
   *     timesteps; (samples, timesteps) of ids for an {@link Embedding}. Any strides. Not modified
   * @param y the wanted predictions. Any strides. Not modified
   * @param options how
   * @return the losses and metrics
   * @throws IllegalArgumentException when a shape does not fit, a number is NaN or infinite, an id
   *     is not in the vocabulary, or a target of {@link Loss#BINARY_CROSSENTROPY} is not from 0 to
   *     1
   * @throws ArithmeticException when a loss or gradient becomes NaN or infinite; the weights are
   *     then those of before the update that would have spoiled them
   * @throws IllegalStateException before {@link #compile}, when an arena is closed, or while the
   *     model is being fitted already, by another thread or by the one whose listener calls
   * @throws java.util.concurrent.CancellationException when the thread is interrupted, which is
   *     looked for before each batch. The weights are then those after the batch before, and the
   *     interrupt stays set
   */
  public History fit(Tensor x, Tensor y, FitOptions options) {
    return train(Samples.of(x, null, y), options);
  }

  /**
   * Trains on sequences of which some steps are padding: it is skipped, and counts neither in the
   * loss nor in a metric.
   *
   * @param x as for {@link #fit(Tensor, Tensor, FitOptions)}. Not modified
   * @param mask (samples, timesteps)
   * @param y the wanted predictions; those of padded steps are not looked at, but must be numbers.
   *     Not modified
   * @param options how
   * @return the losses and metrics
   * @throws IllegalArgumentException as {@link #fit(Tensor, Tensor, FitOptions)} does, and when the
   *     mask has another batch or other timesteps than x, or nothing would read it
   * @throws ArithmeticException as {@link #fit(Tensor, Tensor, FitOptions)} does
   * @throws IllegalStateException as {@link #fit(Tensor, Tensor, FitOptions)} does
   * @throws java.util.concurrent.CancellationException as {@link #fit(Tensor, Tensor, FitOptions)}
   *     does
   */
  public History fit(Tensor x, Mask mask, Tensor y, FitOptions options) {
    return train(Samples.of(x, mask, y), options);
  }

  /**
   * The compiled loss and metrics on samples, without training. The memory that it takes for packed
   * weights is kept for the next one, as long as the heap does not run short.
   *
   * @param x as for {@link #fit(Tensor, Tensor, FitOptions)}. Not modified
   * @param y as for {@link #fit(Tensor, Tensor, FitOptions)}. Not modified
   * @return means over all samples; NaN for none
   * @throws IllegalArgumentException when a shape does not fit
   * @throws IllegalStateException before {@link #compile}, or when an arena is closed
   */
  public Scores evaluate(Tensor x, Tensor y) {
    return scores(Samples.of(x, null, y));
  }

  /**
   * The compiled loss and metrics on padded samples, without training.
   *
   * @param x as for {@link #fit(Tensor, Tensor, FitOptions)}. Not modified
   * @param mask (samples, timesteps)
   * @param y as for {@link #fit(Tensor, Tensor, FitOptions)}. Not modified
   * @return means over all that is no padding; NaN for no samples
   * @throws IllegalArgumentException when a shape does not fit, or nothing would read the mask
   * @throws IllegalStateException before {@link #compile}, or when an arena is closed
   */
  public Scores evaluate(Tensor x, Mask mask, Tensor y) {
    return scores(Samples.of(x, mask, y));
  }

  /**
   * Predicts with the weights as they are now: through a {@link Predictor} that is kept, and made
   * again when a weight was changed.
   *
   * @param x (batch, timesteps, features); (batch, features) also where no layer reads time. Any
   *     strides. Not modified
   * @return (batch, units) of the last layer, or (batch, timesteps, units) where the time axis
   *     stays
   * @throws IllegalArgumentException when the model does not take x's shape
   * @throws IllegalStateException before {@link #build}, or when x's arena is closed
   */
  public Tensor predict(Tensor x) {
    return predictor(x).predict(x);
  }

  /**
   * Predicts padded sequences with the weights as they are now; the padding is skipped.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param mask (batch, timesteps)
   * @return as for {@link #predict(Tensor)}
   * @throws IllegalArgumentException as {@link Predictor#predict(Tensor, Mask)} does
   * @throws IllegalStateException before {@link #build}, or when x's arena is closed
   */
  public Tensor predict(Tensor x, Mask mask) {
    return predictor(x).predict(x, mask);
  }

  private Predictor predictor(Tensor x) {
    if (!isBuilt()) {
      throw LstmErrors.predictBeforeBuild(x.shape());
    }
    return predictor();
  }
}
