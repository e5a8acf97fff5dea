package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SumOfMagnitudesProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(@ForAll(supplier = Stretch.Any.class) Stretch s) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment x = room.floats(s.offset(0) + s.n());
          MemorySegment sum = room.floats(1);
          sum.set(JAVA_FLOAT, 0, kernels.sumOfMagnitudes().apply(s.n(), x, s.offset(0)));
        });
  }
}
