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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
      case RELU6 -> kernels.clamp(0f, 6f);
      case HARD_TANH -> kernels.clamp(-1f, 1f);
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
      case HARD_SILU -> 1.5;
      case SPARSE_PLUS -> 2;
      case SOFTPLUS, LOG_SIGMOID, SQUAREPLUS, TANH_SHRINK -> 3;
      case SILU -> 3.2;
      case GELU_TANH -> 3.8;
      case MISH -> 4.1;
      case GELU -> 6.2;
      default -> 0.5;
    };
  }

  /** From what it takes: x, or what {@link Activation#apply} gave. */
  private static void gradient(Activation activation, int n, Block of, Block dy, Block dx) {
    if (activation.needsInput()) {
      activation.inputGradient(
          n, of.segment, of.offset, dy.segment, dy.offset, dx.segment, dx.offset);
    } else {
      activation.gradient(n, of.segment, of.offset, dy.segment, dy.offset, dx.segment, dx.offset);
    }
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
        Block of = activation.needsInput() ? x : y;
        gradient(activation, n, of, dy, dx);
        for (int j = 0; j < n; j++) {
          double taken = ActivationReference.slope(activation, of.get(0, j)) * dy.get(0, j);
          // Three roundings, and 1 - y or y + low is exact only where y is neither small nor near
          // 1. From x it is that of the sigmoid or the tanh, twice.
          double near1 = Math.ulp(1f) * (activation.needsInput() ? 3 : 0.5);
          double rounding = Math.max(3 * Math.ulp((float) taken), near1);
          assertEquals(taken, dx.get(0, j), rounding, activation + " from what it takes");
          if (activation.needsInput()) {
            continue;
          }
          double exact = ActivationReference.value(activation, x.get(0, j));
          double ofX = ActivationReference.slope(activation, exact) * dy.get(0, j);
          // An error in y of 2.5 ULP doubles where y is near 1.
          float scale = (float) Math.max(1, Math.abs(exact));
          assertEquals(ofX, dx.get(0, j), 8 * Math.ulp(scale), activation + " from x");
        }
        of.assertMarginUntouched();
        dy.assertMarginUntouched();
        dx.assertMarginUntouched();
        if (activation != Activation.LINEAR) {
          Block scalar = Block.vector(arena, n);
          scalar(activation)
              .gradient(
                  n, of.segment, of.offset, dy.segment, dy.offset, scalar.segment, scalar.offset);
          assertArrayEquals(scalar.values(), dx.values());
        }
        Block copy = dy.copy(arena);
        gradient(activation, n, of, copy, copy);
        assertArrayEquals(dx.values(), copy.values());
        gradient(activation, n, of, dy, of);
        assertArrayEquals(dx.values(), of.values());
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
        (n, x, xOffset, y, yOffset) -> {
          if (activation.needsInput()) {
            activation.inputGradient(n, x, xOffset, x, xOffset, y, yOffset);
          } else {
            activation.gradient(n, x, xOffset, x, xOffset, y, yOffset);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void theGradientStaysFiniteAtTheEnds(Activation activation) {
    float infinity = Float.POSITIVE_INFINITY;
    for (float x : new float[] {-infinity, -Float.MAX_VALUE, -1e5f, -0f, 0f, 1e5f, infinity}) {
      try (Arena arena = Arena.ofConfined()) {
        Block of = Block.vector(arena, 1);
        of.segment.setAtIndex(JAVA_FLOAT, of.offset, x);
        if (!activation.needsInput()) {
          activation.apply(1, of.segment, of.offset, of.segment, of.offset);
        }
        Block dy = Block.vector(arena, 1).fill(1f);
        gradient(activation, 1, of, dy, dy);
        float expected = limit(activation, x);
        assertEquals(expected, dy.get(0, 0), 1e-6f, activation + " at " + x);
      }
    }
  }

  /** The slope far from 0, and at 0 the one that is computed. */
  private static float limit(Activation activation, float x) {
    if (Math.abs(x) < 1) {
      float y = at(activation, x);
      return (float) ActivationReference.slope(activation, activation.needsInput() ? x : y);
    }
    return switch (activation) {
      case LINEAR, HARD_SHRINK, SOFT_SHRINK, TANH_SHRINK -> 1;
      case LEAKY_RELU -> x > 0 ? 1 : 0.2f;
      case SELU -> x > 0 ? 1.050701f : 0;
      case LOG_SIGMOID -> x > 0 ? 0 : 1;
      case EXPONENTIAL -> x > 0 ? Float.POSITIVE_INFINITY : 0;
      case RELU, ELU, SPARSE_PLUS, SOFTPLUS, SQUAREPLUS, SILU, HARD_SILU, GELU, GELU_TANH, MISH ->
          x > 0 ? 1 : 0;
      default -> 0;
    };
  }

  @ParameterizedTest
  @EnumSource
  void refusesTheGradientOfWhatItDoesNotTake(Activation activation) {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    if (activation.needsInput()) {
      assertEquals(
          "Activation: the gradient of "
              + activation
              + " is computed from x, not from y: keep x and call inputGradient",
          message(IllegalArgumentException.class, () -> activation.gradient(9, s, 0, s, 0, s, 0)));
    } else {
      assertEquals(
          "Activation: the gradient of "
              + activation
              + " is computed from y, not from x: call gradient with what apply gave",
          message(
              IllegalArgumentException.class, () -> activation.inputGradient(9, s, 0, s, 0, s, 0)));
    }
  }

  @Test
  void sixNeedTheirInput() {
    assertEquals(
        EnumSet.of(
            Activation.TANH_SHRINK,
            Activation.SILU,
            Activation.HARD_SILU,
            Activation.GELU,
            Activation.GELU_TANH,
            Activation.MISH),
        Arrays.stream(Activation.values())
            .filter(Activation::needsInput)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Activation.class))));
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

  @ParameterizedTest
  @CsvSource({
    "RELU6, 0, 6",
    "HARD_TANH, -1, 1",
    "SPARSE_SIGMOID, 0, 1",
    "SPARSE_PLUS, 0, Infinity",
    "HARD_SHRINK, -Infinity, Infinity",
    "SOFT_SHRINK, -Infinity, Infinity",
    "SOFTPLUS, 0, Infinity",
    "LOG_SIGMOID, -Infinity, -0.0",
    "SQUAREPLUS, 0, Infinity",
    "TANH_SHRINK, -Infinity, Infinity",
    "SILU, -0.0, Infinity",
    "HARD_SILU, -0.0, Infinity",
    "GELU, 0, Infinity",
    "GELU_TANH, -0.0, Infinity",
    "MISH, -0.0, Infinity"
  })
  void hasItsLimitsAtTheInfinities(Activation activation, float below, float above) {
    assertEquals(below, at(activation, Float.NEGATIVE_INFINITY));
    assertEquals(above, at(activation, Float.POSITIVE_INFINITY));
  }

  @Test
  void theNewerOnesHaveTheirCorners() {
    assertEquals(6f, at(Activation.RELU6, 6.000001f));
    assertEquals(5.999999f, at(Activation.RELU6, 5.999999f));
    assertEquals(-1f, at(Activation.HARD_TANH, -1.0000001f));
    assertEquals(0f, at(Activation.HARD_SHRINK, 0.5f));
    assertEquals(0.50000006f, at(Activation.HARD_SHRINK, 0.50000006f));
    assertEquals(-0.5f, at(Activation.SOFT_SHRINK, -1f));
    assertEquals(0f, at(Activation.SOFT_SHRINK, -0.5f));
    assertEquals(0f, at(Activation.SPARSE_PLUS, -1f));
    assertEquals(0.25f, at(Activation.SPARSE_PLUS, 0f));
    assertEquals(1f, at(Activation.SPARSE_PLUS, 1f));
    assertEquals(-0f, at(Activation.HARD_SILU, -3.000001f));
    assertEquals(3f, at(Activation.HARD_SILU, 3f));
    assertEquals(0.6931472f, at(Activation.SOFTPLUS, 0f));
    assertEquals(-0.6931472f, at(Activation.LOG_SIGMOID, -0f));
    assertEquals(1f, at(Activation.SQUAREPLUS, 0f));
    assertEquals(-0f, at(Activation.TANH_SHRINK, -0f));
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  private interface Gradient {
    void of(long n, MemorySegment of, long o, MemorySegment dy, long p, MemorySegment dx, long q);
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

    Gradient gradient = activation.needsInput() ? activation::inputGradient : activation::gradient;
    assertEquals(
        "Activation: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> gradient.of(-1, s, 0, s, 0, s, 0)));
    assertEquals(
        "Activation: "
            + (activation.needsInput() ? "x" : "y")
            + " takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> gradient.of(10, s, 1, s, 0, s, 0)));
    assertEquals(
        "Activation: dy takes 10 elements from offset 2, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> gradient.of(10, s, 0, s, 2, s, 0)));
    assertEquals(
        "Activation: dx takes 10 elements from offset 3, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> gradient.of(10, s, 0, s, 0, s, 3)));
    assertEquals(
        "Activation: dx is written, but its segment is read-only",
        message(IllegalArgumentException.class, () -> gradient.of(10, s, 0, s, 0, fixed, 0)));
    assertEquals(
        "Activation: the arena of dx is closed",
        message(IllegalStateException.class, () -> gradient.of(10, s, 0, s, 0, closed, 0)));
  }
}
