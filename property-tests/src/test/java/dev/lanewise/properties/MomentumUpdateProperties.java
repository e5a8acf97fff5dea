package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MomentumUpdateProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Stretch.Any.class) Stretch s, @ForAll float rate, @ForAll float momentum) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment g = room.floats(s.offset(0) + s.n());
          MemorySegment v = room.floats(s.offset(1) + s.n());
          MemorySegment w = room.floats(s.offset(2) + s.n());
          kernels
              .momentum()
              .apply(s.n(), rate, momentum, g, s.offset(0), v, s.offset(1), w, s.offset(2));
        });
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBitOfNesterov(
      @ForAll(supplier = Stretch.Any.class) Stretch s, @ForAll float rate, @ForAll float momentum) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment g = room.floats(s.offset(0) + s.n());
          MemorySegment v = room.floats(s.offset(1) + s.n());
          MemorySegment w = room.floats(s.offset(2) + s.n());
          kernels
              .momentum()
              .nesterov(s.n(), rate, momentum, g, s.offset(0), v, s.offset(1), w, s.offset(2));
        });
  }
}
