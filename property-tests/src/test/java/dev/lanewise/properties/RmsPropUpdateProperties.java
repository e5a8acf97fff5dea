package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RmsPropUpdateProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Stretch.Any.class) Stretch s,
      @ForAll float rate,
      @ForAll float oneMinusRho,
      @ForAll boolean inside,
      @ForAll boolean centered) {
    float under = inside ? 1e-7f : 0f;
    float after = inside ? 0f : 1e-8f;
    int n = s.n();
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          long gAt = s.offset(0);
          long vAt = s.offset(1);
          long aAt = s.offset(2);
          long wAt = s.offset(3);
          MemorySegment g = room.floats(gAt + n);
          MemorySegment v = room.floats(vAt + n);
          MemorySegment a = room.floats(aAt + n);
          MemorySegment w = room.floats(wAt + n);
          if (centered) {
            kernels
                .rmsProp()
                .centered(n, rate, oneMinusRho, under, after, g, gAt, v, vAt, a, aAt, w, wAt);
          } else {
            kernels.rmsProp().apply(n, rate, oneMinusRho, under, after, g, gAt, v, vAt, w, wAt);
          }
        });
  }
}
