package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MaximumProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(@ForAll(supplier = Stretch.Any.class) Stretch s) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment a = room.floats(s.offset(0) + s.n());
          MemorySegment b = room.floats(s.offset(1) + s.n());
          MemorySegment y = room.floats(s.offset(2) + s.n());
          kernels.maximum().apply(s.n(), a, s.offset(0), b, s.offset(1), y, s.offset(2));
        });
  }
}
