package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Exclusive;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model: layers called on values, from named inputs to named outputs, and their weights. Keras's
 * functional form; {@link Sequential} is the chain, for layers one after the other.
 *
 * <pre>{@code
 * Value sensors = Input.sequences("sensors", 3);
 * Value site = Input.rows("site", 4);
 * Value read = Lstm.of(32).apply(sensors);
 * Value load = Dense.of(1).apply(Concatenate.of().apply(read, site)).named("load");
 * Model model = Model.of(List.of(sensors, site), List.of(load)).build(42);
 * model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
 * model.fit(Map.of("sensors", x, "site", s), Map.of("load", y), FitOptions.of());
 * Tensor forecast = model.predict(Map.of("sensors", x, "site", s)).get("load");
 * }</pre>
 *
 * <p>Batch and timesteps are free and may differ from call to call. Not thread-safe: one thread at
 * a time changes or fits it. For serving, hold a {@link Predictor}, which any number of threads may
 * share.
 */
public sealed class Model permits Sequential {
  private final List<Layer> layers;
  private final String type;
  private final Exclusive fitting;
  private final @Nullable Plan given; // of a graph, which is known before it is built
  private @Nullable Built built;
  private @Nullable Compiled compiled;
  private @Nullable Cached cached;

  /** With its weights, and those by layer as a caller sees them. */
  private record Built(Plan plan, ModelWeights weights, List<List<Weight>> byLayer) {
    static Built of(Plan plan, ModelWeights weights) {
      List<List<Weight>> byLayer = new ArrayList<>();
      for (int layer = 0; layer < plan.layers().size(); layer++) {
        byLayer.add(weights.layer(layer).weights().stream().map(Weight::new).toList());
      }
      return new Built(plan, weights, List.copyOf(byLayer));
    }

    List<Weight> all() {
      return byLayer.stream().flatMap(List::stream).toList();
    }
  }

  private record Compiled(
      Built model,
      Compilation compilation,
      Optimizer optimizer,
      OptimizerState state,
      KeptStep kept,
      Scoring scoring) {}

  private record Cached(Predictor predictor, long revision) {
    boolean isOf(ModelWeights weights) {
      return revision == weights.revision().number();
    }
  }

  /**
   * A call of a layer, as files keep it. Values are numbered: the inputs first, then what each call
   * gives, its output before the states h and c that its layer ends in.
   *
   * @param layer which is called; the same object where it is called again
   * @param in the numbers of the values that it reads
   * @param from those that its states begin from, h before c; empty for 0
   */
  public record Call(Layer layer, List<Integer> in, List<Integer> from) {
    /**
     * Copies the lists.
     *
     * @param layer which is called
     * @param in what it reads
     * @param from what its states begin from
     */
    public Call {
      in = List.copyOf(in);
      from = List.copyOf(from);
    }
  }

  /** A chain of layers, whose plan is known when it is built. */
  Model(List<Layer> layers) {
    ChainPlan.checkOrder(layers);
    this.layers = LayerNames.complete(layers);
    this.given = null;
    this.type = "Sequential";
    this.fitting = new Exclusive(type, "Sequential.of(model.layers())");
  }

  private Model(Plan plan) {
    this.layers = plan.layers();
    this.given = plan;
    this.type = "Model";
    this.fitting = new Exclusive(type, "Model.of(inputs, outputs)");
  }

  /**
   * A model that has no weights yet.
   *
   * @param input made by {@link Input}
   * @param output what a layer gives, from the input
   * @return the model
   * @throws IllegalArgumentException as {@link #of(List, List)} does
   */
  public static Model of(Value input, Value output) {
    return of(List.of(input), List.of(output));
  }

  /**
   * A model that has no weights yet: the layers that lie between.
   *
   * <p>An output has the name that {@link Value#named} gives to it, else that of its layer; a state
   * is called {@code lstm/h} or {@code lstm/c}. Layers without a name are given Keras's.
   *
   * @param inputs made by {@link Input}
   * @param outputs what layers give
   * @return the model
   * @throws IllegalArgumentException when there is no input or output, one depends on an input that
   *     is not given, none depends on one that is, two layers, inputs or outputs have one name, or
   *     a layer that is called twice needs other weights each time
   */
  public static Model of(List<Value> inputs, List<Value> outputs) {
    return new Model(new GraphBuilder(inputs, outputs).plan());
  }

  /** What an operation is called in errors. */
  final String operation(String name) {
    return type + "." + name;
  }

  /**
   * Makes the weights with Keras's first values: kernels Glorot uniform, recurrent kernels
   * orthogonal, embeddings uniform, biases 0 and those of forget gates 1. The same seed gives the
   * same bits.
   *
   * @param seed what the values are drawn from; each weight has a stream of its own
   * @return this
   * @throws IllegalStateException when it is built already
   */
  public Model build(long seed) {
    return initialize(graph("build"), seed);
  }

  /**
   * Makes the weights with the value 0, for a reader of files to fill; those that come with a layer
   * hold what was given.
   *
   * @return this
   * @throws IllegalStateException when it is built already
   */
  public Model buildZeros() {
    return zeros(graph("buildZeros"));
  }

  private Plan graph(String name) {
    requireUnbuilt(operation(name));
    return Objects.requireNonNull(given); // a chain builds itself
  }

  final Model initialize(Plan plan, long seed) {
    built = Built.of(plan, plan.initialized(seed));
    return this;
  }

  final Model zeros(Plan plan) {
    built = Built.of(plan, plan.zeros());
    return this;
  }

  /**
   * The weights that building would make, without making them: for a reader of files to compare
   * with what a file holds.
   *
   * @return the shapes by name, in the order of {@link #weights()}
   * @throws IllegalStateException of a {@link Sequential} before it is built
   */
  public Map<String, Shape> weightShapes() {
    return weightShapes(plan("weightShapes"));
  }

  final Map<String, Shape> weightShapes(Plan plan) {
    Map<String, Shape> found = new LinkedHashMap<>();
    List<List<WeightSpec>> specs = plan.weights();
    for (int layer = 0; layer < specs.size(); layer++) {
      for (WeightSpec weight : specs.get(layer)) {
        found.put(layers.get(layer).name() + "/" + weight.suffix(), weight.shape());
      }
    }
    return found;
  }

  /** The plan, which a graph has before it is built. */
  final Plan plan(String name) {
    return given != null ? given : requireBuilt(operation(name)).plan;
  }

  final @Nullable Plan planIfKnown() {
    Built present = built;
    return given != null ? given : present == null ? null : present.plan;
  }

  final void requireUnbuilt(String operation) {
    if (built != null) {
      throw given != null
          ? GraphErrors.builtAlready(operation)
          : LstmErrors.builtAlready(operation, built.plan.features());
    }
  }

  private Built requireBuilt(String operation) {
    if (built == null) {
      throw given != null ? GraphErrors.notBuilt(operation) : LstmErrors.notBuilt(operation);
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
   * @return true after building
   */
  public final boolean isBuilt() {
    return built != null;
  }

  /**
   * The names of the inputs.
   *
   * @return in order; {@code x} for a {@link Sequential}; unmodifiable
   * @throws IllegalStateException of a {@link Sequential} before it is built
   */
  public final List<String> inputNames() {
    return plan("inputNames").inputNames();
  }

  /**
   * The names of the outputs.
   *
   * @return in order; {@code y} for a {@link Sequential}; unmodifiable
   * @throws IllegalStateException of a {@link Sequential} before it is built
   */
  public final List<String> outputNames() {
    return plan("outputNames").outputNames();
  }

  /**
   * The inputs, as {@link Input} makes them.
   *
   * @return in order; values that stand for them, to read their names and axes; unmodifiable
   * @throws IllegalStateException of a {@link Sequential} before it is built
   */
  public final List<Value> inputs() {
    return plan("inputs").ports().stream().map(Model::input).toList();
  }

  /** Of a chain whose input may have a time axis and need not, one that has. */
  private static Value input(Plan.Port port) {
    boolean either = port.kind() == InputKind.EITHER;
    return new Value(port.name(), either ? InputKind.SEQUENCES : port.kind(), port.axes());
  }

  /**
   * The calls of the layers, for a writer of files.
   *
   * @return in an order in which each follows what it reads; unmodifiable
   * @throws IllegalStateException of a {@link Sequential} before it is built
   */
  public final List<Call> calls() {
    return plan("calls").nodes().stream()
        .map(node -> new Call(layers.get(node.weights()), boxed(node.in()), boxed(node.from())))
        .toList();
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /**
   * The outputs, for a writer of files.
   *
   * @return the number of the value of each, as {@link Call} counts them; unmodifiable
   * @throws IllegalStateException of a {@link Sequential} before it is built
   */
  public final Map<String, Integer> outputValues() {
    Plan plan = plan("outputValues");
    Map<String, Integer> values = new LinkedHashMap<>();
    for (int i = 0; i < plan.outputs().length; i++) {
      values.put(plan.outputNames().get(i), plan.outputs()[i]);
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * The layers.
   *
   * @return each once, in the order of their first calls, every one with a name; unmodifiable
   */
  public final List<Layer> layers() {
    return layers;
  }

  /**
   * The weights.
   *
   * @return layer by layer, in Keras's order within a layer; unmodifiable, the values live
   * @throws IllegalStateException before building
   */
  public final List<Weight> weights() {
    return requireBuilt(operation("weights")).all();
  }

  /**
   * The weights of one layer.
   *
   * @param layer its place in {@link #layers()}
   * @return in Keras's order, none where it has none; unmodifiable, the values live
   * @throws IllegalStateException before building
   * @throws IndexOutOfBoundsException when there is no such layer
   */
  public final List<Weight> weights(int layer) {
    return requireBuilt(operation("weights")).byLayer.get(layer);
  }

  /**
   * How many numbers the weights are.
   *
   * @return trainable ones and others
   * @throws IllegalStateException before building
   */
  public final long parameterCount() {
    return weights().stream().mapToLong(weight -> weight.shape().size()).sum();
  }

  /**
   * What tells this model from others: two hashes, of its layers and of its weights in float32 as
   * they are now. The same on every machine, in every later release, and from every format that the
   * model is read from. The names of layers and what matters in training alone (dropout,
   * regularizers, what is trainable) do not change it. It tells mistakes, not forgeries.
   *
   * @return 16 hexadecimal digits of the layers, a hyphen, and 16 of the weights, for instance
   *     {@code 8f4e2a9c01b7d356-3d91c4e85a7f0b62}
   * @throws IllegalStateException before building
   */
  public final String fingerprint() {
    Built present = requireBuilt(operation("fingerprint"));
    long[] weights = HashedWeights.of(present.weights::layer, layers.size());
    return Fingerprint.of(present.plan, weights).toString();
  }

  /**
   * What {@link #summary} says, for programs.
   *
   * @return a line a layer, from the first to the last
   */
  public final List<LayerSummary> layerSummaries() {
    return Summary.lines(layers, planIfKnown());
  }

  /**
   * The layers, their output shapes with named axes, how many numbers each holds, and what each is
   * called on where the model is no chain.
   *
   * @return a table for people, several lines without a line break at the end
   */
  public final String summary() {
    return Summary.of(layers, planIfKnown());
  }

  /**
   * Sets what {@link #fit} does. The optimizer's moments begin anew: those of {@link Adam} are no
   * weights, and no model file keeps them. A model that was saved, loaded and compiled goes on
   * without them.
   *
   * @param optimizer how gradients change weights
   * @param loss what is made small; of several outputs the sum of theirs
   * @param metrics what is measured beside it, of each output
   * @return this
   * @throws IllegalStateException before building
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    Built present = requireBuilt(operation("compile"));
    return compile(optimizer, Compilation.of(present.plan, loss, List.of(metrics)));
  }

  /**
   * Sets what {@link #fit} does, with a loss for each output.
   *
   * @param optimizer how gradients change weights
   * @param losses by the names of the outputs; an output without one is not trained on
   * @param weights what each loss counts in their sum, by the names of outputs; 1 where not given
   * @param metrics what is measured beside it, of each output that has a loss
   * @return this
   * @throws IllegalArgumentException when a name is not one of the outputs, there is no loss, or a
   *     weight is not a positive number
   * @throws IllegalStateException before building
   */
  public Model compile(
      Optimizer optimizer,
      Map<String, Loss> losses,
      Map<String, Double> weights,
      Metric... metrics) {
    Built present = requireBuilt(operation("compile"));
    return compile(optimizer, Compilation.of(present.plan, losses, weights, List.of(metrics)));
  }

  private Model compile(Optimizer optimizer, Compilation compilation) {
    Built present = requireBuilt(operation("compile"));
    OptimizerState state = optimizer.state(present.weights);
    Scoring scoring = new Scoring(present.plan, present.weights, compilation);
    compiled = new Compiled(present, compilation, optimizer, state, new KeptStep(), scoring);
    return this;
  }

  /**
   * Trains, by the names of inputs and outputs. As {@link Sequential#fit(Tensor, Tensor,
   * FitOptions)} does with one of each.
   *
   * @param x a tensor for each input, of equally many samples. Any strides. Not modified
   * @param y the wanted predictions of each output that has a loss. Any strides. Not modified
   * @param options how
   * @return the losses and metrics
   * @throws IllegalArgumentException when a name is another, a shape does not fit, a number is NaN
   *     or infinite, an id is not in the vocabulary, or a target of {@link
   *     Loss#BINARY_CROSSENTROPY} is not from 0 to 1
   * @throws ArithmeticException when a loss or gradient becomes NaN or infinite; the weights are
   *     then those of before the update that would have spoiled them
   * @throws IllegalStateException before {@link #compile}, when an arena is closed, or while the
   *     model is being fitted already
   * @throws java.util.concurrent.CancellationException when the thread is interrupted; the weights
   *     are then those after the batch before, and the interrupt stays set
   */
  public final History fit(Map<String, Tensor> x, Map<String, Tensor> y, FitOptions options) {
    return fit(x, Map.of(), y, options);
  }

  /**
   * Trains on sequences of which some steps are padding: it is skipped, and counts neither in the
   * losses nor in a metric.
   *
   * @param x as for {@link #fit(Map, Map, FitOptions)}. Not modified
   * @param masks (samples, timesteps) of each input that has padding
   * @param y as for {@link #fit(Map, Map, FitOptions)}. Not modified
   * @param options how
   * @return the losses and metrics
   * @throws IllegalArgumentException as {@link #fit(Map, Map, FitOptions)} does, and when a mask
   *     has another batch or other timesteps than its input, or nothing would read it
   * @throws ArithmeticException as {@link #fit(Map, Map, FitOptions)} does
   * @throws IllegalStateException as {@link #fit(Map, Map, FitOptions)} does
   * @throws java.util.concurrent.CancellationException as {@link #fit(Map, Map, FitOptions)} does
   */
  public final History fit(
      Map<String, Tensor> x, Map<String, Mask> masks, Map<String, Tensor> y, FitOptions options) {
    return train(new Samples(x, masks, y), options);
  }

  final History train(Samples samples, FitOptions options) {
    String operation = operation("fit");
    fitting.enter(operation);
    try {
      Compiled with = requireCompiled(operation);
      Built model = with.model;
      PaddingAdvice.give(model.plan, samples);
      return new Fit(
              this,
              model.plan,
              model.weights,
              with.compilation,
              with.optimizer,
              with.state,
              with.kept,
              with.scoring,
              options)
          .run(operation, samples);
    } finally {
      fitting.leave();
    }
  }

  /**
   * The compiled losses and metrics on samples, without training. The memory that it takes for
   * packed weights is kept for the next one, as long as the heap does not run short.
   *
   * @param x as for {@link #fit(Map, Map, FitOptions)}. Not modified
   * @param y as for {@link #fit(Map, Map, FitOptions)}. Not modified
   * @return means over all samples; NaN for none
   * @throws IllegalArgumentException when a name is another or a shape does not fit
   * @throws IllegalStateException before {@link #compile}, or when an arena is closed
   */
  public final Scores evaluate(Map<String, Tensor> x, Map<String, Tensor> y) {
    return scores(new Samples(x, Map.of(), y));
  }

  /**
   * The compiled losses and metrics on padded samples, without training.
   *
   * @param x as for {@link #fit(Map, Map, FitOptions)}. Not modified
   * @param masks (samples, timesteps) of each input that has padding
   * @param y as for {@link #fit(Map, Map, FitOptions)}. Not modified
   * @return means over all that is no padding; NaN for no samples
   * @throws IllegalArgumentException when a name is another, a shape does not fit, or nothing would
   *     read a mask
   * @throws IllegalStateException before {@link #compile}, or when an arena is closed
   */
  public final Scores evaluate(
      Map<String, Tensor> x, Map<String, Mask> masks, Map<String, Tensor> y) {
    return scores(new Samples(x, masks, y));
  }

  final Scores scores(Samples samples) {
    String operation = operation("evaluate");
    Compiled with = requireCompiled(operation);
    TrainingData data = TrainingData.of(operation, with.model.plan, with.compilation, samples);
    Cached last = cached;
    return last != null && last.isOf(with.model.weights)
        ? Evaluation.of(
            last.predictor.requireOpen(operation), data, with.compilation, with.model.weights)
        : with.scoring.of(data, Team.shared(), Team.threads(0, false));
  }

  /**
   * Predicts with the weights as they are now: through a {@link Predictor} that is kept, and made
   * again when a weight was changed.
   *
   * @param x a tensor for each input, of equally many samples. Any strides. Not modified
   * @return a new tensor for each output, by its name
   * @throws IllegalArgumentException when a name is another, or the model does not take a shape
   * @throws IllegalStateException before building, or when an arena is closed
   */
  public final Map<String, Tensor> predict(Map<String, Tensor> x) {
    return predictor().predict(x);
  }

  /**
   * Predicts padded sequences with the weights as they are now; the padding is skipped.
   *
   * @param x as for {@link #predict(Map)}. Not modified
   * @param masks (batch, timesteps) of each input that has padding
   * @return as for {@link #predict(Map)}
   * @throws IllegalArgumentException as {@link Predictor#predict(Map, Map)} does
   * @throws IllegalStateException before building, or when an arena is closed
   */
  public final Map<String, Tensor> predict(Map<String, Tensor> x, Map<String, Mask> masks) {
    return predictor().predict(x, masks);
  }

  /**
   * The model ready to predict, with the weights as they are now and the default options.
   *
   * @return the one that {@link #predict} uses; closing it does nothing
   * @throws IllegalStateException before building
   */
  public final Predictor predictor() {
    Built present = requireBuilt(operation("predictor"));
    Cached last = cached;
    if (last == null || !last.isOf(present.weights)) {
      long revision = present.weights.revision().number();
      PredictorOptions options = PredictorOptions.of();
      last =
          new Cached(new Predictor(present.plan, present.weights::layer, options, false), revision);
      cached = last;
    }
    return last.predictor;
  }

  /**
   * The model ready to predict, with the weights as they are now.
   *
   * @param options how it works
   * @return a new predictor, which later changes of the weights do not reach
   * @throws IllegalArgumentException when a layer does not take the options' {@link
   *     PredictorOptions#weights}, as a {@link Gru} takes no narrow ones
   * @throws IllegalStateException before building
   */
  public final Predictor predictor(PredictorOptions options) {
    Built present = requireBuilt(operation("predictor"));
    return new Predictor(present.plan, present.weights::layer, options, true);
  }

  /**
   * A model that has no weights ready to predict with those of a file, a layer at a time: besides
   * the packed weights no more memory is taken than the largest layer's are.
   *
   * @param options how it works
   * @param fill gives a weight its value; one that it leaves alone is 0, or what came with its
   *     layer. The weight is gone after the call
   * @return a new predictor
   * @throws IllegalArgumentException as {@link #predictor(PredictorOptions)} does
   * @throws IllegalStateException when it is built, or it is a {@link Sequential}, which takes
   *     {@link Sequential#predictor(int, int, PredictorOptions, Consumer)}
   */
  public Predictor predictor(PredictorOptions options, Consumer<Weight> fill) {
    return passing(graph("predictor"), options, fill);
  }

  final Predictor passing(Plan plan, PredictorOptions options, Consumer<Weight> fill) {
    try (PassingWeights weights = new PassingWeights(plan, fill)) {
      return new Predictor(plan, weights, options, true);
    }
  }

  /**
   * The layers in words.
   *
   * @return for instance {@code Sequential[Lstm "lstm" (units=50), Dense "dense" (units=1)]}
   */
  @Override
  public final String toString() {
    return type + layers;
  }
}
