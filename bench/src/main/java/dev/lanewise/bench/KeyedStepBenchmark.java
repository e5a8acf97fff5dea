package dev.lanewise.bench;

import dev.lanewise.lstm.Predictor;
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

/** A step of a stream alone, and one whose state is read from bytes and written to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class KeyedStepBenchmark {

  /** A name of {@link LayerShape}. */
  @Param({"step-h64", "step-h256", "step-h256-gru"})
  public String shape;

  private Predictor predictor;
  private Stream stream;
  private Tensor x;
  private Tensor y;
  private byte[] kept;

  /** Builds the layer; the bytes of a state must be those of the state that they were read to. */
  @Setup
  public void prepare() {
    LayerShape s = LayerShape.named(shape);
    predictor = Sequential.of(s.cell().layer(s.units(), false)).build(s.features(), 1).predictor();
    stream = predictor.stream(s.batch());
    x = Inputs.tensor(2, s.batch(), s.features());
    y = Tensor.zeros(s.batch(), s.units());
    stream.step(x, y);
    kept = stream.save().toBytes();
    if (!Arrays.equals(kept, predictor.readState(kept).toBytes())) {
      throw new IllegalStateException(shape + ": the state that was read is another");
    }
  }

  /** The step. */
  @Benchmark
  public Tensor step() {
    stream.step(x, y);
    return y;
  }

  /** The step of whichever key is next. */
  @Benchmark
  public byte[] keyedStep() {
    stream.restore(predictor.readState(kept));
    stream.step(x, y);
    return stream.save().toBytes();
  }
}
