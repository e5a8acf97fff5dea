package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class ClipProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Stretch.Any.class) Stretch s,
      @ForAll @FloatRange(max = Float.MAX_VALUE) float limit) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment x = room.floats(s.offset(0) + s.n());
          MemorySegment y = room.floats(s.offset(1) + s.n());
          kernels.clip().apply(s.n(), limit, x, s.offset(0), y, s.offset(1));
        });
  }
}
