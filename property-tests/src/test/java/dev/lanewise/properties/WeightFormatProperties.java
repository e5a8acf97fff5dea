package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of narrow weights. */
class WeightFormatProperties {

  @Provide
  Arbitrary<RecurrentModel> models() {
    return RecurrentModel.narrow();
  }

  /** The scalar kernels and the vector kernels, in lanes of their own. */
  private static SgemmKernel kernel(KernelSet kernels, WeightFormat format) {
    return switch (format) {
      case FLOAT32 -> kernels.sgemm();
      case BFLOAT16 -> kernels.bfloat16Sgemm();
      case INT8 -> kernels.int8Sgemm();
    };
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll(supplier = Product.Any.class) Product p,
      @ForAll WeightFormat format,
      @ForAll boolean bTransposed) {
    Assume.that(format != WeightFormat.INT8 || p.values() != Values.ANY_BITS);
    Room.assertSameBits(
        p.values(),
        p.seed(),
        p.side(),
        (kernels, room) -> {
          SgemmKernel kernel = kernel(kernels, format);
          int lda = p.k() + p.gap();
          int ldb = (bTransposed ? p.k() : p.n()) + p.gap();
          MemorySegment a = room.matrix(p.offset(), p.m(), p.k(), lda);
          MemorySegment b =
              bTransposed ? room.matrix(0, p.n(), p.k(), ldb) : room.matrix(0, p.k(), p.n(), ldb);
          PackedStrips packed =
              room.packed(kernel, p.k(), p.n(), 1, b, bTransposed ? 1 : ldb, bTransposed ? ldb : 1);
          MemorySegment init = room.matrix(0, 1, p.n(), p.n());
          MemorySegment c = room.matrix(p.offset(), p.m(), p.n(), p.n());
          kernel.multiply(
              p.m(), a, p.offset(), lda, 1, packed, p.n(), init, 0, 0, c, p.offset(), p.n());
        });
  }

  /** Rounding twice is rounding once: what a product by ones gives back packs to itself. */
  @Property(tries = 1000)
  void bfloat16IsItsOwnRounding(@ForAll(supplier = Product.Any.class) Product p) {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(p.seed());
      Laid b = Laid.random(arena, p.k(), p.n(), p.values(), random);
      Laid once = kept(arena, b);
      assertArrayEquals(once.values(), kept(arena, once).values());
    }
  }

  /** Each row of the matrix alone, times one. */
  private static Laid kept(Arena arena, Laid b) {
    Laid rows = Laid.zeros(arena, b.rows(), b.columns());
    MemorySegment one = arena.allocateFrom(JAVA_FLOAT, 1f);
    for (int p = 0; p < b.rows(); p++) {
      PackedMatrix row = PackedMatrix.of(arena, 1, b.columns(), WeightFormat.BFLOAT16);
      row.pack(b.memory(), (long) p * b.columns(), b.columns());
      Sgemm.multiply(1, one, 0, 1, row, rows.memory(), (long) p * b.columns(), b.columns());
    }
    return rows;
  }

  @Property(tries = 1000)
  void aSampleAloneEqualsTheSampleInTheBatchAndStepByStep(
      @ForAll("models") RecurrentModel of, @ForAll WeightFormat format) {
    Predictor predictor =
        of.model().predictor(PredictorOptions.builder().threads(1).weights(format).build());
    Tensor x = of.input(2);
    Tensor together = predictor.predict(x);
    for (int sample = 0; sample < of.batch(); sample++) {
      Tensor alone = predictor.predict(x.slice(0, sample, sample + 1));
      assertArrayEquals(together.select(0, sample).toArray(), alone.toArray());
    }
    Tensor streamed = Tensor.zeros(together.shape().toArray());
    Stream stream = predictor.stream(of.batch());
    for (int step = 0; step < of.timesteps(); step++) {
      stream.step(x.select(1, step), streamed.select(1, step));
    }
    assertArrayEquals(together.toArray(), streamed.toArray());
  }
}
