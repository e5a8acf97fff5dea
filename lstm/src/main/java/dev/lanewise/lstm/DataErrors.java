package dev.lanewise.lstm;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Builds the exceptions of {@link Sequences}, {@link Windows} and what else prepares data. */
final class DataErrors {
  private DataErrors() {}

  static IllegalArgumentException sequences(String operation, Shape got) {
    String axes =
        switch (operation) {
          case "rows" -> "(timesteps, features)";
          case "columns" -> "(timesteps, series)";
          default -> "(features, timesteps)";
        };
    String hint =
        switch (got.rank()) {
          case 1 ->
              text(
                  "; one series of one feature: x.reshape(1, %d, 1); several such of unequal length:"
                      + " Sequences.pad(list)",
                  got.dim(0));
          case 3 -> "; that is (batch, timesteps, features) already";
          default -> "";
        };
    return bad("Sequences.%s: needs %s, got the %d-D %s%s", operation, axes, got.rank(), got, hint);
  }

  static IllegalArgumentException noSequences() {
    return bad("Sequences.pad: no sequences; give one at least");
  }

  static IllegalArgumentException nullSequence(int index) {
    return bad("Sequences.pad: sequence %d is null", index);
  }

  static IllegalArgumentException sequenceRank(int index, Shape got) {
    String hint = "";
    if (got.rank() == 3) {
      hint =
          got.dim(0) == 1
              ? "; squeeze(0) makes it one"
              : "; a batch is equally long already, its sequences are select(0, 0) and so on";
    }
    return bad(
        "Sequences.pad: sequence %d needs to be (timesteps, features) or (timesteps), got the %d-D"
            + " %s%s",
        index, got.rank(), got, hint);
  }

  static IllegalArgumentException sequenceRanks(Shape first, int index, Shape got) {
    return bad(
        "Sequences.pad: sequence 0 is the %d-D %s but sequence %d is the %d-D %s;"
            + " expandDims(1) makes (timesteps) to (timesteps, 1)",
        first.rank(), first, index, got.rank(), got);
  }

  static IllegalArgumentException sequenceTypes(ElementType first, int index, ElementType type) {
    return bad(
        "Sequences.pad: sequence 0 is %s but sequence %d is %s; %s makes it so",
        first, index, type, first == ElementType.INT32 ? "toInt()" : "toFloat()");
  }

  static IllegalArgumentException padValue(float value) {
    return bad("Sequences.pad: value %s cannot pad int32 sequences; give a whole number", value);
  }

  static IllegalArgumentException labelRank(Shape got) {
    return bad(
        "Labels.oneHot: needs (samples) or (samples, timesteps), got the %d-D %s%s",
        got.rank(),
        got,
        got.rank() == 3 && got.dim(2) == 1 ? "; labels.squeeze(2) drops the last axis" : "");
  }

  static IllegalArgumentException label(double value, int index, int classes) {
    String text = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    return bad(
        "Labels.oneHot: label %s (the %d-th, counted from 0) is none of the classes 0 to %d",
        text, index, classes - 1);
  }

  static IllegalArgumentException noClasses(Shape got) {
    return bad("Labels.largest: needs (.., classes) with 1 class or more, got %s", got);
  }

  static IllegalArgumentException sequenceFeatures(Shape first, int index, Shape got) {
    String hint = "";
    if (got.dim(0) == first.dim(1)) {
      hint = text("; if sequence %d is (features, timesteps), transpose() it", index);
    } else if (got.dim(0) == first.dim(0)) {
      hint = "; if all are (features, timesteps), transpose() each";
    }
    return bad(
        "Sequences.pad: sequence 0 is %s but sequence %d is %s: features, axis 1, are %d and %d%s",
        first, index, got, first.dim(1), got.dim(1), hint);
  }

  static IllegalArgumentException lastStep(Shape got) {
    if (got.rank() == 3) {
      return bad("Sequences.lastStep: %s has no timesteps", got);
    }
    return bad(
        "Sequences.lastStep: needs (batch, timesteps, units), got the %d-D %s%s",
        got.rank(),
        got,
        got.rank() == 2 ? "; an LSTM gives all its steps with returnSequences(true)" : "");
  }

  static IllegalArgumentException lengthCount(Shape y, int count) {
    return bad(
        "Sequences.lastStep: %s has %d samples, got %d lengths; needs one a sample",
        y, y.dim(0), count);
  }

  static IllegalArgumentException sampleLength(Shape y, int sample, int length) {
    return bad(
        "Sequences.lastStep: sample %d of %s has length %d, needs 1 to %d",
        sample, y, length, y.dim(1));
  }

  static IllegalArgumentException series(String operation, Shape got) {
    String hint = got.rank() == 1 ? text("; for one feature: x.reshape(%d, 1)", got.dim(0)) : "";
    return bad(
        "%s: needs a series (time, features), got the %d-D %s%s", operation, got.rank(), got, hint);
  }

  static IllegalArgumentException window(String name, int value) {
    return bad("Windows: %s is %d, needs 1 or more", name, value);
  }

  static IllegalArgumentException targets(int[] columns, long features) {
    return bad(
        "Windows.of: targets %s, needs one column or more, each from 0 to %d",
        Arrays.toString(columns), features - 1);
  }

  static IllegalArgumentException tooFewRows(long rows, long length, long horizon, long steps) {
    String ahead =
        steps == 1
            ? text("and a horizon of %d", horizon)
            : text("and %d steps from a horizon of %d", steps, horizon);
    long targets = horizon + steps - 1;
    return bad(
        "Windows.of: needs %d rows (a window of %d %s), got %d; lower the %s",
        length + targets,
        length,
        ahead,
        rows,
        rows > targets ? "window" : rows > horizon ? "steps" : "horizon");
  }

  static IllegalArgumentException tooFewRows(long rows, long length) {
    return bad("Windows.inputs: needs %d rows (a window), got %d; lower the window", length, rows);
  }

  static IllegalArgumentException fractions(double validation, double test) {
    return bad(
        "TimeSplit.of: validation is %s and test is %s, each needs 0 or more, together below 1",
        validation, test);
  }

  static IllegalArgumentException emptyPart(String part, long rows) {
    return bad("TimeSplit.of: %d rows leave none for %s; bring more rows", rows, part);
  }

  static IllegalArgumentException splitRows(long expected, Shape got) {
    return bad("TimeSplit: split %d rows, got the series %s", expected, got);
  }

  // Scaling; the owner is the class that was called.

  static IllegalArgumentException fitAxes(String owner, Shape got) {
    return bad(
        "%s.fit: needs (time, features) or (samples, timesteps, features), got the %d-D %s%s",
        owner,
        got.rank(),
        got,
        got.rank() == 1 ? text("; for one feature: x.reshape(%d, 1)", got.dim(0)) : "");
  }

  static IllegalArgumentException noRows(String owner, Shape got) {
    return bad("%s.fit: needs one row or more, got %s", owner, got);
  }

  static IllegalArgumentException notFinite(String owner, float value, long... index) {
    return bad(
        "%s.fit: needs finite numbers, got %s at (%s); axes (%s, features)",
        owner,
        value,
        Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(", ")),
        index.length == 2 ? "time" : "samples, timesteps");
  }

  static IllegalArgumentException beyondFloat(String owner, long feature) {
    return bad(
        "%s.fit: feature %d is too large to scale in float32; change its unit", owner, feature);
  }

  static IllegalArgumentException range(float low, float high) {
    return bad(
        "MinMaxScaling.fit: low is %s and high is %s, needs finite numbers, low below high",
        low, high);
  }

  static IllegalArgumentException lastAxis(
      String owner, String operation, int features, Shape got) {
    return bad(
        "%s.%s: was fitted on features=%d, got %s; features are the last axis",
        owner, operation, features, got);
  }

  static IndexOutOfBoundsException feature(String owner, int column, int features) {
    return new IndexOutOfBoundsException(
        text("%s.select: feature %d, needs one from 0 to %d", owner, column, features - 1));
  }

  private static IllegalArgumentException bad(String message, Object... values) {
    return new IllegalArgumentException(text(message, values));
  }

  /** In digits that do not change with the user's locale. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  private static String text(String message, Object... values) {
    return String.format(Locale.ROOT, message, values);
  }
}
