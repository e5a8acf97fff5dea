package dev.lanewise.formats.audio;

import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.json.Json;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Arrays of numbers in JSON, nested as their axes are. */
final class AudioArrays {
  private static final int MOST_AXES = 3;

  private final Path file;
  private final String where;
  private final long[] dims;
  private float[] values = {};
  private int filled;

  private AudioArrays(Path file, String where, long[] dims) {
    this.file = file;
    this.where = where;
    this.dims = dims;
  }

  /**
   * Reads an array to a tensor, which is made only once every number was seen.
   *
   * @param json what {@link Json} made
   * @param where names the array in errors
   * @return float32, of the shape that the nesting says
   */
  static Tensor tensor(Object json, Path file, String where) {
    long[] dims = new long[MOST_AXES + 1];
    int axes = 0;
    Object first = json;
    while (first instanceof List<?> items && axes < dims.length) {
      dims[axes++] = items.size();
      first = items.isEmpty() ? "an empty array" : items.getFirst();
    }
    if (axes == 0 || axes > MOST_AXES || !(first instanceof Json.Digits)) {
      throw AudioErrors.numbers(file, where, kind(json, axes, first));
    }
    AudioArrays array = new AudioArrays(file, where, Arrays.copyOf(dims, axes));
    array.require(json, 0);
    array.values = new float[(int) Shape.of(array.dims).size()];
    array.fill(json);
    return Tensor.of(array.values, array.dims);
  }

  private static String kind(Object json, int axes, Object first) {
    if (axes == 0) {
      return json instanceof Json.Digits ? "a number alone" : "no array";
    }
    return axes > MOST_AXES
        ? "more axes"
        : first.equals("an empty array") ? "an empty array" : "something else in them";
  }

  private void require(Object json, int axis) {
    if (axis == dims.length) {
      if (!(json instanceof Json.Digits)) {
        throw AudioErrors.uneven(file, where, Shape.of(dims));
      }
      return;
    }
    if (!(json instanceof List<?> items) || items.size() != dims[axis]) {
      throw AudioErrors.uneven(file, where, Shape.of(dims));
    }
    for (Object item : items) {
      require(item, axis + 1);
    }
  }

  private void fill(Object json) {
    switch (json) {
      case Json.Digits number -> {
        values[filled] = number(number.digits());
        filled++;
      }
      case List<?> items -> items.forEach(this::fill);
      default -> throw new AssertionError(json);
    }
  }

  /** To the nearest float; Python writes NaN and Infinity. */
  private float number(String digits) {
    boolean infinite = digits.contains("INF") || digits.contains("Inf");
    if (infinite) {
      return digits.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    }
    float value = Float.parseFloat(digits);
    if (Float.isInfinite(value)) {
      throw FileErrors.beyondFloat(file, where, filled, digits);
    }
    return value;
  }
}
