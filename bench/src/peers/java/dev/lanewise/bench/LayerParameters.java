package dev.lanewise.bench;

import java.util.SplittableRandom;

/**
 * The weights of one layer, as Lanewise has them, and of a Dense(1) behind it. Gates are in the
 * order i, f, g, o of an LSTM, and z, r, n of a GRU. Not modified.
 *
 * @param cell of the layer
 * @param features of a timestep
 * @param units of the layer
 * @param kernel (features, gates * units)
 * @param recurrent (units, gates * units)
 * @param bias (4 * units); of a GRU (2, 3 * units), the input's and the recurrent product's
 * @param dense (units, 1)
 */
record LayerParameters(
    Cell cell,
    int features,
    int units,
    float[] kernel,
    float[] recurrent,
    float[] bias,
    float[] dense) {

  /** Uniform between -1 / sqrt(units) and 1 / sqrt(units), as PyTorch begins. */
  static LayerParameters random(Cell cell, int features, int units, long seed) {
    double scale = 1 / Math.sqrt(units);
    return new LayerParameters(
        cell,
        features,
        units,
        uniform((long) cell.gates() * features * units, scale, seed),
        uniform((long) cell.gates() * units * units, scale, seed + 1),
        uniform((long) cell.biases() * units, scale, seed + 2),
        uniform(units, scale, seed + 3));
  }

  static float[] uniform(long count, double scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-scale, scale);
    }
    return values;
  }

  /** The kernel, turned: (gates * units, features), its gates in another order. */
  float[] kernelRows(int... order) {
    return gateRows(kernel, features, order);
  }

  /** The recurrent kernel, turned: (gates * units, units), its gates in another order. */
  float[] recurrentRows(int... order) {
    return gateRows(recurrent, units, order);
  }

  /** Each bias, its gates in another order. */
  float[] bias(int... order) {
    float[] result = new float[bias.length];
    for (int from = 0; from < bias.length; from += order.length * units) {
      reorder(bias, from, units, order, result);
    }
    return result;
  }

  private float[] gateRows(float[] weights, int inputs, int... order) {
    float[] result = new float[weights.length];
    float[] rows = transposed(weights, inputs, order.length * units);
    reorder(rows, 0, units * inputs, order, result);
    return result;
  }

  private static void reorder(float[] from, int at, int gate, int[] order, float[] to) {
    for (int g = 0; g < order.length; g++) {
      System.arraycopy(from, at + order[g] * gate, to, at + g * gate, gate);
    }
  }

  /** (rows, columns) to (columns, rows). */
  static float[] transposed(float[] values, int rows, int columns) {
    float[] result = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        result[c * rows + r] = values[r * columns + c];
      }
    }
    return result;
  }

  /** (a, b, c) to (b, a, c): batch-major to time-major, and back. */
  static float[] swapped(float[] values, int a, int b, int c) {
    float[] result = new float[values.length];
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < b; j++) {
        System.arraycopy(values, (i * b + j) * c, result, (j * a + i) * c, c);
      }
    }
    return result;
  }
}
