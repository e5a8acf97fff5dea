package dev.lanewise.bench;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of a stream, which carries its state from call to call, by each engine. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class PeerStepBenchmark {

  /** A label of {@link Engine}. */
  @Param({"lanewise", "onednn", "onnxruntime", "pytorch", "dl4j"})
  public String engine;

  /** A name of {@link LayerShape}. */
  @Param({"step-h64", "step-h256", "step-h256-gru", "step-h1024"})
  public String shape;

  /** Threads of the engine; with one, it stays on one processor. */
  @Param("1")
  public int threads;

  private Peer peer;

  /** Makes the peer, compares its answer with Lanewise's, and warms it up. */
  @Setup
  public void prepare() {
    peer =
        LaunchNote.made(
            threads, () -> Engine.named(engine).layer(LayerShape.named(shape), threads));
  }

  /** The step. */
  @Benchmark
  public void step() {
    peer.run();
  }

  /** Notes what it allocates and the machine's peak, and frees the peer. */
  @TearDown
  public void close() {
    LaunchNote.end(peer, 1);
  }
}
