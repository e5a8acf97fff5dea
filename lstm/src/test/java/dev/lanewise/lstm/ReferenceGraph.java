package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A built {@link Model} again in double precision, from what it says of itself: {@link
 * Model#calls}. Values are [time][batch][width].
 */
final class ReferenceGraph {
  private final Model model;
  private final Map<String, double[]> weights = new HashMap<>();
  private double[][][][] values = {};
  private boolean @Nullable [][][] live = {}; // [value][time][batch], null where all is real

  ReferenceGraph(Model model) {
    this.model = model;
    for (Weight weight : model.weights()) {
      weights.put(weight.name(), StateCase.doubles(weight.value().toArray()));
    }
  }

  /** The numbers of a weight such as {@code lstm/kernel}; writing to them changes the model. */
  double[] weight(String name) {
    return weights.get(name);
  }

  private static int width(double[][][] x) {
    return x[0][0].length;
  }

  private void forward(Map<String, Tensor> x, Map<String, Mask> masks) {
    List<Value> inputs = model.inputs();
    int count = inputs.size();
    for (Model.Call call : model.calls()) {
      count += 1 + states(call.layer());
    }
    values = new double[count][][][];
    live = new boolean @Nullable [count][][];
    int next = 0;
    for (Value input : inputs) {
      Tensor given = x.get(input.name());
      boolean ids = input.kind() == InputKind.IDS;
      values[next] = ReferenceModel.timeMajor(ids ? given.expandDims(2) : given);
      Mask mask = masks.get(input.name());
      live[next++] = mask == null ? null : ReferenceModel.timeMajor(mask);
    }
    for (Model.Call call : model.calls()) {
      call(call, next);
      next += 1 + states(call.layer());
    }
  }

  private static int states(Layer layer) {
    return layer.stateUnits().size() + layer.cellUnits().size();
  }

  private void call(Model.Call call, int out) {
    Layer layer = call.layer();
    if (layer instanceof MergeLayer merge) {
      merge(merge, call.in().stream().mapToInt(i -> i).toArray(), out);
    } else if (states(layer) > 0) {
      walk(call, out);
    } else {
      ReferenceLayer reference = ReferenceLayer.of(layer);
      reference.weights.putAll(own(layer));
      reference.live = live[call.in().getFirst()];
      values[out] = reference.forward(values[call.in().getFirst()]);
      live[out] = reference.live;
    }
  }

  private Map<String, double[]> own(Layer layer) {
    Map<String, double[]> own = new HashMap<>();
    String prefix = layer.name() + "/";
    weights.forEach(
        (name, numbers) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), numbers);
          }
        });
    return own;
  }

  /** A recurrent layer, from states to states. */
  private void walk(Model.Call call, int out) {
    int in = call.in().getFirst();
    double[][][] x = values[in];
    int batch = x[0].length;
    Map<String, double[]> all = own(call.layer());
    all.put(ReferenceStates.X, flat(x));
    List<Integer> h = call.layer().stateUnits();
    List<Integer> c = call.layer().cellUnits();
    List<Integer> from = call.from();
    for (int i = 0; i < h.size(); i++) {
      double[] zeros = new double[batch * h.get(i)];
      all.put(ReferenceStates.hName(i), from.isEmpty() ? zeros : flat(values[from.get(i)]));
    }
    for (int i = 0; i < c.size(); i++) {
      double[] zeros = new double[batch * c.get(i)];
      int state = h.size() + i;
      all.put(ReferenceStates.cName(i), from.isEmpty() ? zeros : flat(values[from.get(state)]));
    }
    boolean[] real = new boolean[x.length * batch];
    Arrays.fill(real, true);
    boolean[][] given = live[in];
    for (int i = 0; i < real.length && given != null; i++) {
      real[i] = given[i / batch][i % batch];
    }
    Map<String, double[]> gives = new ReferenceStates(all, real, batch).run(call.layer());
    boolean sequences = call.layer().givesTime(true);
    double[] y = gives.get(ReferenceStates.Y);
    values[out] = steps(y, sequences ? x.length : 1, batch);
    live[out] = sequences ? given : null;
    for (int i = 0; i < h.size(); i++) {
      values[out + 1 + i] = steps(gives.get(ReferenceStates.hName(i)), 1, batch);
    }
    for (int i = 0; i < c.size(); i++) {
      values[out + 1 + h.size() + i] = steps(gives.get(ReferenceStates.cName(i)), 1, batch);
    }
  }

  private static double[] flat(double[][][] x) {
    return Arrays.stream(x).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][][] steps(double[] flat, int steps, int batch) {
    int width = flat.length / steps / batch;
    double[][][] y = new double[steps][batch][];
    for (int row = 0; row < steps * batch; row++) {
      y[row / batch][row % batch] = Arrays.copyOfRange(flat, row * width, (row + 1) * width);
    }
    return y;
  }

  private boolean isReal(int value, int time, int sample) {
    boolean[][] mask = live[value];
    return mask == null || mask[time][sample];
  }

  private void merge(MergeLayer layer, int[] in, int out) {
    if (layer instanceof Concatenate concatenate && concatenate.axis() == Concatenate.Axis.TIME) {
      joinTimes(in, out);
      return;
    }
    double[][][] first = values[in[0]];
    int batch = first[0].length;
    values[out] = new double[first.length][batch][];
    boolean[][] mask = new boolean[first.length][batch];
    for (int t = 0; t < first.length; t++) {
      for (int b = 0; b < batch; b++) {
        values[out][t][b] = merged(layer, in, t, b);
        for (int value : in) {
          mask[t][b] |= isReal(value, t, b);
        }
      }
    }
    boolean all = Arrays.stream(in).allMatch(value -> live[value] != null);
    live[out] = all ? mask : null;
  }

  private double[] merged(MergeLayer layer, int[] in, int t, int b) {
    if (layer instanceof Concatenate) {
      return Arrays.stream(in)
          .mapToObj(i -> values[i][t][b])
          .flatMapToDouble(Arrays::stream)
          .toArray();
    }
    double[] y = new double[width(values[in[0]])];
    boolean any = Arrays.stream(in).anyMatch(value -> isReal(value, t, b));
    for (int f = 0; f < y.length; f++) {
      double sum = 0;
      double product = 1;
      for (int value : in) {
        sum += values[value][t][b][f];
        product *= isReal(value, t, b) ? values[value][t][b][f] : 1;
      }
      y[f] =
          switch (layer) {
            case Add _ -> sum;
            case Average _ -> sum / in.length;
            case Multiply _ -> any ? product : 0;
            case Concatenate _ -> throw new AssertionError(layer);
          };
    }
    return y;
  }

  private void joinTimes(int[] in, int out) {
    values[out] =
        Arrays.stream(in)
            .mapToObj(i -> values[i])
            .flatMap(Arrays::stream)
            .toArray(double[][][]::new);
    int batch = values[out][0].length;
    boolean[][] mask = new boolean[values[out].length][batch];
    int begin = 0;
    boolean any = false;
    for (int value : in) {
      for (int t = 0; t < values[value].length; t++) {
        for (int b = 0; b < batch; b++) {
          mask[begin + t][b] = isReal(value, t, b);
          any |= !mask[begin + t][b];
        }
      }
      begin += values[value].length;
    }
    live[out] = any ? mask : null;
  }

  /** What an output holds. */
  double[][][] output(String name, Map<String, Tensor> x, Map<String, Mask> masks) {
    forward(x, masks);
    return values[model.outputValues().get(name)];
  }

  /** The weighted sum of the losses, each the mean over what is no padding. */
  double loss(GraphCase of) {
    forward(of.x(), of.masks());
    double sum = 0;
    for (Map.Entry<String, Loss> goal : of.losses().entrySet()) {
      int value = model.outputValues().get(goal.getKey());
      double[][][] wanted = ReferenceModel.timeMajor(of.y().get(goal.getKey()));
      double weight = of.weights().getOrDefault(goal.getKey(), 1.0);
      sum += weight * loss(goal.getValue(), value, wanted);
    }
    return sum;
  }

  private double loss(Loss loss, int value, double[][][] wanted) {
    double[][][] p = values[value];
    double sum = 0;
    long count = 0;
    for (int t = 0; t < p.length; t++) {
      for (int b = 0; b < p[t].length; b++) {
        for (int f = 0; f < p[t][b].length && isReal(value, t, b); f++) {
          double y = wanted[t][b][f];
          sum +=
              switch (loss.kerasName()) {
                case "mse" -> Math.pow(p[t][b][f] - y, 2);
                case "categorical_crossentropy" ->
                    -y * Math.log(p[t][b][f] / Arrays.stream(p[t][b]).sum()) * p[t][b].length;
                case "binary_crossentropy" ->
                    -y * Math.log(p[t][b][f]) - (1 - y) * Math.log(1 - p[t][b][f]);
                case "mae" -> Math.abs(p[t][b][f] - y);
                default -> throw new AssertionError(loss);
              };
          count++;
        }
      }
    }
    return sum / count;
  }
}
