package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.RmsPropKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RmsPropUpdateTest {

  private static final RmsPropKernel SCALAR = new ScalarKernels().rmsProp();
  private static final double RATE = 1e-3;
  private static final int STEPS = 7;

  static List<RmsPropSettings> settings() {
    List<RmsPropSettings> all = new ArrayList<>();
    for (boolean centered : new boolean[] {false, true}) {
      for (double momentum : new double[] {0, 0.9}) {
        // An epsilon so large that it shows where it is added.
        all.add(RmsPropSettings.keras(0.9, momentum, 0.1, centered));
        all.add(RmsPropSettings.pyTorch(0.9, momentum, 0.1, centered));
      }
    }
    return all;
  }

  /** As Keras and PyTorch write it, one element. */
  private static final class Reference {
    final RmsPropSettings settings;
    double square;
    double mean;
    double velocity;
    double weight;

    Reference(RmsPropSettings settings, double weight) {
      this.settings = settings;
      this.weight = weight;
    }

    void step(double g) {
      double rho = settings.rho();
      square = rho * square + (1 - rho) * g * g;
      double under = square;
      if (settings.centered()) {
        mean = rho * mean + (1 - rho) * g;
        under -= mean * mean;
      }
      double change =
          settings.epsilonIsInside()
              ? RATE * g / Math.sqrt(under + settings.epsilon())
              : RATE * g / (Math.sqrt(under) + settings.epsilon());
      if (settings.momentum() > 0) {
        velocity = settings.momentum() * velocity + change;
        change = velocity;
      }
      weight -= change;
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isItsPaperInDoubleOverSeveralSteps(RmsPropSettings settings) {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block g = Block.vector(arena, n);
        Block v = Block.vector(arena, n);
        Block a = Block.vector(arena, n);
        Block b = Block.vector(arena, n);
        Block w = Block.vector(arena, n).random(random);
        Reference[] expected = new Reference[n];
        for (int j = 0; j < n; j++) {
          expected[j] = new Reference(settings, w.get(0, j));
        }
        for (int step = 0; step < STEPS; step++) {
          g.random(random);
          for (int j = 0; j < n; j++) {
            expected[j].step(g.get(0, j));
          }
          RmsPropUpdate.apply(
              n, RATE, settings, g.segment, g.offset, v.segment, v.offset, a.segment, a.offset,
              b.segment, b.offset, w.segment, w.offset);
        }
        for (int j = 0; j < n; j++) {
          // Gradients and weights are below 1, changes below 10 * rate.
          assertEquals(expected[j].square, v.get(0, j), Tolerance.forward(STEPS, 1), "v " + j);
          assertEquals(expected[j].mean, a.get(0, j), Tolerance.forward(STEPS, 1), "a " + j);
          assertEquals(-expected[j].velocity, b.get(0, j), Tolerance.forward(STEPS, .1), "b " + j);
          assertEquals(expected[j].weight, w.get(0, j), Tolerance.forward(STEPS, 1), "w " + j);
        }
        for (Block block : new Block[] {g, v, a, b, w}) {
          block.assertMarginUntouched();
        }
      }
    }
  }

  @Test
  void isTheScalarKernelsBitsAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      for (boolean centered : new boolean[] {false, true}) {
        SplittableRandom random = new SplittableRandom(n);
        try (Arena arena = Arena.ofConfined()) {
          Block g = Block.vector(arena, n).random(random);
          Block v = Block.vector(arena, n).random(random, 0.5f);
          Block a = Block.vector(arena, n).random(random);
          Block w = Block.vector(arena, n).random(random);
          if (n > 3) {
            g.set(0, n - 1, Float.NaN);
            g.set(0, n - 2, Float.POSITIVE_INFINITY);
            v.set(0, n - 3, -1f);
          }
          Block scalarV = v.copy(arena);
          Block scalarA = a.copy(arena);
          Block scalarW = w.copy(arena);
          RmsPropUpdate.apply(
              n,
              RATE,
              RmsPropSettings.keras(0.9, 0, 1e-7, centered),
              g.segment,
              g.offset,
              v.segment,
              v.offset,
              a.segment,
              a.offset,
              MemorySegment.NULL,
              0,
              w.segment,
              w.offset);
          float rate = (float) RATE;
          float own = (float) (1 - 0.9);
          if (centered) {
            SCALAR.centered(
                n,
                rate,
                own,
                1e-7f,
                0f,
                g.segment,
                g.offset,
                scalarV.segment,
                scalarV.offset,
                scalarA.segment,
                scalarA.offset,
                scalarW.segment,
                scalarW.offset);
          } else {
            SCALAR.apply(
                n,
                rate,
                own,
                1e-7f,
                0f,
                g.segment,
                g.offset,
                scalarV.segment,
                scalarV.offset,
                scalarW.segment,
                scalarW.offset);
          }
          assertArrayEquals(scalarV.values(), v.values());
          assertArrayEquals(scalarA.values(), a.values());
          assertArrayEquals(scalarW.values(), w.values());
        }
      }
    }
  }

  /** 10 again and again after 30: its mean and mean square come down, and stop just above. */
  @Test
  void theVarianceOfEqualGradientsIsNotBelowZero() {
    int n = 4 * Sizes.LANES + 7;
    try (Arena arena = Arena.ofConfined()) {
      Block g = Block.vector(arena, n);
      Block v = Block.vector(arena, n);
      Block a = Block.vector(arena, n);
      Block w = Block.vector(arena, n);
      RmsPropSettings settings = RmsPropSettings.keras(0.9, 0, 1e-7, true);
      for (int step = 0; step < 500; step++) {
        g.fill(step < 100 ? 30f : 10f);
        RmsPropUpdate.apply(
            n,
            RATE,
            settings,
            g.segment,
            g.offset,
            v.segment,
            v.offset,
            a.segment,
            a.offset,
            MemorySegment.NULL,
            0,
            w.segment,
            w.offset);
      }
      for (int j = 0; j < n; j++) {
        float variance = Math.fma(-a.get(0, j), a.get(0, j), v.get(0, j));
        assertTrue(variance < -1e-7f, "the root of " + variance + " + 1e-7 would be no number");
        assertTrue(w.get(0, j) < -1 && w.get(0, j) > -RATE * 500 * 10 / Math.sqrt(1e-7));
      }
    }
  }

  private static String message(
      Class<? extends Exception> type,
      long n,
      MemorySegment g,
      MemorySegment v,
      MemorySegment a,
      MemorySegment b,
      MemorySegment w) {
    RmsPropSettings all = RmsPropSettings.keras(0.9, 0.9, 1e-7, true);
    return assertThrows(type, () -> RmsPropUpdate.apply(n, RATE, all, g, 0, v, 0, a, 0, b, 0, w, 0))
        .getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    MemorySegment shorter = s.asSlice(0, 36);
    MemorySegment fixed = s.asReadOnly();
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    assertEquals("RmsPropUpdate: n=-1, expected 0 or more", message(illegal, -1, s, s, s, s, s));
    String nine = " takes 10 elements from offset 0, but its segment holds 9";
    assertEquals("RmsPropUpdate: g" + nine, message(outside, 10, shorter, s, s, s, s));
    assertEquals("RmsPropUpdate: v" + nine, message(outside, 10, s, shorter, s, s, s));
    assertEquals("RmsPropUpdate: a" + nine, message(outside, 10, s, s, shorter, s, s));
    assertEquals("RmsPropUpdate: b" + nine, message(outside, 10, s, s, s, shorter, s));
    assertEquals("RmsPropUpdate: w" + nine, message(outside, 10, s, s, s, s, shorter));
    String written = " is written, but its segment is read-only";
    assertEquals("RmsPropUpdate: v" + written, message(illegal, 10, s, fixed, s, s, s));
    assertEquals("RmsPropUpdate: a" + written, message(illegal, 10, s, s, fixed, s, s));
    assertEquals("RmsPropUpdate: b" + written, message(illegal, 10, s, s, s, fixed, s));
    assertEquals("RmsPropUpdate: w" + written, message(illegal, 10, s, s, s, s, fixed));
  }
}
