package dev.lanewise.spark;

import java.util.Arrays;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Holds the columns that are named against those that there are. */
final class ColumnTypes {
  private ColumnTypes() {}

  static boolean has(StructType schema, String column) {
    return Arrays.asList(schema.fieldNames()).contains(column);
  }

  /**
   * A column that must be there.
   *
   * @param setter of its name, for the error
   */
  static StructField require(StructType schema, String column, String setter) {
    if (!has(schema, column)) {
      throw SparkErrors.noColumn(column, schema.fieldNames(), setter);
    }
    return schema.apply(column);
  }

  /** A name that must be free. */
  static void requireFree(StructType schema, String column, String setter) {
    if (has(schema, column)) {
      throw SparkErrors.columnTaken(column, setter);
    }
  }
}
