package example.sine;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.kernels.Kernels;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;

/** Learns to go on with a sine, keeps the model in a file, and forecasts with what it reads. */
public final class Sine {
  private static final int POINTS = 200;
  private static final double STEP = 0.1;

  private Sine() {}

  private static Tensor series() {
    Tensor series = Tensor.zeros(POINTS, 1); // (time, features)
    for (int i = 0; i < POINTS; i++) {
      series.set((float) StrictMath.sin(STEP * i), i, 0); // the same bits on every machine
    }
    return series;
  }

  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: Sine MODEL.safetensors");
      System.exit(2);
    }
    Path file = Path.of(args[0]);
    Tensor series = series();
    Windows.Samples samples = Windows.length(20).of(series); // x (180, 20, 1), y (180, 1)
    Sequential model = Sequential.of(Lstm.of(16), Dense.of(1)).build(1, 42);
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    model.fit(samples.x(), samples.y(), FitOptions.builder().epochs(30).seed(42).build());
    ModelFile.save(model, file);

    Tensor last = Sequences.rows(series.slice(0, POINTS - 20, POINTS)); // (1, 20, 1)
    float next = ModelFile.load(file).predict(last).get(0, 0);
    System.out.println(Kernels.implementation());
    System.out.println(next + " after the end, where the sine is " + Math.sin(STEP * POINTS));
  }
}
