package dev.lanewise.bench;

import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole sequence through a recurrent layer, every step of it an output. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class ForwardBenchmark {

  /** A name of {@link LayerShape}. */
  @Param({
    "seed-tiny",
    "seed-torch",
    "seq1-h128",
    "seq1-h128-gru",
    "mnist",
    "mnist-gru",
    "mid",
    "mid-gru",
    "ds-512-b32",
    "ds-1024-b1",
    "ds-1024-b64",
    "long"
  })
  public String shape;

  /** Threads that share the samples out. */
  @Param("1")
  public int threads;

  private Predictor predictor;
  private Tensor x;
  private Tensor y;

  /** Builds the layer, and compares the whole sequence with its steps one by one. */
  @Setup
  public void prepare() {
    LayerShape s = LayerShape.named(shape);
    Sequential model = Sequential.of(s.cell().layer(s.units(), true)).build(s.features(), 1);
    predictor = model.predictor(PredictorOptions.builder().threads(threads).build());
    x = Inputs.tensor(2, s.batch(), s.timesteps(), s.features());
    y = predictor.predict(x);
    Stream stream = predictor.stream(s.batch());
    Tensor step = Tensor.zeros(s.batch(), s.units());
    for (int t = 0; t < s.timesteps(); t++) {
      stream.step(x.select(1, t).copy(), step);
      if (!Arrays.equals(step.toArray(), y.select(1, t).toArray())) {
        throw new IllegalStateException("step " + t + " differs from the whole sequence");
      }
    }
  }

  /** The sequence, into a tensor of the caller's. */
  @Benchmark
  public Tensor forward() {
    predictor.predict(x, y);
    return y;
  }
}
