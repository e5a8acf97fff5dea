package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
public final class Sequential {
  private final List<Layer> layers;
  private @Nullable Built built;
  private @Nullable Compiled compiled;
  private @Nullable Cached cached;

  private record Built(LayerShapes shapes, ModelWeights weights) {}

  private record Compiled(Built model, Loss loss, OptimizerState state) {}

  private record Cached(Predictor predictor, MemorySegment snapshot) {}

  private Sequential(List<Layer> layers) {
    LayerShapes.checkOrder(layers);
    this.layers = LayerNames.complete(layers);
  }

  /**
   * A model that has no weights yet.
   *
   * @param layers from input to output; those without a name are given Keras's
   * @return the model
   * @throws IllegalArgumentException when there is none, when two have the same name, or when an
   *     LSTM follows another that returns only its last step
   */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  /**
   * A model that has no weights yet.
   *
   * @param layers from input to output; those without a name are given Keras's. Copied
   * @return the model
   * @throws IllegalArgumentException when there is none, when two have the same name, or when an
   *     LSTM follows another that returns only its last step
   */
  public static Sequential of(List<Layer> layers) {
    return new Sequential(List.copyOf(layers));
  }

  /**
   * Makes the weights with Keras's first values: kernels Glorot uniform, recurrent kernels
   * orthogonal, biases 0 and those of forget gates 1. The same seed gives the same bits.
   *
   * @param features the length of the input's last axis
   * @param seed what the values are drawn from; each weight has a stream of its own
   * @return this
   * @throws IllegalArgumentException when features is less than 1, or not what a {@link
   *     Normalization} takes
   * @throws IllegalStateException when it is built already
   */
  public Sequential build(int features, long seed) {
    LayerShapes shapes = requireUnbuilt("Sequential.build", features);
    built = new Built(shapes, ModelWeights.initialized(layers, features, seed));
    return this;
  }

  /**
   * Makes the weights with the value 0, for a reader of files to fill; those of a {@link
   * Normalization} come with it. Throws as {@link #build} does.
   *
   * @param features as for {@link #build}
   * @return this
   */
  public Sequential buildZeros(int features) {
    LayerShapes shapes = requireUnbuilt("Sequential.buildZeros", features);
    built = new Built(shapes, ModelWeights.zeros(layers, features));
    return this;
  }

  private LayerShapes requireUnbuilt(String operation, int features) {
    if (built != null) {
      throw LstmErrors.builtAlready(operation, built.shapes.features());
    }
    return new LayerShapes(layers, features);
  }

  private Built requireBuilt(String operation) {
    if (built == null) {
      throw LstmErrors.notBuilt(operation);
    }
    return built;
  }

  private Compiled requireCompiled(String operation) {
    requireBuilt(operation);
    if (compiled == null) {
      throw LstmErrors.notCompiled(operation);
    }
    return compiled;
  }

  /**
   * Whether there are weights.
   *
   * @return true after {@link #build}
   */
  public boolean isBuilt() {
    return built != null;
  }

  /**
   * The length of the input's last axis.
   *
   * @return 1 or more
   * @throws IllegalStateException before {@link #build}
   */
  public int features() {
    return requireBuilt("Sequential.features").shapes.features();
  }

  /**
   * The layers.
   *
   * @return from input to output, every one with a name; unmodifiable
   */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * The weights.
   *
   * @return layer by layer, in Keras's order within a layer; unmodifiable, the values live
   * @throws IllegalStateException before {@link #build}
   */
  public List<Weight> weights() {
    return requireBuilt("Sequential.weights").weights.all();
  }

  /**
   * How many numbers the weights are.
   *
   * @return trainable ones and others
   * @throws IllegalStateException before {@link #build}
   */
  public long parameterCount() {
    return weights().stream().mapToLong(weight -> weight.shape().size()).sum();
  }

  /**
   * The shape of the result for an input.
   *
   * @param input (batch, timesteps, features); (batch, features) also where there is no LSTM
   * @return (batch, units) of the last layer, or (batch, timesteps, units) where the time axis
   *     stays
   * @throws IllegalArgumentException when the model does not take that shape
   * @throws IllegalStateException before {@link #build}
   */
  public Shape outputShape(Shape input) {
    LayerShapes shapes = requireBuilt("Sequential.outputShape").shapes;
    shapes.checkInput(input);
    return shapes.output(input);
  }

  /**
   * What {@link #summary} says, for programs.
   *
   * @return a line a layer, from the first to the last
   */
  public List<LayerSummary> layerSummaries() {
    Built present = built;
    return Summary.lines(layers, present == null ? null : present.weights);
  }

  /**
   * The layers, their output shapes with named axes, and how many numbers each holds.
   *
   * @return a table for people, several lines without a line break at the end; before {@link
   *     #build} without the numbers
   */
  public String summary() {
    Built present = built;
    return Summary.of(layers, present == null ? null : present.weights);
  }

  /**
   * Sets what {@link #fit} does. The optimizer's moments begin anew.
   *
   * @param optimizer how gradients change weights
   * @param loss what is made small
   * @return this
   * @throws IllegalStateException before {@link #build}
   */
  public Sequential compile(Optimizer optimizer, Loss loss) {
    Built present = requireBuilt("Sequential.compile");
    compiled = new Compiled(present, loss, OptimizerState.of(optimizer, present.weights));
    return this;
  }

  /**
   * Trains.
   *
   * <p>Samples are the slices of axis 0. A y with one axis fewer than the prediction stands for a
   * last axis of length 1, (samples) for (samples, 1) and (samples, timesteps) for (samples,
   * timesteps, 1); nothing else is reshaped or broadcast. The same model, data, options and seed
   * give the same weights, bit for bit, on any number of threads. Once it runs, an update allocates
   * nothing beside what a batch listener is told.
   *
   * @param x (samples, timesteps, features); (samples, features) also where there is no LSTM. Any
   *     strides. Not modified
   * @param y the wanted predictions. Any strides. Not modified
   * @param options how
   * @return the losses
   * @throws IllegalArgumentException when a shape does not fit, or a number is NaN or infinite
   * @throws ArithmeticException when a loss or gradient becomes NaN or infinite; the weights are
   *     then those of before the update that would have spoiled them
   * @throws IllegalStateException before {@link #compile}, or when an arena is closed
   */
  public History fit(Tensor x, Tensor y, FitOptions options) {
    Compiled with = requireCompiled("Sequential.fit");
    Built model = with.model;
    return new Fit(layers, model.shapes, model.weights, with.loss, with.state, options).run(x, y);
  }

  /**
   * The loss on samples, without training.
   *
   * @param x as for {@link #fit}. Not modified
   * @param y as for {@link #fit}. Not modified
   * @return the compiled loss over all samples; NaN for none
   * @throws IllegalArgumentException when a shape does not fit
   * @throws IllegalStateException before {@link #compile}, or when an arena is closed
   */
  public double evaluate(Tensor x, Tensor y) {
    LayerShapes shapes = requireCompiled("Sequential.evaluate").model.shapes;
    TrainingData data = TrainingData.of("Sequential.evaluate", shapes, x, y);
    return Evaluation.loss(predictor(), data);
  }

  /**
   * Predicts with the weights as they are now: through a {@link Predictor} that is kept, and made
   * again when a weight was changed. To see that, each call compares the weights with a copy.
   *
   * @param x (batch, timesteps, features); (batch, features) also where there is no LSTM. Any
   *     strides. Not modified
   * @return (batch, units) of the last layer, or (batch, timesteps, units) where the time axis
   *     stays
   * @throws IllegalArgumentException when the model does not take x's shape
   * @throws IllegalStateException before {@link #build}, or when x's arena is closed
   */
  public Tensor predict(Tensor x) {
    Built present = built;
    if (present == null) {
      throw LstmErrors.predictBeforeBuild(x.shape());
    }
    present.shapes.checkInput(x.shape());
    return predictor().predict(x);
  }

  /**
   * The model ready to predict, with the weights as they are now and the default options.
   *
   * @return the one that {@link #predict} uses
   * @throws IllegalStateException before {@link #build}
   */
  public Predictor predictor() {
    Built present = requireBuilt("Sequential.predictor");
    Cached last = cached;
    if (last == null || !present.weights.same(last.snapshot)) {
      MemorySegment snapshot = present.weights.snapshot();
      last = new Cached(predictor(PredictorOptions.of()), snapshot);
      cached = last;
    }
    return last.predictor;
  }

  /**
   * The model ready to predict, with the weights as they are now.
   *
   * @param options how it works
   * @return a new predictor, which later changes of the weights do not reach
   * @throws IllegalStateException before {@link #build}
   */
  public Predictor predictor(PredictorOptions options) {
    Built present = requireBuilt("Sequential.predictor");
    return new Predictor(layers, present.shapes, present.weights, options.threads());
  }

  /**
   * The layers in words.
   *
   * @return for instance {@code Sequential[Lstm "lstm" (50), Dense "dense" (1)]}
   */
  @Override
  public String toString() {
    return "Sequential" + layers;
  }
}
