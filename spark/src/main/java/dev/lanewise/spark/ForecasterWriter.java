package dev.lanewise.spark;

import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Saves a {@link LanewiseForecasterModel}: its settings as Spark does, and Parquet beside them. */
final class ForecasterWriter extends MLWriter {
  /** The folder of the rows of all series. */
  static final String FOLDER = "/series";

  private final LanewiseForecasterModel step;
  private final Dataset<Row> series;

  ForecasterWriter(LanewiseForecasterModel step, Dataset<Row> series) {
    this.step = step;
    this.series = series;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(step, path, sparkSession());
    series.write().parquet(path + FOLDER);
  }
}
