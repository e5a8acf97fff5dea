package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.tensor.Tensor;

/**
 * What a {@link Scaling} is fitted on: (time, features), or (samples, timesteps, features) as rows,
 * one sample after the other.
 *
 * @param owner the class that errors name
 */
record FitRows(String owner, Tensor x) {

  /** Checks the axes. */
  static FitRows of(String owner, Tensor x) {
    if (x.rank() != 2 && x.rank() != 3) {
      throw DataErrors.fitAxes(owner, x.shape());
    }
    FitRows rows = new FitRows(owner, x);
    if (rows.count() == 0) {
      throw DataErrors.noRows(owner, x.shape());
    }
    return rows;
  }

  long count() {
    return x.rank() == 2 ? x.dim(0) : x.dim(0) * x.dim(1);
  }

  int features() {
    return Sizes.length("Scaling", "features", x.dim(-1));
  }

  float get(long row, int feature) {
    return x.rank() == 2 ? x.get(row, feature) : x.get(row / x.dim(1), row % x.dim(1), feature);
  }

  /** As {@link #get}, and refuses NaN and infinity. */
  float finite(long row, int feature) {
    float value = get(row, feature);
    if (!Float.isFinite(value)) {
      if (x.rank() == 2) {
        throw DataErrors.notFinite(owner, value, row, feature);
      }
      throw DataErrors.notFinite(owner, value, row / x.dim(1), row % x.dim(1), feature);
    }
    return value;
  }
}
