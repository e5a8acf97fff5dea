package dev.lanewise.examples;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Padded;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * Shows training on sequences of 15, 20 and 10 steps.
 *
 * <p>A common tutorial pads as int32, which makes every number below 1 a zero, adds a fourth axis
 * in front, and gives one label for three sequences.
 */
final class TrainOnPaddedSequences {
  private TrainOnPaddedSequences() {}

  /** Runs the program. */
  static void main() {
    // guide: train-padded
    List<Tensor> sequences =
        List.of(Data.uniform(1, 15, 1), Data.uniform(2, 20, 1), Data.uniform(3, 10, 1));
    Padded padded = Sequences.pad(sequences); // x (3, 20, 1), still float32
    Tensor y = Tensor.of(new float[] {0.25f, 0.5f, 0.75f}, 3, 1); // a label a sequence

    Sequential model = Sequential.of(Lstm.of(64), Dense.of(1)).build(1, 42);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    FitOptions options = FitOptions.builder().epochs(10).seed(42).build();
    History history = model.fit(padded.x(), padded.mask(), y, options);
    // guide: end
    Show.shape("padded", padded.x());
    Show.line("mask", padded.mask());
    Show.values("the third, from step 5", padded.x().select(0, 2).slice(0, 5, 15));
    Show.loss(history);
    Show.values("prediction", model.predict(padded.x(), padded.mask()));

    Tensor oneLabel = Tensor.of(new float[] {0.5f}, 1, 1);
    Show.refused("fit with one label", () -> model.fit(padded.x(), oneLabel, options));
    Show.refused("fit on (1, 3, 20, 1)", () -> model.fit(padded.x().expandDims(0), y, options));
  }
}
