package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;

/** Builds the exceptions of {@link Sequences}, {@link Windows} and what else prepares data. */
final class DataErrors {
  private DataErrors() {}

  static IllegalArgumentException sequences(String operation, Shape got) {
    String axes = operation.equals("rows") ? "(timesteps, features)" : "(timesteps, series)";
    String hint =
        switch (got.rank()) {
          case 1 ->
              String.format(
                  Locale.ROOT, "; one series of one feature: x.reshape(1, %d, 1)", got.dim(0));
          case 3 -> "; that is (batch, timesteps, features) already";
          default -> "";
        };
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Sequences.%s: needs %s, got the %d-D %s%s",
            operation,
            axes,
            got.rank(),
            got,
            hint));
  }

  static IllegalArgumentException series(String operation, Shape got) {
    String hint =
        got.rank() == 1
            ? String.format(Locale.ROOT, "; for one feature: x.reshape(%d, 1)", got.dim(0))
            : "";
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: needs a series (time, features), got the %d-D %s%s",
            operation,
            got.rank(),
            got,
            hint));
  }

  static IllegalArgumentException window(String name, int value) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "Windows: %s is %d, needs 1 or more", name, value));
  }

  static IllegalArgumentException targets(int[] columns, long features) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Windows.of: targets %s, needs one column or more, each from 0 to %d",
            Arrays.toString(columns),
            features - 1));
  }

  static IllegalArgumentException tooFewRows(long rows, long length, long horizon) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Windows.of: needs %d rows (a window of %d and a horizon of %d), got %d; lower the %s",
            length + horizon,
            length,
            horizon,
            rows,
            rows > horizon ? "window" : "horizon"));
  }

  static IllegalArgumentException fractions(double validation, double test) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "TimeSplit.of: validation is %s and test is %s, each needs 0 or more, together below 1",
            validation,
            test));
  }

  static IllegalArgumentException emptyPart(String part, long rows) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "TimeSplit.of: %d rows leave none for %s; bring more rows", rows, part));
  }

  static IllegalArgumentException splitRows(long expected, Shape got) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "TimeSplit: split %d rows, got the series %s", expected, got));
  }

  static IllegalArgumentException noRows(Shape got) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "Standardization.fit: needs one row or more, got %s", got));
  }

  static IllegalArgumentException notFinite(float value, long row, long feature) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Standardization.fit: needs finite numbers, got %s at (%d, %d); axes (time, features)",
            value,
            row,
            feature));
  }

  static IllegalArgumentException beyondFloat(long feature) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Standardization.fit: feature %d is too large to scale in float32; change its unit",
            feature));
  }

  static IllegalArgumentException lastAxis(String operation, int features, Shape got) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Standardization.%s: was fitted on features=%d, got %s; features are the last axis",
            operation,
            features,
            got));
  }

  static IndexOutOfBoundsException feature(int column, int features) {
    return new IndexOutOfBoundsException(
        String.format(
            Locale.ROOT,
            "Standardization.select: feature %d, needs one from 0 to %d",
            column,
            features - 1));
  }
}
