package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ColumnMomentsProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(@ForAll(supplier = Product.Any.class) Product p) {
    Room.assertSameBits(
        p.values(),
        p.seed(),
        p.side(),
        (kernels, room) -> {
          int at = p.offset();
          int n = p.n();
          long ldx = (long) n + p.gap();
          MemorySegment x = room.matrix(at, p.m(), n, ldx);
          MemorySegment workspace = room.floats(at + 4L * n);
          MemorySegment mean = room.floats(at + n);
          MemorySegment variance = room.floats(at + n);
          workspace.asSlice(4L * at).fill((byte) 0);
          kernels.columnMoments().addSums(p.m(), n, x, at, ldx, workspace, at);
          kernels.columnMoments().addSquares(p.m(), n, p.m() + 1, x, at, ldx, workspace, at);
          kernels.columnMoments().moments(n, p.m() + 1, workspace, at, mean, at, variance, at);
          oneNan(workspace.asSlice(4L * at));
        });
  }

  /** Any NaN equals any other, which two halves of a double no longer show. */
  private static void oneNan(MemorySegment doubles) {
    for (long at = 0; at < doubles.byteSize(); at += Double.BYTES) {
      if (Double.isNaN(doubles.get(JAVA_DOUBLE_UNALIGNED, at))) {
        doubles.set(JAVA_DOUBLE_UNALIGNED, at, Double.NaN);
      }
    }
  }
}
