package dev.lanewise.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link ModelWriter} saved. */
final class ModelStepReader extends MLReader<LanewiseModel> {
  @Override
  public LanewiseModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sparkSession(), LanewiseModel.class.getName());
    LanewiseModel step = new LanewiseModel(metadata.uid()).with(bytes(path));
    metadata.getAndSetParams(step, Option.empty());
    return step;
  }

  private byte[] bytes(String path) {
    Path file = new Path(path, ModelWriter.FILE);
    try (FSDataInputStream in =
        file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw SparkErrors.notSaved(path, "no file " + ModelWriter.FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
