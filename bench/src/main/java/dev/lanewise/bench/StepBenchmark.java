package dev.lanewise.bench;

import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
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

/**
 * One step of a stream, which carries its state from call to call: average, and percentiles in
 * sample mode.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class StepBenchmark {

  /** A name of {@link LayerShape}. */
  @Param({"step-h64", "step-h256", "step-h256-gru", "step-h1024"})
  public String shape;

  private Stream stream;
  private Tensor x;
  private Tensor y;

  /**
   * Builds the layer. The step's agreement with whole sequences is checked by {@link
   * ForwardBenchmark}.
   */
  @Setup
  public void prepare() {
    LayerShape s = LayerShape.named(shape);
    Sequential model = Sequential.of(s.cell().layer(s.units(), false)).build(s.features(), 1);
    stream = model.predictor().stream(s.batch());
    x = Inputs.tensor(2, s.batch(), s.features());
    y = Tensor.zeros(s.batch(), s.units());
  }

  /** The step. */
  @Benchmark
  public Tensor step() {
    stream.step(x, y);
    return y;
  }
}
