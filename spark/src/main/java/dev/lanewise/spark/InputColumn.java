package dev.lanewise.spark;

import dev.lanewise.lstm.Value;
import java.io.Serializable;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * A column that an input of the model reads. Immutable.
 *
 * @param input the input's name
 * @param column the column's name
 * @param index of the column in a row
 * @param kind what the input takes
 * @param width numbers a step
 * @param timesteps that the input takes; 0 for any number
 * @param nested whether each step is an array of its own
 */
record InputColumn(
    String input, String column, int index, Kind kind, int width, int timesteps, boolean nested)
    implements Serializable {

  /** What an input takes. */
  enum Kind {
    /** (batch, timesteps, features). */
    SEQUENCES,
    /** (batch, timesteps), whole numbers. */
    IDS,
    /** (batch, features). */
    ROWS
  }

  /** The numbers of a cell, and how many steps they are: 1 of rows. */
  static final class Sequence {
    private final float[] values; // (steps, width)
    private final int steps;

    Sequence(float[] values, int steps) {
      this.values = values;
      this.steps = steps;
    }

    int steps() {
      return steps;
    }

    /** The numbers of one step. */
    void copyStep(int index, float[] step) {
      System.arraycopy(values, index * step.length, step, 0, step.length);
    }

    void copyTo(float[] batch, int at, int count) {
      System.arraycopy(values, 0, batch, at, count);
    }
  }

  /**
   * The column of an input, held against the table.
   *
   * @param stepWidth numbers a step of a flat column, as the user has it; 0 where not given
   * @throws IllegalArgumentException when there is no such column, or it holds something else
   */
  static InputColumn of(StructType schema, Value input, String column, int stepWidth) {
    StructField field = ColumnTypes.require(schema, column, "setFeaturesCol");
    Kind kind = input.isIds() ? Kind.IDS : input.hasTime() ? Kind.SEQUENCES : Kind.ROWS;
    int width = input.features();
    if (stepWidth != 0 && stepWidth != width) {
      throw SparkErrors.featureCount(stepWidth, width);
    }
    DataType type = field.dataType();
    DataType element = type instanceof ArrayType array ? array.elementType() : null;
    boolean nested =
        kind == Kind.SEQUENCES
            && element instanceof ArrayType step
            && step.elementType() instanceof NumericType;
    boolean flat = element instanceof NumericType || type.equals(SQLDataTypes.VectorType());
    if (!nested && !flat) {
      throw SparkErrors.inputType(column, type, kind, width);
    }
    return new InputColumn(
        input.name(), column, schema.fieldIndex(column), kind, width, input.timesteps(), nested);
  }

  /**
   * The numbers of a row.
   *
   * @param length how many steps to take; -1 for all
   * @throws InvalidRow when the model cannot take them
   */
  Sequence read(Row row, int length) throws InvalidRow {
    Object cell = row.get(index);
    if (cell == null) {
      throw InvalidRow.of(column, "expected " + expected() + ", got null");
    }
    if (kind == Kind.ROWS) {
      return rows(cell);
    }
    int steps = nested ? CellNumbers.size(cell) : steps(cell);
    if (length > steps) {
      throw InvalidRow.of(column, "expected " + length + " steps or more, got " + steps);
    }
    int taken = length < 0 ? steps : length;
    if (taken == 0) {
      throw InvalidRow.of(column, "expected a step or more, got an empty sequence");
    }
    if (timesteps > 0 && taken != timesteps) {
      throw InvalidRow.of(column, "expected " + timesteps + " steps, got " + taken);
    }
    Sequence read = nested ? nested((Seq<?>) cell, taken) : flat(cell, taken);
    if (kind == Kind.IDS) {
      checkIds(read.values);
    }
    return read;
  }

  private Sequence rows(Object cell) throws InvalidRow {
    int size = CellNumbers.size(cell);
    if (size != width) {
      throw InvalidRow.of(column, "expected " + expected() + ", got " + size);
    }
    float[] values = new float[width];
    CellNumbers.copy(column, "", cell, width, values, 0);
    return new Sequence(values, 1);
  }

  private int steps(Object cell) throws InvalidRow {
    int size = CellNumbers.size(cell);
    if (size % width != 0) {
      throw InvalidRow.of(
          column, "expected " + width + " numbers a step, got " + size + ", no multiple of it");
    }
    return size / width;
  }

  private Sequence flat(Object cell, int taken) throws InvalidRow {
    float[] values = new float[taken * width];
    CellNumbers.copy(column, "", cell, values.length, values, 0);
    return new Sequence(values, taken);
  }

  private Sequence nested(Seq<?> cell, int taken) throws InvalidRow {
    float[] values = new float[Math.multiplyExact(taken, width)];
    for (int step = 0; step < taken; step++) {
      Object numbers = cell.apply(step);
      if (numbers == null || CellNumbers.size(numbers) != width) {
        String got = numbers == null ? "null" : String.valueOf(CellNumbers.size(numbers));
        throw InvalidRow.of(
            column, "expected " + width + " numbers a step, got " + got + " in step " + step);
      }
      CellNumbers.copy(column, "step " + step + ", ", numbers, width, values, step * width);
    }
    return new Sequence(values, taken);
  }

  private void checkIds(float[] ids) throws InvalidRow {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] != Math.rint(ids[i])) {
        throw InvalidRow.of(
            column, "expected ids, whole numbers from 0 on, got " + ids[i] + " as number " + i);
      }
    }
  }

  private String expected() {
    return switch (kind) {
      case ROWS -> width + " numbers";
      case IDS -> "ids";
      case SEQUENCES -> "steps of " + width + " numbers";
    };
  }

  /** What a batch of it is: its axes for so many rows of so many steps. */
  long[] shape(int batch, int steps) {
    return switch (kind) {
      case ROWS -> new long[] {batch, width};
      case IDS -> new long[] {batch, steps};
      case SEQUENCES -> new long[] {batch, steps, width};
    };
  }

  /** Numbers of a row of so many steps. */
  int size(int steps) {
    return kind == Kind.ROWS ? width : Math.multiplyExact(steps, width);
  }

  /** Whether rows of it differ in their lengths. */
  boolean hasTime() {
    return kind != Kind.ROWS;
  }

  /** The column of lengths, where there is one. */
  static int length(Row row, int index, @Nullable String column) throws InvalidRow {
    if (column == null) {
      return -1;
    }
    Object length = row.get(index);
    long steps = length == null ? -1 : ((Number) length).longValue();
    if (steps < 0 || steps > Integer.MAX_VALUE) {
      throw InvalidRow.of(column, "expected how many steps a sequence has, got " + length);
    }
    return (int) steps;
  }
}
