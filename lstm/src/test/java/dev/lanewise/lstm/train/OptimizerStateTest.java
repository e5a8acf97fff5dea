package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.AdamSettings;
import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.RmsPropSettings;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class OptimizerStateTest {
  private static final int STEPS = 20;
  private static final int N = 7 * 16; // a kernel of 3 x 13, then a bias of 52

  /** Some roundings of numbers of about 1 in each step; a variance takes 10 times its mean's. */
  private static final double TOLERANCE = STEPS * 10 * Math.ulp(1f);

  private static ModelWeights weights() {
    List<WeightSpec> specs =
        List.of(
            WeightSpec.trained("kernel", Shape.of(3, 13), Initializer.ZEROS),
            WeightSpec.trained("bias", Shape.of(52), Initializer.ZEROS));
    return ModelWeights.zeros(List.of(specs), List.of("dense"));
  }

  /** Rates differ from step to step, as a schedule's do. */
  private static double rate(int step) {
    return 0.1 / (1 + step % 3);
  }

  private static MemorySegment random(long seed, int count) {
    SplitMix64 random = SplitMix64.stream(seed, 0);
    MemorySegment values = Blocks.allocate(Arena.ofAuto(), count);
    for (int i = 0; i < count; i++) {
      values.setAtIndex(JAVA_FLOAT, i, random.nextInt(2001) / 1000f - 1);
    }
    return values;
  }

  private static float[] floats(MemorySegment values) {
    return values.asSlice(0, N * Float.BYTES).toArray(JAVA_FLOAT);
  }

  private static void assertFollows(ReferenceUpdate reference, OptimizerState state) {
    assertFollows(reference, reference, _ -> false, state);
  }

  /** Against double, with random gradients. */
  private static void assertFollows(
      ReferenceUpdate reference,
      ReferenceUpdate other,
      LongPredicate isOther,
      OptimizerState state) {
    MemorySegment weights = random(1, N);
    double[] expected = new double[N];
    double[][] kept = new double[N][3];
    for (int i = 0; i < N; i++) {
      expected[i] = weights.getAtIndex(JAVA_FLOAT, i);
    }
    for (int step = 1; step <= STEPS; step++) {
      MemorySegment gradients = random(step + 1, N);
      state.begin(rate(step));
      state.update(0, N, gradients, weights);
      for (int i = 0; i < N; i++) {
        double g = gradients.getAtIndex(JAVA_FLOAT, i);
        ReferenceUpdate own = isOther.test(i) ? other : reference;
        expected[i] += own.change(step, rate(step), g, expected[i], kept[i]);
        float actual = weights.getAtIndex(JAVA_FLOAT, i);
        assertEquals(expected[i], actual, TOLERANCE, "step " + step + ", element " + i);
      }
    }
    assertEquals(STEPS, state.step());
  }

  @Test
  void descentFollowsItsFormula() {
    assertFollows(ReferenceUpdate.sgd(0, false), new SgdState(0, false, N));
    assertFollows(ReferenceUpdate.sgd(0, true), new SgdState(0, true, N));
    assertFollows(ReferenceUpdate.sgd(0.9, false), new SgdState(0.9, false, N));
    assertFollows(ReferenceUpdate.sgd(0.9, true), new SgdState(0.9, true, N));
  }

  @Test
  void adamFollowsItsFormula() {
    for (boolean corrected : new boolean[] {false, true}) {
      AdamSettings settings = new AdamSettings(0.8, 0.95, 0.01, corrected, 0);
      assertFollows(
          ReferenceUpdate.adam(0.8, 0.95, 0.01, corrected, 0), new AdamState(settings, N));
    }
  }

  @Test
  void adamWFollowsItsFormulaAndLeavesWhatIsExcluded() {
    for (boolean corrected : new boolean[] {false, true}) {
      AdamSettings settings = new AdamSettings(0.8, 0.95, 0.01, corrected, 0.5);
      ReferenceUpdate decaying = ReferenceUpdate.adam(0.8, 0.95, 0.01, corrected, 0.5);
      ReferenceUpdate kept = ReferenceUpdate.adam(0.8, 0.95, 0.01, corrected, 0);
      assertFollows(decaying, new AdamWState(settings, weights(), _ -> false));
      assertFollows(
          decaying,
          kept,
          i -> i >= 48 && i < 48 + 52,
          new AdamWState(settings, weights(), "dense/bias"::equals));
      assertFollows(
          decaying,
          kept,
          i -> i < 39 || (i >= 48 && i < 48 + 52),
          new AdamWState(settings, weights(), _ -> true));
    }
  }

  @Test
  void rmsPropFollowsItsFormula() {
    for (boolean inside : new boolean[] {false, true}) {
      for (boolean centered : new boolean[] {false, true}) {
        for (double momentum : new double[] {0, 0.5}) {
          RmsPropSettings settings = new RmsPropSettings(0.8, momentum, 0.01, inside, centered);
          assertFollows(
              ReferenceUpdate.rmsProp(0.8, momentum, 0.01, inside, centered),
              new RmsPropState(settings, N));
        }
      }
    }
  }

  @Test
  void aRuleOfOnesOwnFollowsItsFormula() {
    CustomState.Rule momentum =
        (_, rate, from, n, gradients, slots, weights) -> {
          AddScaled.apply(n, -0.5f, slots.getFirst(), from, slots.getFirst(), from);
          AddScaled.apply(n, (float) -rate, gradients, from, slots.getFirst(), from);
          AddScaled.apply(n, 1, slots.getFirst(), from, weights, from);
        };
    assertFollows(
        ReferenceUpdate.sgd(0.5, false), new CustomState(List.of("momentum"), momentum, N));
  }

  private static final List<LongFunction<OptimizerState>> ALL =
      List.of(
          n -> new SgdState(0, false, n),
          n -> new SgdState(0.9, true, n),
          n -> new AdamState(AdamSettings.keras(0.9, 0.999, 1e-7, 0), n),
          _ ->
              new AdamWState(
                  AdamSettings.keras(0.9, 0.999, 1e-7, 0.1), weights(), "dense/bias"::equals),
          n -> new RmsPropState(RmsPropSettings.keras(0.9, 0.5, 1e-7, true), n));

  private static void step(OptimizerState state, int step, MemorySegment weights, int range) {
    MemorySegment gradients = random(step, N);
    state.begin(rate(step));
    for (int from = 0; from < N; from += range) {
      state.update(from, Math.min(range, N - from), gradients, weights);
    }
  }

  @Test
  void rangesDoNotChangeTheBits() {
    for (LongFunction<OptimizerState> each : ALL) {
      MemorySegment whole = random(1, N);
      MemorySegment parts = random(1, N);
      OptimizerState one = each.apply(N);
      OptimizerState other = each.apply(N);
      for (int step = 2; step < 6; step++) {
        step(one, step, whole, N);
        step(other, step, parts, 16 * (step - 1));
      }
      assertArrayEquals(floats(whole), floats(parts));
    }
  }

  @Test
  void goesOnFromWhatAnotherKept() {
    for (LongFunction<OptimizerState> each : ALL) {
      MemorySegment together = random(1, N);
      OptimizerState one = each.apply(N);
      step(one, 2, together, N);
      step(one, 3, together, N);
      MemorySegment apart = random(1, N);
      OptimizerState before = each.apply(N);
      step(before, 2, apart, N);
      OptimizerState after = each.apply(N);
      after.restore(before.step(), before.slots().stream().map(Slot::values).toList());
      step(after, 3, apart, N);
      assertArrayEquals(floats(together), floats(apart));
      assertEquals(2, after.step());
      for (int i = 0; i < one.slots().size(); i++) {
        float[] expected = floats(one.slots().get(i).values());
        assertArrayEquals(expected, floats(after.slots().get(i).values()));
      }
    }
  }

  private static List<String> slots(OptimizerState state) {
    return state.slots().stream().map(Slot::name).toList();
  }

  @Test
  void slotsHaveKerasNames() {
    assertEquals(List.of(), slots(ALL.get(0).apply(N)));
    assertEquals(List.of("momentum"), slots(ALL.get(1).apply(N)));
    assertEquals(List.of("momentum", "velocity"), slots(ALL.get(2).apply(N)));
    assertEquals(List.of("momentum", "velocity"), slots(ALL.get(3).apply(N)));
    assertEquals(List.of("velocity", "momentum", "average_gradient"), slots(ALL.get(4).apply(N)));
    RmsPropSettings centered = RmsPropSettings.keras(0.9, 0, 1e-7, true);
    assertEquals(List.of("velocity", "average_gradient"), slots(new RmsPropState(centered, N)));
  }

  @Test
  void refusesWhatAnotherModelOrOptimizerKept() {
    OptimizerState state = new SgdState(0.9, false, N);
    MemorySegment whole = random(1, N);
    MemorySegment half = random(1, N / 2);
    String expected =
        "expected 0 updates or more and the 1 slots [momentum]: those of the same optimizer with"
            + " the same settings";
    refuses(
        "OptimizerState.restore: step=3 and 2 slots, " + expected,
        () -> state.restore(3, List.of(whole, whole)));
    refuses(
        "OptimizerState.restore: step=-1 and 1 slots, " + expected,
        () -> state.restore(-1, List.of(whole)));
    refuses(
        "OptimizerState.restore: slot momentum has 224 bytes, expected 448: those of the same"
            + " model, with the same trainable layers",
        () -> state.restore(3, List.of(half)));
    assertEquals(0, state.step());
  }

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
