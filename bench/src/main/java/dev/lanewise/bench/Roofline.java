package dev.lanewise.bench;

import dev.lanewise.kernels.Kernels;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A quick table: each product, forward and training step as a share of the arithmetic peak measured
 * in the same run, one thread.
 *
 * <p>The peak is measured again before each row, because the clock drifts. JMH's figures are the
 * ones to publish; this is the one to look at while working.
 */
public final class Roofline {

  /** Kept so that nothing measured is dead code. */
  private static volatile float sink;

  private Roofline() {}

  /**
   * Prints the table.
   *
   * @param args names of rows to print, parts of names too; none for all
   */
  public static void main(String[] args) {
    System.out.printf("kernels: %s%n", Kernels.implementation());
    System.out.printf("%-22s %12s %10s %10s %7s%n", "", "us", "GFLOP/s", "peak", "share");
    int[][] products = {
      {64, 1024, 256}, {512, 512, 512}, {1600, 1024, 128}, {128, 512, 128}, {32, 256, 64}
    };
    for (int[] s : products) {
      String name = "sgemm " + s[0] + "x" + s[1] + "x" + s[2];
      if (wanted(name, args)) {
        row(name, 2.0 * s[0] * s[1] * s[2], product(s[0], s[1], s[2]));
      }
    }
    for (LayerShape shape : LayerShape.all()) {
      if (wanted(shape.name(), args)) {
        row(shape.name(), shape.flops(), forward(shape));
      }
      if (shape.hasNarrow()) {
        narrow(shape, "bf16", WeightFormat.BFLOAT16, args);
        narrow(shape, "int8", WeightFormat.INT8, args);
      }
    }
    for (TrainShape shape : TrainShape.all()) {
      if (wanted(shape.name(), args)) {
        row(
            shape.name(),
            shape.flops() * TrainingBenchmark.BATCHES,
            TrainingBenchmark.BATCHES,
            training(shape));
      }
    }
    System.out.printf("%n%-22s %12s %12s%n", "off-heap, KB", "weights", "workspace");
    for (LayerShape shape : LayerShape.all()) {
      if (wanted(shape.name(), args)) {
        memory(shape);
      }
    }
  }

  /** What the packed weights take, and what a call on one thread works in beside them. */
  private static void memory(LayerShape s) {
    Predictor predictor = predictor(s, WeightFormat.FLOAT32);
    System.out.printf(
        "%-22s %12.1f %12.1f%n",
        s.name(),
        predictor.weightBytes() / 1024.0,
        predictor.workspaceBytes(s.batch(), s.timesteps()) / 1024.0);
  }

  private static void narrow(LayerShape shape, String suffix, WeightFormat format, String[] args) {
    String name = shape.name() + " " + suffix;
    if (wanted(name, args)) {
      row(name, shape.flops(), forward(shape, format));
    }
  }

  private static boolean wanted(String name, String[] args) {
    return args.length == 0 || Arrays.stream(args).anyMatch(name::contains);
  }

  static Runnable product(int m, int n, int k) {
    MemorySegment a = Inputs.floats((long) m * k, 1, 1);
    MemorySegment c = Inputs.floats((long) m * n, 1, 3);
    PackedMatrix b =
        PackedMatrix.of(Arena.ofAuto(), k, n).pack(Inputs.floats((long) k * n, 1, 2), 0, n);
    return () -> Sgemm.multiply(m, a, 0, k, b, c, 0, n);
  }

  static Runnable forward(LayerShape s) {
    return forward(s, WeightFormat.FLOAT32);
  }

  private static Runnable forward(LayerShape s, WeightFormat weights) {
    Predictor predictor = predictor(s, weights);
    if (s.isStep()) {
      Stream stream = predictor.stream(s.batch());
      Tensor x = Inputs.tensor(2, s.batch(), s.features());
      Tensor y = Tensor.zeros(s.batch(), s.units());
      return () -> stream.step(x, y);
    }
    Tensor x = Inputs.tensor(2, s.batch(), s.timesteps(), s.features());
    Tensor y = predictor.predict(x);
    return () -> predictor.predict(x, y);
  }

  private static Predictor predictor(LayerShape s, WeightFormat weights) {
    return Sequential.of(s.cell().layer(s.units(), !s.isStep()))
        .build(s.features(), 1)
        .predictor(PredictorOptions.builder().threads(1).weights(weights).build());
  }

  static Runnable training(TrainShape s) {
    Sequential model = Sequential.of(Lstm.of(s.units()), Dense.of(1)).build(s.features(), 1);
    model.compile(Adam.of(1e-3), Loss.MEAN_SQUARED_ERROR);
    int samples = TrainingBenchmark.BATCHES * s.batch();
    Tensor x = Inputs.tensor(2, samples, s.timesteps(), s.features());
    Tensor y = Inputs.tensor(3, samples, 1);
    FitOptions options = FitOptions.builder().batchSize(s.batch()).threads(1).seed(4).build();
    return () -> model.fit(x, y, options);
  }

  private static void row(String name, double flops, Runnable body) {
    row(name, flops, 1, body);
  }

  private static void row(String name, double flops, int steps, Runnable body) {
    double nanos = Timing.wall(body).median();
    int turns = 1 << 20;
    double peak = Peak.flops(turns) / Timing.wall(() -> sink = Peak.run(turns, 0.25f)).median();
    double rate = flops / nanos;
    System.out.printf(
        "%-22s %12.2f %10.1f %10.1f %7.3f%n", name, nanos / 1e3 / steps, rate, peak, rate / peak);
  }
}
