package dev.lanewise.cli;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Refuses inputs that are not finite: a NaN would come out as a forecast. */
final class FiniteInput {
  private FiniteInput() {}

  /**
   * Looks at every number. In padding a NaN means nothing, and becomes 0: a layer before the first
   * LSTM may still read it.
   *
   * @param file where x is from
   * @param x overwritten where it is padding and not finite
   * @param lengths null where there is no padding
   * @param maskValue a step of nothing else is padding to the model
   */
  static void check(ArrayFile file, Tensor x, @Nullable SampleLengths lengths, float maskValue) {
    float[] values = x.toArray();
    int width = x.rank() == 0 ? 1 : Math.max(1, (int) x.dim(-1));
    for (int i = 0; i < values.length; i++) {
      if (Float.isFinite(values[i])) {
        continue;
      }
      long[] index = ArrayFile.index(x.shape(), i);
      if (x.rank() == 3 && lengths != null && lengths.isPadding(index[0], index[1])) {
        x.set(0, index);
      } else if (!isAll(values, i - i % width, width, maskValue)) {
        throw refused(file, values[i], index);
      }
    }
  }

  static InputException refused(ArrayFile file, double value, long[] index) {
    return new InputException(
        file.path()
            + ": expected finite numbers, got "
            + value
            + " at "
            + Arrays.toString(index)
            + "; fill it in or leave the sequence out");
  }

  private static boolean isAll(float[] values, int from, int width, float value) {
    for (int i = from; i < from + width; i++) {
      if (values[i] != value) {
        return false;
      }
    }
    return true;
  }
}
