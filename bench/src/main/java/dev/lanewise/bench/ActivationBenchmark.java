package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Exp;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The activations over 1,024 elements in L1: nanoseconds an element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@OperationsPerInvocation(ActivationBenchmark.N)
public class ActivationBenchmark {

  static final int N = 1024;

  private MemorySegment x;
  private MemorySegment y;

  /** Between -6 and 6, where the functions bend; compares one element of each with the JDK's. */
  @Setup
  public void prepare() {
    x = Inputs.floats(N, 6, 1);
    y = Inputs.floats(N, 6, 2);
    float at = x.getAtIndex(JAVA_FLOAT, 100);
    agrees(exp(), Math.exp(at));
    agrees(sigmoid(), 1 / (1 + Math.exp(-at)));
    agrees(tanh(), Math.tanh(at));
    agrees(relu(), Math.max(at, 0));
    agrees(hardSigmoid(), Math.clamp(at / 6.0 + 0.5, 0, 1));
  }

  private static void agrees(MemorySegment y, double expected) {
    double got = y.getAtIndex(JAVA_FLOAT, 100);
    if (Math.abs(got - expected) > 1e-6 * Math.max(1, expected)) {
      throw new IllegalStateException("got " + got + ", expected " + expected);
    }
  }

  /** {@code e^x}. */
  @Benchmark
  public MemorySegment exp() {
    Exp.apply(N, x, 0, y, 0);
    return y;
  }

  /** Sigmoid. */
  @Benchmark
  public MemorySegment sigmoid() {
    Activation.SIGMOID.apply(N, x, 0, y, 0);
    return y;
  }

  /** Hyperbolic tangent. */
  @Benchmark
  public MemorySegment tanh() {
    Activation.TANH.apply(N, x, 0, y, 0);
    return y;
  }

  /** {@code max(x, 0)}. */
  @Benchmark
  public MemorySegment relu() {
    Activation.RELU.apply(N, x, 0, y, 0);
    return y;
  }

  /** The hard sigmoid of Keras 3. */
  @Benchmark
  public MemorySegment hardSigmoid() {
    Activation.HARD_SIGMOID.apply(N, x, 0, y, 0);
    return y;
  }
}
