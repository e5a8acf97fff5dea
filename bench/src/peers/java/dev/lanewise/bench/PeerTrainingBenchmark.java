package dev.lanewise.bench;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A training step, forward, backward and Adam, by each engine: sixteen batches a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@OperationsPerInvocation(TrainingBenchmark.BATCHES)
public class PeerTrainingBenchmark {

  /** A label of {@link Engine}. */
  @Param({"lanewise", "onednn", "pytorch", "dl4j"})
  public String engine;

  /** A name of {@link TrainShape}. */
  @Param({"train-sine", "train-mnist", "train-text", "train-512"})
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
            threads, () -> Engine.named(engine).training(TrainShape.named(shape), threads));
  }

  /** Sixteen steps. */
  @Benchmark
  public void steps() {
    peer.run();
  }

  /** Notes what it allocates and the machine's peak, and frees the peer. */
  @TearDown
  public void close() {
    LaunchNote.end(peer, TrainingBenchmark.BATCHES);
  }
}
