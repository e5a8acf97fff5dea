package dev.lanewise.spark;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that a model writes. */
final class OutputColumns {
  private OutputColumns() {}

  /**
   * Those of a table, then one for each output.
   *
   * @throws IllegalArgumentException when there are more names than outputs or fewer, or one is
   *     taken
   */
  static StructType behind(StructType schema, LanewiseModel step) {
    DriverModel model = step.known();
    List<String> outputs = List.copyOf(model.outputs().keySet());
    List<String> columns = names(step, outputs);
    if (columns.size() != outputs.size()) {
      throw SparkErrors.outputCount(columns.size(), outputs);
    }
    ArrayType numbers = DataTypes.createArrayType(DataTypes.FloatType, false);
    StructType after = schema;
    int output = 0;
    for (boolean timed : model.outputs().values()) {
      String column = columns.get(output++);
      ColumnTypes.requireFree(after, column, "setOutputCol");
      after = after.add(column, timed ? DataTypes.createArrayType(numbers, false) : numbers, true);
    }
    return after;
  }

  /** Those given; else for several outputs their names behind the one given. */
  private static List<String> names(LanewiseModel step, List<String> outputs) {
    if (step.isSet(step.outputCols())) {
      return List.of(step.getOutputCols());
    }
    return outputs.size() == 1
        ? List.of(step.getOutputCol())
        : outputs.stream().map(name -> step.getOutputCol() + "_" + name).toList();
  }
}
