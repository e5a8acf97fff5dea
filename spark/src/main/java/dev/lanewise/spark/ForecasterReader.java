package dev.lanewise.spark;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;

/** Reads what {@link ForecasterWriter} saved. */
final class ForecasterReader extends MLReader<LanewiseForecasterModel> {
  @Override
  public LanewiseForecasterModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(
            path, sparkSession(), LanewiseForecasterModel.class.getName());
    Dataset<Row> series =
        sparkSession().read().schema(TrainedSeries.SCHEMA).parquet(path + ForecasterWriter.FOLDER);
    LanewiseForecasterModel step = new LanewiseForecasterModel(metadata.uid(), series);
    metadata.getAndSetParams(step, Option.empty());
    return step;
  }
}
