package dev.lanewise.lstm;

import dev.lanewise.lstm.train.TrainingBlock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recurrent layers in double precision from any states to the final ones, step by step and row by
 * row. Arrays are flat, in the places of a {@link TrainingBlock}.
 */
final class ReferenceStates {
  /** The name of the output. */
  static final String Y = "y";

  /** The name of the input. */
  static final String X = "x";

  private final Map<String, double[]> parameters;
  private final boolean[] live;
  private final int batch;

  /**
   * Recurrent layers on a batch.
   *
   * @param parameters x, the weights by their last names, and the states to begin from by {@link
   *     #hName} and {@link #cName}
   * @param live whether a time of a row is real, (steps, batch)
   */
  ReferenceStates(Map<String, double[]> parameters, boolean[] live, int batch) {
    this.parameters = parameters;
    this.live = live;
    this.batch = batch;
  }

  /** The name of an h of {@link Layer#stateUnits}. */
  static String hName(int index) {
    return "h" + index;
  }

  /** The name of a c of {@link Layer#cellUnits}. */
  static String cName(int index) {
    return "c" + index;
  }

  /** The output and the final states. */
  Map<String, double[]> run(Layer layer) {
    return layer instanceof Bidirectional both
        ? run(both)
        : run((Recurrent) layer, "", 0, TrainedAlone.SEED);
  }

  private Map<String, double[]> run(Bidirectional both) {
    Map<String, double[]> forward =
        run(both.layer(), "forward/", 0, ReferenceDropout.seed(TrainedAlone.SEED, 0));
    Map<String, double[]> backward =
        run(both.backward(), "backward/", 1, ReferenceDropout.seed(TrainedAlone.SEED, 1));
    Map<String, double[]> all = new HashMap<>(forward);
    all.putAll(backward);
    double[] f = forward.get(Y);
    double[] b = backward.get(Y);
    int units = both.layer().outputs();
    int rows = f.length / units;
    double[] y = new double[2 * f.length];
    for (int row = 0; row < rows; row++) {
      int step = row / batch; // the backward outputs come last time first
      int other = (rows / batch - 1 - step) * batch + row % batch;
      System.arraycopy(f, row * units, y, 2 * row * units, units);
      System.arraycopy(b, other * units, y, (2 * row + 1) * units, units);
    }
    all.put(Y, y);
    return all;
  }

  private Map<String, double[]> run(Recurrent layer, String prefix, int index, long seed) {
    int units = layer.units();
    int outputs = layer.outputs();
    int steps = live.length / batch;
    ReferenceLayer reference = ReferenceLayer.of(layer);
    for (String name :
        List.of("kernel", "recurrent_kernel", "bias", "peephole", "projection_kernel")) {
      reference.weights.put(name, parameters.get(prefix + name));
    }
    double[] last = new double[batch * outputs];
    double[] cells = new double[batch * units];
    double[] y = new double[steps * batch * outputs];
    for (int row = 0; row < batch; row++) {
      int at = row * units;
      int own = row * outputs;
      reference.dropped = ReferenceDropout.of(layer, x(0, row).length, seed, row);
      double[] h = Arrays.copyOfRange(parameters.get(hName(index)), own, own + outputs);
      double[] c = Arrays.copyOfRange(parameters.getOrDefault(cName(index), cells), at, at + units);
      double[] shown = new double[outputs];
      for (int step = 0; step < steps; step++) {
        int time = layer.goBackwards() ? steps - 1 - step : step;
        if (live[time * batch + row]) {
          h = step(layer, reference, x(time, row), h, c);
          shown = h;
        } else if (layer.zeroOutputForMask()) {
          shown = new double[outputs];
        }
        System.arraycopy(shown, 0, y, (step * batch + row) * outputs, outputs);
      }
      System.arraycopy(h, 0, last, own, outputs);
      System.arraycopy(c, 0, cells, at, units);
    }
    return Map.of(Y, layer.returnSequences() ? y : last, hName(index), last, cName(index), cells);
  }

  private double[] x(int time, int row) {
    double[] all = parameters.get(X);
    int features = all.length / live.length;
    int at = (time * batch + row) * features;
    return Arrays.copyOfRange(all, at, at + features);
  }

  /** h_t; c becomes c_t. */
  private static double[] step(
      Recurrent layer, ReferenceLayer reference, double[] x, double[] h, double[] c) {
    return reference instanceof ReferenceRecurrent without
        ? without.step(x, h)
        : ReferenceLstmVariant.step((Lstm) layer, reference, x, h, c);
  }
}
