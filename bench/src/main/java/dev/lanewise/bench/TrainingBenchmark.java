package dev.lanewise.bench;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A training step, forward, backward and Adam: an epoch of sixteen batches, shuffled, so what fit
 * adds around them is in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@OperationsPerInvocation(TrainingBenchmark.BATCHES)
public class TrainingBenchmark {

  static final int BATCHES = 16;

  /** A name of {@link TrainShape}. */
  @Param({"train-sine", "train-mnist", "train-text", "train-512"})
  public String shape;

  /** Threads that share the work out. */
  @Param("1")
  public int threads;

  private Sequential model;
  private Tensor x;
  private Tensor y;
  private FitOptions options;

  /** Builds the model, and checks that it learns. */
  @Setup
  public void prepare() {
    TrainShape s = TrainShape.named(shape);
    model = Sequential.of(Lstm.of(s.units()), Dense.of(1)).build(s.features(), 1);
    model.compile(Adam.of(1e-3), Loss.MEAN_SQUARED_ERROR);
    int samples = BATCHES * s.batch();
    x = Inputs.tensor(2, samples, s.timesteps(), s.features());
    y = Inputs.tensor(3, samples, 1);
    options = FitOptions.builder().batchSize(s.batch()).threads(threads).seed(4).build();
    double first = model.fit(x, y, options).loss()[0];
    double second = model.fit(x, y, options).loss()[0];
    if (!(second < first)) {
      throw new IllegalStateException("the loss went from " + first + " to " + second);
    }
  }

  /** An epoch. */
  @Benchmark
  public History epoch() {
    return model.fit(x, y, options);
  }
}
