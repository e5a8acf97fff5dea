package dev.lanewise.cli;

import dev.lanewise.formats.ModelReader;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;

/** Reads a model and predicts once: what a new JVM has to load for its first answer. */
final class FirstPrediction {
  private FirstPrediction() {}

  public static void main(String[] args) {
    Model model = ModelReader.read(Path.of(args[0])).model();
    Tensor y = Tensor.zeros(1, 1);
    model
        .predictor(PredictorOptions.builder().threads(1).build())
        .predict(Tensor.zeros(1, 30, 5), y);
    System.out.println(y.shape());
  }
}
