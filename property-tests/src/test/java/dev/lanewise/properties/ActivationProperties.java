package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.KernelSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class ActivationProperties {

  enum Kernel {
    EXP,
    SIGMOID,
    TANH,
    RELU,
    HARD_SIGMOID,
    HARD_SIGMOID_CLASSIC,
    LEAKY_RELU,
    SOFTSIGN,
    SELU,
    CLIP,
    SPARSE_SIGMOID,
    SPARSE_PLUS,
    HARD_SHRINK,
    SOFT_SHRINK,
    SOFTPLUS,
    LOG_SIGMOID,
    SQUAREPLUS,
    TANH_SHRINK,
    SILU,
    HARD_SILU,
    GELU,
    GELU_TANH,
    MISH;

    ActivationKernel of(KernelSet kernels) {
      return switch (this) {
        case EXP -> kernels.exp();
        case SIGMOID -> kernels.sigmoid();
        case TANH -> kernels.tanh();
        case RELU -> kernels.relu();
        case HARD_SIGMOID -> kernels.hardSigmoid();
        case HARD_SIGMOID_CLASSIC -> kernels.hardSigmoidClassic();
        case LEAKY_RELU -> kernels.leakyRelu(0.2f);
        case SOFTSIGN -> kernels.softsign();
        case SELU -> kernels.elu(1.050701f, 1.7580993f);
        case CLIP -> kernels.clamp(-1f, 6f);
        case SPARSE_SIGMOID -> kernels.sparseSigmoid();
        case SPARSE_PLUS -> kernels.sparsePlus();
        case HARD_SHRINK -> kernels.shrink(0.5f, 0f);
        case SOFT_SHRINK -> kernels.shrink(0.5f, 0.5f);
        case SOFTPLUS -> kernels.softplus();
        case LOG_SIGMOID -> kernels.logSigmoid();
        case SQUAREPLUS -> kernels.squareplus();
        case TANH_SHRINK -> kernels.tanhShrink();
        case SILU -> kernels.silu();
        case HARD_SILU -> kernels.hardSilu();
        case GELU -> kernels.gelu();
        case GELU_TANH -> kernels.geluTanh();
        case MISH -> kernels.mish();
      };
    }
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBit(
      @ForAll Kernel kernel,
      @ForAll(supplier = Stretch.Any.class) Stretch s,
      @ForAll boolean inPlace) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment x = room.floats(s.offset(0) + s.n());
          MemorySegment y = inPlace ? x : room.floats(s.offset(1) + s.n());
          kernel.of(kernels).apply(s.n(), x, s.offset(0), y, s.offset(inPlace ? 0 : 1));
        });
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBitForTheGradient(
      @ForAll Kernel kernel,
      @ForAll(supplier = Stretch.Any.class) Stretch s,
      @ForAll boolean inPlace) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment y = room.floats(s.offset(0) + s.n());
          MemorySegment dy = room.floats(s.offset(1) + s.n());
          MemorySegment dx = inPlace ? dy : room.floats(s.offset(2) + s.n());
          kernel
              .of(kernels)
              .gradient(s.n(), y, s.offset(0), dy, s.offset(1), dx, s.offset(inPlace ? 1 : 2));
        });
  }

  /** Forward and backward, every kernel. */
  void allVectorIsScalarBitForBit(Stretch s, boolean inPlace) {
    for (Kernel kernel : Kernel.values()) {
      vectorIsScalarBitForBit(kernel, s, inPlace);
      vectorIsScalarBitForBitForTheGradient(kernel, s, inPlace);
    }
  }

  private static float[] apply(Activation activation, float... x) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(JAVA_FLOAT, x);
      activation.apply(x.length, memory, 0, memory, 0);
      return memory.toArray(JAVA_FLOAT);
    }
  }

  /** What lies in a tail comes out as what lies in a whole vector. */
  @Property(tries = 1000)
  void anElementDoesNotDependOnItsNeighbours(
      @ForAll Activation activation, @ForAll(supplier = Stretch.Any.class) Stretch s) {
    SplittableRandom random = new SplittableRandom(s.seed());
    float[] x = new float[s.n()];
    for (int j = 0; j < x.length; j++) {
      x[j] = s.values().next(random);
    }
    float[] alone = new float[s.n()];
    for (int j = 0; j < x.length; j++) {
      alone[j] = apply(activation, x[j])[0];
    }
    assertArrayEquals(alone, apply(activation, x));
  }

  @Property(tries = 1000)
  void tanhIsOdd(@ForAll float x) {
    float[] both = apply(Activation.TANH, x, -x);
    assertEquals(-both[0], both[1]);
  }

  @Property(tries = 1000)
  void theOddOnesAreOdd(@ForAll float x) {
    for (Activation odd :
        new Activation[] {Activation.HARD_TANH, Activation.TANH_SHRINK, Activation.SOFTSIGN}) {
      float[] both = apply(odd, x, -x);
      assertEquals(-both[0], both[1], odd.name());
    }
  }

  /** As a(x) - a(-x) = x in the reals. */
  @Property(tries = 1000)
  void theSmoothRelusAreReluFarOut(@ForAll @FloatRange(min = 16, max = 1e30f) float x) {
    for (Activation smooth :
        new Activation[] {
          Activation.SOFTPLUS,
          Activation.SILU,
          Activation.GELU,
          Activation.GELU_TANH,
          Activation.MISH
        }) {
      float[] both = apply(smooth, x, -x);
      assertEquals(x, both[0], Math.ulp(x), smooth.name());
      assertEquals(0f, both[1], 2e-6f, smooth.name());
    }
  }

  @Property(tries = 1000)
  void theBoundedOnesStayInTheirBounds(@ForAll float x) {
    for (Activation activation :
        new Activation[] {
          Activation.SIGMOID,
          Activation.HARD_SIGMOID,
          Activation.HARD_SIGMOID_CLASSIC,
          Activation.SPARSE_SIGMOID
        }) {
      float y = apply(activation, x)[0];
      assertTrue(y >= 0 && y <= 1, activation + " gives " + y);
    }
    assertTrue(Math.abs(apply(Activation.TANH, x)[0]) <= 1);
  }
}
