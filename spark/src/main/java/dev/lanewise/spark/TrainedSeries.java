package dev.lanewise.spark;

import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Backtest.By;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What came of the training of a series, as a row. Immutable. */
final class TrainedSeries {
  static final String SERIES = "series";
  static final String MODEL = "model";
  static final String ERROR = "error";

  /** The columns of a row. */
  static final StructType SCHEMA =
      new StructType()
          .add(SERIES, DataTypes.StringType)
          .add(MODEL, DataTypes.BinaryType)
          .add("rows", DataTypes.LongType)
          .add("seed", DataTypes.LongType)
          .add("test_mae", DataTypes.DoubleType)
          .add("naive_mae", DataTypes.DoubleType)
          .add("mase", DataTypes.DoubleType)
          .add(ERROR, DataTypes.StringType);

  private final Row row;

  private TrainedSeries(@Nullable Object... values) {
    this.row = RowFactory.create(values);
  }

  /** One that has a model. */
  static TrainedSeries of(
      String series, long rows, long seed, byte[] model, Optional<Backtest> test) {
    return new TrainedSeries(
        series,
        model,
        rows,
        seed,
        test.map(t -> number(t.meanAbsoluteError(By.MODEL))).orElse(null),
        test.map(t -> number(t.meanAbsoluteError(By.NAIVE))).orElse(null),
        test.map(t -> number(t.meanAbsoluteScaledError(By.MODEL))).orElse(null),
        null);
  }

  /** One that could not be trained. */
  static TrainedSeries failed(
      @Nullable String series, long rows, @Nullable Long seed, String error) {
    return new TrainedSeries(series, null, rows, seed, null, null, null, error);
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  Row row() {
    return row;
  }
}
