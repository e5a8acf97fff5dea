package dev.lanewise.properties;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowNormalizationProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBitForward(
      @ForAll(supplier = Stretch.Any.class) Stretch s, @ForAll @IntRange(max = 4) int rows) {
    int n = s.n();
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment x = room.floats(s.offset(0) + rows * n);
          MemorySegment gamma = room.floats(s.offset(1) + n);
          MemorySegment beta = room.floats(s.offset(2) + n);
          MemorySegment kept = room.floats(s.offset(3) + 2 * rows);
          MemorySegment y = room.floats(s.offset(4) + rows * n);
          kernels
              .rowNormalization()
              .forward(
                  rows,
                  n,
                  1e-3f,
                  x,
                  s.offset(0),
                  gamma,
                  s.offset(1),
                  beta,
                  s.offset(2),
                  kept,
                  s.offset(3),
                  y,
                  s.offset(4));
        });
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBitBackward(
      @ForAll(supplier = Stretch.Any.class) Stretch s, @ForAll @IntRange(max = 4) int rows) {
    int n = s.n();
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment x = room.floats(s.offset(0) + rows * n);
          MemorySegment gamma = room.floats(s.offset(1) + n);
          MemorySegment kept = room.floats(s.offset(2) + 2 * rows);
          MemorySegment dy = room.floats(s.offset(3) + rows * n);
          MemorySegment dx = room.floats(s.offset(4) + rows * n);
          kernels
              .rowNormalization()
              .backward(
                  rows,
                  n,
                  x,
                  s.offset(0),
                  gamma,
                  s.offset(1),
                  kept,
                  s.offset(2),
                  dy,
                  s.offset(3),
                  dx,
                  s.offset(4));
        });
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBitOfTheWeights(@ForAll(supplier = Product.Any.class) Product p) {
    Room.assertSameBits(
        p.values(),
        p.seed(),
        p.side(),
        (kernels, room) -> {
          int at = p.offset();
          long ld = (long) p.n() + p.gap();
          MemorySegment x = room.matrix(at, p.m(), p.n(), ld);
          MemorySegment kept = room.floats(at + 2 * p.m());
          MemorySegment dy = room.matrix(at, p.m(), p.n(), ld);
          MemorySegment dgamma = room.floats(at + p.n());
          MemorySegment dbeta = room.floats(at + p.n());
          kernels
              .rowNormalization()
              .weights(p.m(), p.n(), ld, x, at, kept, at, dy, at, dgamma, at, dbeta, at);
        });
  }
}
