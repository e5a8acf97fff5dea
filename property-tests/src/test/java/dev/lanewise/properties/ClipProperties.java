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

  @Property(tries = 1000)
  void theGradientOnVectorsIsTheScalarOneBitForBit(
      @ForAll(supplier = Stretch.Any.class) Stretch s,
      @ForAll @FloatRange(max = Float.MAX_VALUE) float limit) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment y = room.floats(s.offset(0) + s.n());
          MemorySegment dy = room.floats(s.offset(1) + s.n());
          MemorySegment dx = room.floats(s.offset(2) + s.n());
          kernels.clip().gradient(s.n(), limit, y, s.offset(0), dy, s.offset(1), dx, s.offset(2));
        });
  }
}
