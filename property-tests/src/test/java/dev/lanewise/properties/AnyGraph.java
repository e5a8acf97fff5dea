package dev.lanewise.properties;

import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * A model that is a graph, and a batch for it of which some steps are padding.
 *
 * @param cell of its recurrent layers, but for their kind
 * @param calls how many calls of layers are drawn
 * @param cut whether its outputs are rows, and are those of the sequences without their padding
 */
record AnyGraph(
    AnyRecurrent cell, int calls, int units, int batch, int timesteps, boolean cut, long seed) {
  static final int VOCABULARY = 5;

  /** Of any layers that take sequences of any length. */
  static Arbitrary<AnyGraph> any() {
    return graphs(sizes(1, 17), sizes(1, 4), sizes(1, 6), false);
  }

  /** Whose padding can be cut off, with the same mask of all sequences. */
  static Arbitrary<AnyGraph> cuttable() {
    return graphs(sizes(1, 17), sizes(1, 4), sizes(1, 6), true);
  }

  /** Large enough that a predictor, and a fit, share the samples out among three threads. */
  static Arbitrary<AnyGraph> shared() {
    return graphs(sizes(30, 36), sizes(64, 66), sizes(9, 10), false);
  }

  private static Arbitrary<Integer> sizes(int smallest, int largest) {
    return Arbitraries.integers()
        .between(smallest, largest)
        .withDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<AnyGraph> graphs(
      Arbitrary<Integer> units, Arbitrary<Integer> batch, Arbitrary<Integer> steps, boolean cut) {
    return Combinators.combine(
            AnyRecurrent.bounded(),
            sizes(2, 8),
            units,
            batch,
            steps,
            Arbitraries.longs().between(0, 1_000_000))
        .as(
            (cell, calls, width, rows, time, seed) ->
                new AnyGraph(cell, calls, width, rows, time, cut, seed))
        .withoutEdgeCases();
  }

  /** Its inputs and outputs; the same whenever it is asked, in new objects. */
  GraphDraw draw() {
    return new GraphDraw(this);
  }

  Model model() {
    GraphDraw drawn = draw();
    return built(drawn.inputs(), drawn.outputs());
  }

  /** The same with inputs and outputs in the other order. */
  Model reversed() {
    GraphDraw drawn = draw();
    Model model = built(drawn.inputs().reversed(), drawn.outputs().reversed());
    Map<String, Tensor> own = new LinkedHashMap<>();
    for (Weight weight : model().weights()) {
      own.put(weight.name(), weight.value());
    }
    for (Weight weight : model.weights()) {
      weight.set(own.get(weight.name()));
    }
    return model;
  }

  private Model built(List<Value> inputs, List<Value> outputs) {
    Model model = Model.of(inputs, outputs).build(seed);
    for (Weight weight : model.weights()) {
      if (weight.name().endsWith("/bias")) {
        weight.set(RecurrentModel.random(seed + 2, 0.5f, weight.shape().toArray()));
      }
    }
    return model;
  }

  static Predictor predictor(Model model, int threads) {
    return model.predictor(PredictorOptions.builder().threads(threads).ownThreads(true).build());
  }

  private static boolean takesIds(Value input) {
    return input.name().startsWith("ids");
  }

  /** Numbers from -1 to 1, of which some steps are 0, or ids. */
  Map<String, Tensor> x(Model model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Value input : model.inputs()) {
      SplittableRandom random = new SplittableRandom(seed + input.name().hashCode());
      boolean ids = takesIds(input);
      int rows = batch * (input.hasTime() ? timesteps : 1);
      float[] values = new float[rows * input.features()];
      for (int row = 0; row < rows; row++) {
        boolean zero = random.nextInt(4) == 0;
        for (int i = 0; i < input.features(); i++) {
          float number = ids ? random.nextInt(VOCABULARY) : 2 * random.nextFloat() - 1;
          values[row * input.features() + i] = zero ? 0 : number;
        }
      }
      long[] sequences = {batch, timesteps, input.features()};
      long[] flat = {batch, input.features()};
      long[] tokens = {batch, timesteps};
      all.put(input.name(), Tensor.of(values, ids ? tokens : input.hasTime() ? sequences : flat));
    }
    return all;
  }

  /**
   * (batch, timesteps) of ones and zeros, of token ids and some other inputs with time; the same of
   * all where cut.
   */
  Map<String, Tensor> live(Model model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Value input : model.inputs()) {
      SplittableRandom random = new SplittableRandom(seed + (cut ? 1 : input.name().hashCode()));
      if (input.hasTime() && (cut || takesIds(input) || random.nextInt(3) > 0)) {
        float[] values = new float[batch * timesteps];
        for (int row = 0; row < batch; row++) {
          int must = random.nextInt(timesteps);
          for (int step = 0; step < timesteps; step++) {
            boolean used = random.nextInt(3) > 0 || (cut && step == must);
            values[row * timesteps + step] = used ? 1 : 0;
          }
        }
        all.put(input.name(), Tensor.of(values, batch, timesteps));
      }
    }
    return all;
  }

  /** The input with other numbers in its padding. */
  Map<String, Tensor> x(Model model, float padding) {
    Map<String, Tensor> all = x(model);
    live(model)
        .forEach(
            (name, mask) -> {
              Tensor input = all.get(name);
              for (int sample = 0; sample < batch; sample++) {
                for (int step = 0; step < timesteps; step++) {
                  if (mask.get(sample, step) == 0) {
                    Tensor row = input.select(0, sample).slice(0, step, step + 1);
                    row.fill(input.rank() == 2 ? VOCABULARY - 1 : padding);
                  }
                }
              }
            });
    return all;
  }

  Map<String, Mask> masks(Model model) {
    return masks(live(model));
  }

  static Map<String, Mask> masks(Map<String, Tensor> live) {
    Map<String, Mask> all = new LinkedHashMap<>();
    live.forEach((name, mask) -> all.put(name, Mask.of(mask)));
    return all;
  }

  /** A layer with the name of its turn. */
  static Layer named(Layer layer, int turn) {
    return layer.named("l" + turn);
  }
}
