package dev.lanewise.bench;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The heap bytes that a forward, a step and an update of training allocate: none. */
final class Allocation {
  private static final int SMALLEST_OBJECT = 16;

  private Allocation() {}

  /** Prints them; returns those that allocate and should not. */
  static List<String> check() {
    List<String> lost = new ArrayList<>();
    for (String name : new String[] {"seed-torch", "step-h64", "seq1-h128-gru", "step-h256-gru"}) {
      double call = Timing.allocated(Roofline.forward(LayerShape.named(name)));
      System.out.printf("%-24s %10.1f bytes a call%n", name, call);
      if (call > 0) {
        lost.add(String.format("%s: allocates %.1f bytes a call, expected 0", name, call));
      }
    }
    double bytes =
        (ofAnEpoch(2 * TrainingBenchmark.BATCHES) - ofAnEpoch(TrainingBenchmark.BATCHES))
            / TrainingBenchmark.BATCHES;
    System.out.printf("%-24s %10.1f bytes an update%n", "train-sine", bytes);
    if (bytes >= SMALLEST_OBJECT) { // a difference of measurements: less is noise
      lost.add(String.format("train-sine: allocates %.1f bytes an update, expected 0", bytes));
    }
    return lost;
  }

  /** What a fit of two epochs allocates more than one of one. */
  private static double ofAnEpoch(int batches) {
    TrainShape s = TrainShape.named("train-sine");
    Sequential model = Sequential.of(Lstm.of(s.units()), Dense.of(1)).build(s.features(), 1);
    model.compile(Adam.of(1e-3), Loss.MEAN_SQUARED_ERROR);
    int samples = batches * s.batch();
    Tensor x = Inputs.tensor(2, samples, s.timesteps(), s.features());
    Tensor y = Inputs.tensor(3, samples, 1);
    double[] bytes = new double[2];
    for (int epochs = 1; epochs <= 2; epochs++) {
      FitOptions options =
          FitOptions.builder().batchSize(s.batch()).epochs(epochs).threads(1).seed(4).build();
      bytes[epochs - 1] = Timing.allocated(() -> model.fit(x, y, options));
    }
    return bytes[1] - bytes[0];
  }
}
