package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AdamUpdateProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Stretch.Any.class) Stretch s,
      @ForAll float rate,
      @ForAll float oneMinusBeta1,
      @ForAll float oneMinusBeta2) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment g = room.floats(s.offset(0) + s.n());
          MemorySegment m = room.floats(s.offset(1) + s.n());
          MemorySegment v = room.floats(s.offset(2) + s.n());
          MemorySegment w = room.floats(s.offset(3) + s.n());
          kernels
              .adam()
              .apply(
                  s.n(),
                  rate,
                  oneMinusBeta1,
                  oneMinusBeta2,
                  1e-7f,
                  g,
                  s.offset(0),
                  m,
                  s.offset(1),
                  v,
                  s.offset(2),
                  w,
                  s.offset(3));
        });
  }
}
