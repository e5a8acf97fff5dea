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
 * A (64, 100, 256) tensor of 6.5 MB, an axis made longer at both ends, into a tensor of the
 * caller's: beside it a plain loop, the machine's copy of as many bytes, and the same into new
 * memory, which the JVM zeroes first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class PadBenchmark {
  private static final int BEFORE = 10;
  private static final int AFTER = 20;
  private static final float VALUE = 0.5f;

  /** The axis that is made longer. */
  @Param({"1", "2"})
  public int axis;

  private final long[] dims = {64, 100, 256};
  private final long[] longer = dims.clone();
  private Tensor source;
  private Tensor target;
  private MemorySegment whole;

  /** Compares the two. */
  @Setup
  public void prepare() {
    source = Inputs.tensor(1, dims);
    longer[axis] += BEFORE + AFTER;
    whole = Inputs.tensor(2, longer).segment();
    target = Tensor.zeros(longer);
    float[] expected = loop().toArray();
    target.fill(0);
    if (!Arrays.equals(expected, tensor().toArray())) {
      throw new IllegalStateException("the loop and the tensor differ");
    }
  }

  /** The library. */
  @Benchmark
  public Tensor tensor() {
    return target.copyPadded(axis, source, BEFORE, VALUE);
  }

  /** The library, into a new tensor. */
  @Benchmark
  public Tensor allocating() {
    return source.pad(axis, BEFORE, AFTER, VALUE);
  }

  /** The plain loop, in the order of the result. */
  @Benchmark
  public Tensor loop() {
    MemorySegment from = source.segment();
    MemorySegment to = target.segment();
    long at = 0;
    for (long i = 0; i < longer[0]; i++) {
      for (long j = 0; j < longer[1]; j++) {
        for (long k = 0; k < longer[2]; k++) {
          long row = j - (axis == 1 ? BEFORE : 0);
          long column = k - (axis == 2 ? BEFORE : 0);
          boolean inside = row >= 0 && row < dims[1] && column >= 0 && column < dims[2];
          long place = (i * dims[1] + row) * dims[2] + column;
          to.setAtIndex(JAVA_FLOAT, at++, inside ? from.getAtIndex(JAVA_FLOAT, place) : VALUE);
        }
      }
    }
    return target;
  }

  /** The ceiling: as many bytes in one run. */
  @Benchmark
  public MemorySegment copy() {
    return target.segment().copyFrom(whole);
  }
}
