package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import dev.lanewise.kernels.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;

/** Where the operands of a case lie: the same values in the same order for the same seed. */
final class Room {

  private static final KernelSet SCALAR = new ScalarKernels();
  private static final KernelSet VECTOR = new VectorKernels();

  private final Arena arena;
  private final Values values;
  private final SplittableRandom random;
  private final List<MemorySegment> all = new ArrayList<>();

  Room(Arena arena, Values values, long seed) {
    this.arena = arena;
    this.values = values;
    this.random = new SplittableRandom(seed);
  }

  /** What a case does with either implementation. */
  interface Run {
    void on(KernelSet kernels, Room room);
  }

  /**
   * Runs the scalar kernels, then the vector kernels on operands flush against inaccessible pages,
   * and expects the same bits everywhere, gaps included. Any NaN equals any other.
   */
  static void assertSameBits(Values values, long seed, GuardedArena.Side side, Run run) {
    try (Arena plain = Arena.ofConfined();
        Arena guarded = guarded(side)) {
      Room expected = new Room(plain, values, seed);
      run.on(SCALAR, expected);
      Room actual = new Room(guarded, values, seed);
      run.on(VECTOR, actual);
      for (int i = 0; i < expected.all.size(); i++) {
        Assertions.assertArrayEquals(
            expected.all.get(i).toArray(JAVA_FLOAT),
            actual.all.get(i).toArray(JAVA_FLOAT),
            "operand " + i);
      }
    }
  }

  private static Arena guarded(GuardedArena.Side side) {
    return GuardedArena.isSupported() ? new GuardedArena(side) : Arena.ofConfined();
  }

  /** A segment of exactly so many floats. */
  MemorySegment floats(long count) {
    MemorySegment segment = arena.allocate(count * Float.BYTES, Float.BYTES);
    for (long i = 0; i < count; i++) {
      segment.setAtIndex(JAVA_FLOAT, i, values.next(random));
    }
    all.add(segment);
    return segment;
  }

  /** A segment that ends with the last of its rows. */
  MemorySegment matrix(long offset, int rows, int columns, long ld) {
    return floats(offset + (rows == 0 || columns == 0 ? 0 : (rows - 1) * ld + columns));
  }

  /** B (k, n) packed: in the kernel's own order, so it is not compared. */
  PackedStrips packed(
      SgemmKernel kernel,
      int k,
      int n,
      int blocks,
      MemorySegment b,
      long rowStride,
      long columnStride) {
    int strips = PackedStrips.strips(n, blocks, kernel.lanes());
    MemorySegment memory = arena.allocate(strips * kernel.stripBytes(k, blocks), Float.BYTES);
    PackedStrips packed = new PackedStrips(kernel, memory, k, n / blocks, blocks, 0, strips);
    kernel.pack(packed, b, 0, rowStride, columnStride);
    return packed;
  }
}
