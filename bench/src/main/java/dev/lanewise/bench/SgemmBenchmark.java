package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

/** {@code C = A * B} with B packed beforehand, and the packing on its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class SgemmBenchmark {

  /** m x n x k. */
  @Param({"64x1024x256", "512x512x512", "1600x1024x128", "128x512x128", "32x256x64"})
  public String shape;

  private int m;
  private int n;
  private int k;
  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment c;
  private PackedMatrix packed;

  /** Packs B, and compares a corner of C with a double sum. */
  @Setup
  public void prepare() {
    String[] sizes = shape.split("x");
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
    a = Inputs.floats((long) m * k, 1, 1);
    b = Inputs.floats((long) k * n, 1, 2);
    c = Inputs.floats((long) m * n, 1, 3);
    packed = PackedMatrix.of(Arena.ofAuto(), k, n).pack(b, 0, n);
    Sgemm.multiply(m, a, 0, k, packed, c, 0, n);
    for (int at : new int[] {0, n - 1, (m - 1) * n, m * n - 1}) {
      double sum = 0;
      for (int p = 0; p < k; p++) {
        double left = a.getAtIndex(JAVA_FLOAT, (long) (at / n) * k + p);
        sum += left * b.getAtIndex(JAVA_FLOAT, (long) p * n + at % n);
      }
      if (Math.abs(c.getAtIndex(JAVA_FLOAT, at) - sum) > 1e-6 * k) {
        throw new IllegalStateException("C[" + at + "] is wrong");
      }
    }
  }

  /** The product. */
  @Benchmark
  public MemorySegment multiply() {
    Sgemm.multiply(m, a, 0, k, packed, c, 0, n);
    return c;
  }

  /** The packing of a row-major B. */
  @Benchmark
  public PackedMatrix pack() {
    return packed.pack(b, 0, n);
  }
}
