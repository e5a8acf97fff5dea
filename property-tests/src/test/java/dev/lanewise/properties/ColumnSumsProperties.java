package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ColumnSumsProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(@ForAll(supplier = Product.Any.class) Product p) {
    Room.assertSameBits(
        p.values(),
        p.seed(),
        p.side(),
        (kernels, room) -> {
          long ldx = (long) p.n() + p.gap();
          MemorySegment x = room.matrix(p.offset(), p.m(), p.n(), ldx);
          MemorySegment y = room.floats(p.offset() + p.n());
          kernels.columnSums().apply(p.m(), p.n(), x, p.offset(), ldx, y, p.offset());
        });
  }
}
