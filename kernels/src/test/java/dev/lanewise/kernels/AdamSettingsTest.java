package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What {@link AdamUpdate} makes of its settings. */
class AdamSettingsTest {

  private static final double RATE = 1e-2;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double DECAY = 0.3;
  private static final int STEPS = 7;

  /** The operands of one Adam, and the same in double. */
  private static final class Run {
    final int n;
    final SplittableRandom random;
    final Block g;
    final Block m;
    final Block v;
    final Block w;
    final double[] first;
    final double[] second;
    final double[] weights;

    Run(Arena arena, int n) {
      this.n = n;
      this.random = new SplittableRandom(n);
      this.g = Block.vector(arena, n);
      this.m = Block.vector(arena, n);
      this.v = Block.vector(arena, n);
      this.w = Block.vector(arena, n).random(random);
      this.first = new double[n];
      this.second = new double[n];
      this.weights = w.doubles();
    }

    void step(int step, AdamSettings settings) {
      AdamUpdate.apply(
          n, step, RATE, settings, g.segment, g.offset, m.segment, m.offset, v.segment, v.offset,
          w.segment, w.offset);
    }

    void assertClose() {
      for (int j = 0; j < n; j++) {
        // Gradients and weights are below 1, second moments below steps * (1 - beta2).
        assertEquals(first[j], m.get(0, j), Tolerance.forward(STEPS, 1), "m " + j);
        assertEquals(second[j], v.get(0, j), Tolerance.forward(STEPS, 0.007), "v " + j);
        assertEquals(weights[j], w.get(0, j), Tolerance.forward(2 * STEPS, 1), "w " + j);
      }
      g.assertMarginUntouched();
      m.assertMarginUntouched();
      v.assertMarginUntouched();
      w.assertMarginUntouched();
    }
  }

  @Test
  void kerasDecaysTheWeightsBeforeTheStep() {
    AdamSettings settings = AdamSettings.keras(BETA1, BETA2, 1e-7, DECAY);
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Run run = new Run(arena, n);
        for (int step = 1; step <= STEPS; step++) {
          run.g.random(run.random);
          double rate = RATE * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
          for (int j = 0; j < n; j++) {
            double gradient = run.g.get(0, j);
            run.weights[j] -= run.weights[j] * DECAY * RATE;
            run.first[j] += (gradient - run.first[j]) * (1 - BETA1);
            run.second[j] += (gradient * gradient - run.second[j]) * (1 - BETA2);
            run.weights[j] -= rate * run.first[j] / (Math.sqrt(run.second[j]) + 1e-7);
          }
          run.step(step, settings);
        }
        run.assertClose();
      }
    }
  }

  /** With an epsilon so large that it shows where it is added. */
  @Test
  void pyTorchAddsEpsilonAfterTheCorrection() {
    double epsilon = 0.1;
    AdamSettings settings = AdamSettings.pyTorch(BETA1, BETA2, epsilon, DECAY);
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Run run = new Run(arena, n);
        for (int step = 1; step <= STEPS; step++) {
          run.g.random(run.random);
          double correction = Math.sqrt(1 - Math.pow(BETA2, step));
          for (int j = 0; j < n; j++) {
            double gradient = run.g.get(0, j);
            run.weights[j] *= 1 - RATE * DECAY;
            run.first[j] = BETA1 * run.first[j] + (1 - BETA1) * gradient;
            run.second[j] = BETA2 * run.second[j] + (1 - BETA2) * gradient * gradient;
            double root = Math.sqrt(run.second[j]) / correction + epsilon;
            run.weights[j] -= RATE / (1 - Math.pow(BETA1, step)) * run.first[j] / root;
          }
          run.step(step, settings);
        }
        run.assertClose();
      }
    }
  }

  @Test
  void withoutDecayItIsTheBitsOfAdamWithoutSettings() {
    int n = 4 * Sizes.LANES + 3;
    try (Arena arena = Arena.ofConfined()) {
      Run run = new Run(arena, n);
      Run plain = new Run(arena, n);
      run.w.set(0, n - 1, -0f);
      plain.w.set(0, n - 1, -0f);
      for (int step = 1; step <= STEPS; step++) {
        run.g.random(run.random);
        plain.g.random(plain.random);
        run.step(step, AdamSettings.keras(BETA1, BETA2, 1e-7, 0));
        AdamUpdate.apply(
            n,
            step,
            RATE,
            BETA1,
            BETA2,
            1e-7,
            plain.g.segment,
            plain.g.offset,
            plain.m.segment,
            plain.m.offset,
            plain.v.segment,
            plain.v.offset,
            plain.w.segment,
            plain.w.offset);
      }
      assertArrayEquals(plain.m.values(), run.m.values());
      assertArrayEquals(plain.v.values(), run.v.values());
      assertArrayEquals(plain.w.values(), run.w.values());
    }
  }

  /** 1 - 4e-6 in float is 1 - 4.05e-6: by that factor a weight of 1 would lose 1.3 % too much. */
  @Test
  void aSmallDecayIsNotRoundedAsAFactor() {
    try (Arena arena = Arena.ofConfined()) {
      Block g = Block.of(arena, 0f);
      Block m = Block.vector(arena, 1);
      Block v = Block.of(arena, 1f);
      Block w = Block.of(arena, 1f / 0x1p-23f - 1f); // The last place of 2^23 - 1 is 1/2.
      double before = w.get(0, 0);
      AdamUpdate.apply(
          1,
          1,
          1e-3,
          AdamSettings.keras(BETA1, BETA2, 1e-7, 4e-3),
          g.segment,
          g.offset,
          m.segment,
          m.offset,
          v.segment,
          v.offset,
          w.segment,
          w.offset);
      assertEquals(before - 4e-6 * before, w.get(0, 0), 0.25);
      assertEquals(33.5, before - w.get(0, 0));
    }
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    AdamSettings settings = AdamSettings.keras(BETA1, BETA2, 1e-7, DECAY);
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    MemorySegment shorter = s.asSlice(0, 36);
    assertEquals(
        "AdamUpdate: step=0, expected 1 for the first update, then 2, 3, ..",
        assertThrows(
                IllegalArgumentException.class,
                () -> AdamUpdate.apply(10, 0, RATE, settings, s, 0, s, 0, s, 0, s, 0))
            .getMessage());
    assertEquals(
        "AdamUpdate: w takes 10 elements from offset 0, but its segment holds 9",
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> AdamUpdate.apply(10, 1, RATE, settings, s, 0, s, 0, s, 0, shorter, 0))
            .getMessage());
  }
}
