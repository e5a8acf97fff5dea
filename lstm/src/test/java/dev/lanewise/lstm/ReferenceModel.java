package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.lstm.run.ForwardThreads;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A built {@link Sequential} again, in double precision, with the same weights. */
final class ReferenceModel {
  private final List<ReferenceLayer> layers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private boolean @Nullable [][] live; // that of the output, after a forward

  ReferenceModel(Sequential model) {
    for (Layer layer : model.layers()) {
      ReferenceLayer reference = ReferenceLayer.of(layer);
      for (Weight weight : model.weights()) {
        if (layerOf(weight.name()).equals(layer.name())) {
          reference.weights.put(lastOf(weight.name()), doubles(weight.value().toArray()));
        }
      }
      layers.add(reference);
      names.add(layer.name());
    }
  }

  /** Its layers do what they do in training from now on. */
  ReferenceModel training() {
    layers.forEach(layer -> layer.training = true);
    return this;
  }

  private static String layerOf(String weight) {
    return weight.substring(0, weight.indexOf('/'));
  }

  private static String lastOf(String weight) {
    return weight.substring(weight.indexOf('/') + 1);
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** A mask as [time][batch]. */
  static boolean[][] timeMajor(Mask mask) {
    boolean[][] live = new boolean[mask.timesteps()][mask.samples()];
    for (int t = 0; t < live.length; t++) {
      for (int b = 0; b < live[t].length; b++) {
        live[t][b] = mask.uses(b, t);
      }
    }
    return live;
  }

  /** (batch, steps, features) or (batch, features) as [time][batch][feature]. */
  static double[][][] timeMajor(Tensor x) {
    Tensor full = x.rank() == 3 ? x : x.expandDims(1);
    double[][][] values = new double[(int) full.dim(1)][(int) full.dim(0)][(int) full.dim(2)];
    for (int t = 0; t < values.length; t++) {
      for (int b = 0; b < values[t].length; b++) {
        for (int f = 0; f < values[t][b].length; f++) {
          values[t][b][f] = full.get(b, t, f);
        }
      }
    }
    return values;
  }

  double[][][] forward(double[][][] x) {
    return forward(x, null);
  }

  double[][][] forward(double[][][] x, boolean @Nullable [][] mask) {
    double[][][] values = x;
    live = mask;
    for (ReferenceLayer layer : layers) {
      layer.live = live;
      values = layer.forward(values);
      live = layer.live;
    }
    return values;
  }

  double loss(double[][][] x, double[][][] y) {
    return loss(x, null, y, Loss.MEAN_SQUARED_ERROR);
  }

  /** The mean over the elements that are no padding. */
  double loss(double[][][] x, boolean @Nullable [][] mask, double[][][] y, Loss loss) {
    double[][][] p = forward(x, mask);
    boolean[][] counts = live;
    double sum = 0;
    long count = 0;
    for (int t = 0; t < p.length; t++) {
      for (int b = 0; b < p[t].length; b++) {
        for (int f = 0; f < p[t][b].length && (counts == null || counts[t][b]); f++) {
          double got = p[t][b][f];
          double wanted = y[t][b][f];
          sum +=
              switch (loss.kerasName()) {
                case "mse" -> Math.pow(got - wanted, 2);
                case "mae" -> Math.abs(got - wanted);
                case "binary_crossentropy" ->
                    -wanted * Math.log(got) - (1 - wanted) * Math.log(1 - got);
                case "categorical_crossentropy" ->
                    -wanted * Math.log(got / Arrays.stream(p[t][b]).sum()) * p[t][b].length;
                default -> throw new AssertionError(loss);
              };
          count++;
        }
      }
    }
    return sum / count;
  }

  /** Leaves the gradients of the mean squared error with the layers. */
  void backward(double[][][] x, double[][][] y) {
    double[][][] p = forward(x);
    double scale = 2.0 / ((double) p.length * p[0].length * p[0][0].length);
    double[][][] d = new double[p.length][p[0].length][p[0][0].length];
    for (int t = 0; t < p.length; t++) {
      for (int b = 0; b < p[t].length; b++) {
        for (int f = 0; f < p[t][b].length; f++) {
          d[t][b][f] = scale * (p[t][b][f] - y[t][b][f]);
        }
      }
    }
    for (ReferenceLayer layer : layers.reversed()) {
      layer.clearGradients();
      d = layer.backward(d);
    }
  }

  /** The numbers of a weight such as {@code lstm/kernel}; writing to them changes the model. */
  double[] weight(String name) {
    return layers.get(names.indexOf(layerOf(name))).weights.get(lastOf(name));
  }

  double[] gradient(String name) {
    return layers.get(names.indexOf(layerOf(name))).gradients.get(lastOf(name));
  }

  /** The library's gradients of all weights of one batch, as a segment in the weights' places. */
  static MemorySegment gradients(Sequential model, Tensor x, Tensor y, int threads) {
    Compilation compilation = compilation(Loss.MEAN_SQUARED_ERROR);
    return gradients(model, compilation, x, null, y, threads);
  }

  /** The same for any loss, with a mask or null. */
  static MemorySegment gradients(
      Sequential model,
      Compilation compilation,
      Tensor x,
      @Nullable Mask mask,
      Tensor y,
      int threads) {
    Plan shapes = shapes(model);
    ModelWeights weights = shapes.zeros();
    for (int i = 0; i < weights.all().size(); i++) {
      weights.all().get(i).set(model.weights().get(i).value());
    }
    TrainingData data = TrainingData.of("test", shapes, compilation, Samples.of(x, mask, y));
    int batch = data.samples();
    try (Workers workers = new Workers(threads)) {
      OptimizerState none = Sgd.of(Double.MIN_VALUE).state(weights);
      TrainingStep step = step(data, compilation, weights, none, batch, 0, threads);
      step.team(workers);
      step.begin(0);
      step.source(data.feed(TimeParts.WHOLE));
      int[] order = new int[batch];
      for (int i = 0; i < batch; i++) {
        order[i] = i;
      }
      step.run(order, 0, batch);
      if (!step.update(Double.MIN_VALUE, Clipping.NONE)) {
        throw new AssertionError("gradients overflow");
      }
      return step.gradients();
    }
  }

  /** What a chain's threads give for an input. */
  static Tensor predict(Plan plan, ForwardThreads threads, Tensor x) {
    ForwardCall call = new ForwardCall(plan.wiring());
    NamedCall.inputs("test", plan, call, Map.of(Plan.X, x), Map.of());
    NamedCall.newOutputs(plan, call);
    threads.run(call);
    return call.y(0);
  }

  /** Of a chain. */
  static Compilation compilation(Loss loss) {
    return new Compilation(List.of(new Compilation.Goal(0, loss, 1)), List.of());
  }

  static Plan shapes(Sequential model) {
    int timesteps = model.timesteps() == 0 ? Axes.ANY : model.timesteps();
    return ChainPlan.of(model.layers(), timesteps, model.features());
  }

  static TrainingStep step(
      TrainingData data,
      Compilation compilation,
      ModelWeights weights,
      OptimizerState state,
      int batch,
      long seed,
      int parts) {
    return new TrainingStep(
        compilation.trained(data.plan()),
        data.feed(TimeParts.WHOLE),
        weights,
        state,
        batch,
        seed,
        parts);
  }

  static float[] read(MemorySegment gradients, Weight weight) {
    float[] values = new float[(int) weight.shape().size()];
    MemorySegment.copy(
        gradients, JAVA_FLOAT, weight.stored().offset() * Float.BYTES, values, 0, values.length);
    return values;
  }

  /** All numbers of a model, one after the other. */
  static float[] weights(Model model) {
    float[] all = {};
    for (Weight weight : model.weights()) {
      float[] values = weight.value().toArray();
      int at = all.length;
      all = Arrays.copyOf(all, at + values.length);
      System.arraycopy(values, 0, all, at, values.length);
    }
    return all;
  }

  /** Sets all numbers of a model, as {@link #weights} gives them. */
  static void setWeights(Sequential model, float[] all) {
    int at = 0;
    for (Weight weight : model.weights()) {
      int count = (int) weight.shape().size();
      float[] values = Arrays.copyOfRange(all, at, at + count);
      weight.set(Tensor.of(values, weight.shape().toArray()));
      at += count;
    }
  }

  /** Numbers between -1 and 1, the same for the same seed. */
  static Tensor random(long seed, long... dims) {
    Tensor tensor = Tensor.zeros(dims);
    SplitMix64 random = SplitMix64.stream(seed, 77);
    for (long i = 0; i < tensor.size(); i++) {
      tensor.segment().setAtIndex(JAVA_FLOAT, i, (float) (2 * random.nextDouble() - 1));
    }
    return tensor;
  }
}
