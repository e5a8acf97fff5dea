package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ActivationTest {

  private static ActivationKernel scalar(Activation activation) {
    KernelSet kernels = new ScalarKernels();
    return switch (activation) {
      case LINEAR -> throw new IllegalArgumentException("LINEAR has no kernel");
      case SIGMOID -> kernels.sigmoid();
      case TANH -> kernels.tanh();
      case RELU -> kernels.relu();
      case HARD_SIGMOID -> kernels.hardSigmoid();
      case HARD_SIGMOID_CLASSIC -> kernels.hardSigmoidClassic();
      case LEAKY_RELU -> kernels.leakyRelu(0.2f);
      case ELU -> kernels.elu(1f, 1f);
      case SELU -> kernels.elu(1.050701f, 1.7580993f);
      case SOFTSIGN -> kernels.softsign();
      case EXPONENTIAL -> kernels.exp();
      case RELU6 -> kernels.clip(0f, 6f);
      case HARD_TANH -> kernels.clip(-1f, 1f);
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

  /** As the class promises. */
  private static double largestUlps(Activation activation) {
    return switch (activation) {
      case SIGMOID, TANH -> 2.5;
      case ELU, SELU -> 3;
      case SOFTSIGN -> 1.5;
      case EXPONENTIAL -> 1.1;
      default -> 0.5;
    };
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinItsErrorOverAllFloats(Activation activation) {
    double worst =
        FloatSweep.worstUlps(
            FloatSweep.everywhere(),
            activation::apply,
            x -> ActivationReference.value(activation, x));
    assertTrue(worst <= largestUlps(activation), () -> activation + " is off by " + worst + " ULP");
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinItsErrorWhereItBends(Activation activation) {
    double worst =
        FloatSweep.worstUlps(
            FloatSweep.around(120f),
            activation::apply,
            x -> ActivationReference.value(activation, x));
    assertTrue(worst <= largestUlps(activation), () -> activation + " is off by " + worst + " ULP");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINEAR")
  void isTheScalarKernelsBitsOverAllFloats(Activation activation) {
    FloatSweep.assertSameBits(
        FloatSweep.everywhere(), scalar(activation)::apply, activation::apply);
    FloatSweep.assertSameBits(
        FloatSweep.around(120f), scalar(activation)::apply, activation::apply);
  }

  @ParameterizedTest
  @EnumSource
  void isRightAtEveryLengthAndLeavesTheRestAlone(Activation activation) {
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.vector(arena, n).random(new SplittableRandom(n), 8f);
        Block y = Block.vector(arena, n).fill(Float.NaN);
        activation.apply(n, x.segment, x.offset, y.segment, y.offset);
        for (int j = 0; j < n; j++) {
          double exact = ActivationReference.value(activation, x.get(0, j));
          assertTrue(Tolerance.ulps(exact, y.get(0, j)) <= largestUlps(activation));
        }
        x.assertMarginUntouched();
        y.assertMarginUntouched();
        activation.apply(n, x.segment, x.offset, x.segment, x.offset);
        assertArrayEquals(y.values(), x.values());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theGradientIsTheAnalyticOneAtEveryLength(Activation activation) {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.vector(arena, n).random(random, 8f);
        Block y = Block.vector(arena, n);
        Block dy = Block.vector(arena, n).random(random);
        Block dx = Block.vector(arena, n).fill(Float.NaN);
        activation.apply(n, x.segment, x.offset, y.segment, y.offset);
        activation.gradient(n, y.segment, y.offset, dy.segment, dy.offset, dx.segment, dx.offset);
        for (int j = 0; j < n; j++) {
          double ofY = ActivationReference.slope(activation, y.get(0, j)) * dy.get(0, j);
          // Three roundings, and 1 - y or y + low is exact only where y is neither small nor near
          // 1.
          double rounding = Math.max(3 * Math.ulp((float) ofY), Math.ulp(1f) / 2);
          assertEquals(ofY, dx.get(0, j), rounding, activation + " from y");
          double exact = ActivationReference.value(activation, x.get(0, j));
          double ofX = ActivationReference.slope(activation, exact) * dy.get(0, j);
          // An error in y of 2.5 ULP doubles where y is near 1.
          float scale = (float) Math.max(1, Math.abs(exact));
          assertEquals(ofX, dx.get(0, j), 8 * Math.ulp(scale), activation + " from x");
        }
        y.assertMarginUntouched();
        dy.assertMarginUntouched();
        dx.assertMarginUntouched();
        if (activation != Activation.LINEAR) {
          Block scalar = Block.vector(arena, n);
          scalar(activation)
              .gradient(
                  n, y.segment, y.offset, dy.segment, dy.offset, scalar.segment, scalar.offset);
          assertArrayEquals(scalar.values(), dx.values());
        }
        Block copy = dy.copy(arena);
        activation.gradient(
            n, y.segment, y.offset, copy.segment, copy.offset, copy.segment, copy.offset);
        assertArrayEquals(dx.values(), copy.values());
        activation.gradient(n, y.segment, y.offset, dy.segment, dy.offset, y.segment, y.offset);
        assertArrayEquals(dx.values(), y.values());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINEAR")
  void theGradientIsTheScalarKernelsBitsOverAllFloats(Activation activation) {
    FloatSweep.assertSameBits(
        FloatSweep.everywhere(),
        (n, x, xOffset, y, yOffset) ->
            scalar(activation).gradient(n, x, xOffset, x, xOffset, y, yOffset),
        (n, x, xOffset, y, yOffset) -> activation.gradient(n, x, xOffset, x, xOffset, y, yOffset));
  }

  private static float at(Activation activation, float x) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(JAVA_FLOAT, x);
      activation.apply(1, one, 0, one, 0);
      return one.get(JAVA_FLOAT, 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nanStaysNan(Activation activation) {
    assertEquals(Float.NaN, at(activation, Float.NaN));
    assertEquals(Float.NaN, at(activation, Float.intBitsToFloat(0xffc12345)));
  }

  @Test
  void sigmoidHasItsLimits() {
    float infinity = Float.POSITIVE_INFINITY;
    assertEquals(1f, at(Activation.SIGMOID, infinity));
    assertEquals(0f, at(Activation.SIGMOID, -infinity));
    assertEquals(0.5f, at(Activation.SIGMOID, 0f));
    assertEquals(0.5f, at(Activation.SIGMOID, -0f));
    assertEquals(0.5f, at(Activation.SIGMOID, Float.MIN_VALUE));
    assertEquals(1f, at(Activation.SIGMOID, Float.MAX_VALUE));
    assertEquals(0f, at(Activation.SIGMOID, -Float.MAX_VALUE));
    assertEquals((float) Math.exp(-100), at(Activation.SIGMOID, -100f), "a denormal");
  }

  @Test
  void tanhHasItsLimitsAndKeepsTheSignOfZero() {
    float infinity = Float.POSITIVE_INFINITY;
    assertEquals(1f, at(Activation.TANH, infinity));
    assertEquals(-1f, at(Activation.TANH, -infinity));
    assertEquals(0f, at(Activation.TANH, 0f));
    assertEquals(-0f, at(Activation.TANH, -0f));
    assertEquals(Float.MIN_VALUE, at(Activation.TANH, Float.MIN_VALUE));
    assertEquals(-Float.MIN_VALUE, at(Activation.TANH, -Float.MIN_VALUE));
    assertEquals(1e-40f, at(Activation.TANH, 1e-40f));
    assertEquals(-1f, at(Activation.TANH, -Float.MAX_VALUE));
  }

  @Test
  void thePiecewiseLinearOnesHaveTheirCorners() {
    float infinity = Float.POSITIVE_INFINITY;
    assertEquals(infinity, at(Activation.RELU, infinity));
    assertEquals(0f, at(Activation.RELU, -infinity));
    assertEquals(0f, at(Activation.RELU, -Float.MIN_VALUE));
    assertEquals(Float.MIN_VALUE, at(Activation.RELU, Float.MIN_VALUE));
    assertEquals(-infinity, at(Activation.LINEAR, -infinity));
    for (Activation hard :
        new Activation[] {Activation.HARD_SIGMOID, Activation.HARD_SIGMOID_CLASSIC}) {
      assertEquals(1f, at(hard, infinity));
      assertEquals(0f, at(hard, -infinity));
      assertEquals(0.5f, at(hard, 0f));
      assertEquals(0.5f, at(hard, -0f));
    }
    assertEquals(1f, at(Activation.HARD_SIGMOID, 3f));
    assertEquals(0f, at(Activation.HARD_SIGMOID, -3.000001f));
    assertEquals(0.75f, at(Activation.HARD_SIGMOID, 1.5f));
    assertEquals(1f, at(Activation.HARD_SIGMOID_CLASSIC, 2.5f));
    assertEquals(0f, at(Activation.HARD_SIGMOID_CLASSIC, -2.500001f));
    assertEquals(0.7f, at(Activation.HARD_SIGMOID_CLASSIC, 1f));
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @ParameterizedTest
  @EnumSource
  void rejectsWhatItMustNotTouch(Activation activation) {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    MemorySegment heap = MemorySegment.ofArray(new float[10]);
    MemorySegment fixed = s.asReadOnly();
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(40, 4);
    }
    assertEquals(
        "Activation: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> activation.apply(-1, s, 0, s, 0)));
    assertEquals(
        "Activation: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> activation.apply(10, s, 1, s, 0)));
    assertEquals(
        "Activation: y takes 10 elements from offset -1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> activation.apply(10, s, 0, s, -1)));
    assertEquals(
        "Activation: x is a heap segment; the kernels take off-heap memory. Copy it:"
            + " arena.allocateFrom(JAVA_FLOAT, array)",
        message(IllegalArgumentException.class, () -> activation.apply(10, heap, 0, s, 0)));
    assertEquals(
        "Activation: the arena of x is closed",
        message(IllegalStateException.class, () -> activation.apply(10, closed, 0, s, 0)));
    assertEquals(
        "Activation: y is written, but its segment is read-only",
        message(IllegalArgumentException.class, () -> activation.apply(10, s, 0, fixed, 0)));

    assertEquals(
        "Activation: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> activation.gradient(-1, s, 0, s, 0, s, 0)));
    assertEquals(
        "Activation: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> activation.gradient(10, s, 1, s, 0, s, 0)));
    assertEquals(
        "Activation: dy takes 10 elements from offset 2, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> activation.gradient(10, s, 0, s, 2, s, 0)));
    assertEquals(
        "Activation: dx takes 10 elements from offset 3, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> activation.gradient(10, s, 0, s, 0, s, 3)));
    assertEquals(
        "Activation: dx is written, but its segment is read-only",
        message(
            IllegalArgumentException.class, () -> activation.gradient(10, s, 0, s, 0, fixed, 0)));
    assertEquals(
        "Activation: the arena of dx is closed",
        message(IllegalStateException.class, () -> activation.gradient(10, s, 0, s, 0, closed, 0)));
  }
}
