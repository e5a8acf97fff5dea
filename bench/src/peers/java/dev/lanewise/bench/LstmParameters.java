package dev.lanewise.bench;

import java.util.SplittableRandom;

/**
 * The weights of one layer, gates in the order i, f, g, o, and of a Dense(1) behind it. Not
 * modified.
 *
 * @param features of a timestep
 * @param units of the layer
 * @param kernel (features, 4 * units)
 * @param recurrent (units, 4 * units)
 * @param bias (4 * units)
 * @param dense (units, 1)
 */
record LstmParameters(
    int features, int units, float[] kernel, float[] recurrent, float[] bias, float[] dense) {

  /** Uniform between -1 / sqrt(units) and 1 / sqrt(units), as PyTorch begins. */
  static LstmParameters random(int features, int units, long seed) {
    double scale = 1 / Math.sqrt(units);
    return new LstmParameters(
        features,
        units,
        uniform(4L * features * units, scale, seed),
        uniform(4L * units * units, scale, seed + 1),
        uniform(4L * units, scale, seed + 2),
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
