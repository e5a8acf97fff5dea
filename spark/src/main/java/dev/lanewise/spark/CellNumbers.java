package dev.lanewise.spark;

import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** The numbers of a cell that holds an array of any numeric type, or a vector of MLlib. */
final class CellNumbers {
  private CellNumbers() {}

  static int size(Object cell) {
    return cell instanceof Vector vector ? vector.size() : ((Seq<?>) cell).length();
  }

  /**
   * Copies the first numbers, rounded to float32.
   *
   * @param place what stands before a number's own in errors
   * @throws InvalidRow when one is missing or not finite
   */
  static void copy(String column, String place, Object cell, int count, float[] to, int at)
      throws InvalidRow {
    if (cell instanceof Vector vector) {
      double[] values = vector.toArray();
      for (int i = 0; i < count; i++) {
        to[at + i] = finite(column, place, i, values[i]);
      }
    } else {
      Seq<?> values = (Seq<?>) cell;
      for (int i = 0; i < count; i++) {
        to[at + i] = finite(column, place, i, values.apply(i));
      }
    }
  }

  private static float finite(String column, String place, int index, @Nullable Object value)
      throws InvalidRow {
    if (value == null) {
      throw InvalidRow.of(column, "expected numbers, got null as " + place(place, index));
    }
    float number = ((Number) value).floatValue();
    if (!Float.isFinite(number)) {
      throw InvalidRow.of(
          column, "expected finite float32 numbers, got " + value + " as " + place(place, index));
    }
    return number;
  }

  private static String place(String place, int index) {
    return place + "number " + index;
  }
}
