package dev.lanewise.formats;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.EarlyStopping;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Monitor;
import dev.lanewise.lstm.ReduceOnPlateau;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A fit in a process of its own, which goes on from its last checkpoint. */
final class CheckpointedFit {
  private CheckpointedFit() {}

  /** Takes a folder: {@code checkpoint} is kept there, and {@code end} when it is over. */
  public static void main(String[] args) {
    run(Path.of(args[0]));
  }

  static void run(Path folder) {
    Path file = folder.resolve("checkpoint");
    Optional<ModelFile> last = Checkpoints.last(file);
    Model model =
        last.map(ModelFile::model)
            .orElseGet(() -> Sequential.of(Lstm.of(9), Dropout.of(0.2), Dense.of(1)).build(3, 7));
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    FitOptions.Builder options =
        FitOptions.builder()
            .epochs(60)
            .batchSize(8)
            .seed(4)
            .validationSplit(0.25)
            .callback(EarlyStopping.of(50))
            .callback(ReduceOnPlateau.builder().patience(3).monitor(Monitor.loss()).build())
            .callback(Checkpoints.of(file));
    last.flatMap(ModelFile::trainingState).ifPresent(options::resume);
    ((Sequential) model).fit(random(1, 96, 20, 3), random(2, 96, 1), options.build());
    ModelFile.save(model, folder.resolve("end"));
  }

  static Tensor random(long seed, long... dims) {
    Tensor tensor = Tensor.zeros(dims);
    Random random = new Random(seed);
    float[] values = new float[(int) tensor.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(values, dims);
  }
}
