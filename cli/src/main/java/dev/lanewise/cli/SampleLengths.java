package dev.lanewise.cli;

import dev.lanewise.lstm.Mask;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The real length of each sample of an input; what comes after is padding.
 *
 * @param file where they are from
 * @param values one a sample
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SampleLengths(ArrayFile file, int[] values) {

  /**
   * Reads them.
   *
   * @param file where from; null for none
   * @param of whose samples they are the lengths of
   * @param x what that holds
   */
  static @Nullable SampleLengths read(@Nullable ArrayFile file, ArrayFile of, Tensor x) {
    if (file == null) {
      return null;
    }
    SampleLengths lengths = new SampleLengths(file, file.readLengths());
    if (x.rank() < 2 || lengths.values.length != x.dim(0)) {
      throw new InputException(
          lengths.about()
              + ": expected "
              + (x.rank() == 0 ? "(batch)" : Shape.of(x.dim(0)))
              + ", a length for each sample of "
              + of.path()
              + " "
              + x.shape());
    }
    return lengths;
  }

  /** The file and its shape, for errors. */
  String about() {
    return file.path() + " " + Shape.of(values.length);
  }

  boolean isPadding(long sample, long step) {
    return step >= values[(int) sample];
  }

  /**
   * The mask that they are.
   *
   * @param x (batch, timesteps, features), or (batch, timesteps) of token ids
   * @param about names the files in errors
   */
  Mask mask(Tensor x, String about) {
    try {
      return Mask.ofLengths(Math.toIntExact(x.dim(1)), values);
    } catch (IllegalArgumentException e) {
      throw new InputException(about + ": " + CommandWords.of(e), e);
    }
  }
}
