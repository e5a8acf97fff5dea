package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SoftmaxProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Stretch.Any.class) Stretch s, @ForAll @IntRange(max = 4) int rows) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment x = room.floats(s.offset(0) + rows * s.n());
          MemorySegment y = room.floats(s.offset(1) + rows * s.n());
          kernels.softmax().apply(rows, s.n(), x, s.offset(0), y, s.offset(1));
        });
  }
}
