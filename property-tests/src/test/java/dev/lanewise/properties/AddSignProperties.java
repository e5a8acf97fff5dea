package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AddSignProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Stretch.Any.class) Stretch s, @ForAll float alpha) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment x = room.floats(s.offset(0) + s.n());
          MemorySegment y = room.floats(s.offset(1) + s.n());
          kernels.addSign().apply(s.n(), alpha, x, s.offset(0), y, s.offset(1));
        });
  }
}
