package dev.lanewise.bench;

import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;

/** One process of {@link StartUp}: a model is made or loaded, and predicts on one thread. */
final class StartUpChild {
  private StartUpChild() {}

  /**
   * Prints the line of {@link FirstCalls}.
   *
   * @param args a name of {@link LayerShape} or the folder of a Keras model; {@code warm} to warm
   *     up
   */
  static void main(String[] args) {
    long start = System.nanoTime();
    Path folder = Path.of(args[0]);
    boolean keras = folder.toFile().isDirectory();
    Sequential model = keras ? load(folder) : make(LayerShape.named(args[0]));
    Tensor x = keras ? Npy.read(folder.resolve("x.npy")) : input(LayerShape.named(args[0]));
    Predictor predictor = model.predictor(PredictorOptions.builder().threads(1).build());
    if (args.length > 1) {
      predictor.warmUp();
    }
    Tensor y = Tensor.zeros(predictor.outputShape(x.shape()).toArray());
    FirstCalls.report(start, () -> predictor.predict(x, y));
  }

  private static Sequential load(Path folder) {
    return KerasFile.load(folder.resolve("weights.h5"), folder.resolve("config.json"));
  }

  private static Sequential make(LayerShape s) {
    Lstm layer = Lstm.builder(s.units()).returnSequences(true).build();
    return Sequential.of(layer).build(s.features(), 1);
  }

  private static Tensor input(LayerShape s) {
    return Inputs.tensor(2, s.batch(), s.timesteps(), s.features());
  }
}
