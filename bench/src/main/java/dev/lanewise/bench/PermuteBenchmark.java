package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
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

/**
 * A (64, 100, 256) tensor of 6.5 MB with its axes in another order, written out: beside it a plain
 * loop, and the machine's copy of as many bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class PermuteBenchmark {
  private static final int[] DIMS = {64, 100, 256};

  /** Which axis of the tensor each axis of the result is. */
  @Param({"021", "102", "210"})
  public String axes;

  private Tensor source;
  private Tensor permuted;
  private Tensor target;
  private final long[] dims = new long[3];
  private final long[] strides = new long[3];

  /** Compares the three. */
  @Setup
  public void prepare() {
    source = Inputs.tensor(1, DIMS[0], DIMS[1], DIMS[2]);
    int[] order = axes.chars().map(axis -> axis - '0').toArray();
    permuted = source.permute(order);
    for (int axis = 0; axis < 3; axis++) {
      dims[axis] = permuted.dim(axis);
      strides[axis] = permuted.stride(axis);
    }
    target = Tensor.zeros(dims);
    float[] expected = loop().toArray();
    target.fill(0);
    if (!Arrays.equals(expected, tensor().toArray())) {
      throw new IllegalStateException("the loop and the tensor differ");
    }
  }

  /** The library. */
  @Benchmark
  public Tensor tensor() {
    return target.copyFrom(permuted);
  }

  /** The plain loop, in the order of the result. */
  @Benchmark
  public Tensor loop() {
    MemorySegment from = source.segment();
    MemorySegment to = target.segment();
    long at = 0;
    for (long i = 0; i < dims[0]; i++) {
      for (long j = 0; j < dims[1]; j++) {
        for (long k = 0; k < dims[2]; k++) {
          long place = i * strides[0] + j * strides[1] + k * strides[2];
          to.setAtIndex(JAVA_FLOAT, at++, from.getAtIndex(JAVA_FLOAT, place));
        }
      }
    }
    return target;
  }

  /** The ceiling: as many bytes in one run. */
  @Benchmark
  public MemorySegment copy() {
    return target.segment().copyFrom(source.segment());
  }
}
