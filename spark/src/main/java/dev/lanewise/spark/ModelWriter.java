package dev.lanewise.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves a {@link LanewiseModel}: its settings as Spark does, and a model file beside them. */
final class ModelWriter extends MLWriter {
  /** What the model file is called, which any tool that reads safetensors opens. */
  static final String FILE = "model.safetensors";

  private final LanewiseModel step;
  private final byte[] model;

  ModelWriter(LanewiseModel step, byte[] model) {
    this.step = step;
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(step, path, sparkSession());
    Path file = new Path(path, FILE);
    try (FSDataOutputStream out =
        file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).create(file)) {
      out.write(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
