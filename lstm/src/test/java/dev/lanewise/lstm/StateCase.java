package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A layer that has states, and what it is tried on.
 *
 * @param masked whether there is padding
 */
record StateCase(String name, Layer layer, boolean masked) {
  static final int BATCH = 6;
  static final int FEATURES = 3;
  static final int STEPS = 5;

  @Override
  public String toString() {
    return name;
  }

  TrainedAlone alone(List<TrainingBlock> from, boolean givesStates) {
    return new TrainedAlone(layer, x(), mask(), from, givesStates);
  }

  TrainedAlone alone() {
    return alone(initial(true, true), true);
  }

  Tensor x() {
    return ReferenceModel.random(1, BATCH, STEPS, FEATURES);
  }

  /** Padding nowhere, at the beginning, in the middle, everywhere, at the end, around. */
  @Nullable Mask mask() {
    if (!masked) {
      return null;
    }
    Tensor mask = Tensor.zeros(BATCH, STEPS).fill(1);
    mask.select(0, 1).slice(0, 0, 2).fill(0);
    mask.select(0, 2).slice(0, 1, 4).fill(0);
    mask.select(0, 3).fill(0);
    mask.select(0, 4).slice(0, 2, STEPS).fill(0);
    mask.select(0, 5).slice(0, 0, 1).fill(0);
    mask.select(0, 5).slice(0, 3, STEPS).fill(0);
    return Mask.of(mask);
  }

  List<TrainingBlock> initial(boolean wantsH, boolean wantsC) {
    List<TrainingBlock> all = new ArrayList<>();
    for (int units : layer.stateUnits()) {
      all.add(initial(units, wantsH, all.size()));
    }
    for (int units : layer.cellUnits()) {
      all.add(initial(units, wantsC, all.size()));
    }
    return all;
  }

  private static TrainingBlock initial(int units, boolean wanted, int seed) {
    return TrainedAlone.Block.of(ReferenceModel.random(20 + seed, BATCH, units), wanted, null);
  }

  /** Names of the states, in order. */
  List<String> states() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layer.stateUnits().size(); i++) {
      names.add(ReferenceStates.hName(i));
    }
    for (int i = 0; i < layer.cellUnits().size(); i++) {
      names.add(ReferenceStates.cName(i));
    }
    return names;
  }

  /**
   * What rounding may add up to in a forward, relative; oneDNN's rule. A backward has twice that.
   */
  double rounding() {
    int sums = (FEATURES + layer.stateUnits().getFirst()) * STEPS;
    return 4 * Math.ceil(Math.log(sums) / Math.log(2)) * Math.ulp(1f);
  }

  /** Builders of each kind of recurrent layer. */
  static Stream<Recurrent.Builder<?>> kinds(int units) {
    return Stream.of(
        Lstm.builder(units),
        Lstm.builder(units).activation(Activation.GELU),
        Lstm.builder(units).peepholes(true).clip(0.5f),
        Lstm.builder(units).coupledGates(true).projection(units - 2),
        Lstm.builder(units)
            .activation(Activation.SILU)
            .peepholes(true)
            .coupledGates(true)
            .clip(0.75f)
            .projection(units - 1),
        Gru.builder(units),
        Gru.builder(units).resetAfter(false),
        Gru.builder(units).activation(Activation.SILU),
        Gru.builder(units).resetAfter(false).activation(Activation.SILU),
        SimpleRnn.builder(units));
  }

  /** Each kind: in either direction and both, with padding and without, all outputs or the last. */
  static Stream<StateCase> all() {
    List<StateCase> cases = new ArrayList<>();
    for (boolean masked : new boolean[] {false, true}) {
      for (boolean sequences : new boolean[] {false, true}) {
        for (boolean backwards : new boolean[] {false, true}) {
          kinds(5)
              .map(each -> each.returnSequences(sequences).goBackwards(backwards).build())
              .forEach(layer -> add(layer, masked, cases));
        }
        kinds(4)
            .map(each -> Bidirectional.of(each.returnSequences(sequences).build()))
            .forEach(layer -> add(layer, masked, cases));
      }
      kinds(19).forEach(each -> add(each.build(), masked, cases)); // past a vector
    }
    kinds(5)
        .map(each -> each.returnSequences(true).zeroOutputForMask(true).build())
        .forEach(layer -> add(layer, true, cases));
    return cases.stream();
  }

  /** Those that drop features, units of h, or both; in either direction and both. */
  static Stream<StateCase> dropping() {
    List<StateCase> cases = new ArrayList<>();
    dropping(false, cases);
    dropping(true, cases);
    return cases.stream();
  }

  private static void dropping(boolean masked, List<StateCase> cases) {
    kinds(5).forEach(each -> add(each.dropout(0.4).build(), masked, cases));
    kinds(5)
        .map(each -> each.recurrentDropout(0.4).useBias(false).goBackwards(true).build())
        .forEach(layer -> add(layer, masked, cases));
    kinds(19)
        .map(each -> each.dropout(0.3).recurrentDropout(0.2).returnSequences(true))
        .peek(each -> add(each.build(), masked, cases))
        .map(each -> Bidirectional.of(each.build()))
        .forEach(layer -> add(layer, masked, cases));
  }

  private static void add(Layer layer, boolean masked, List<StateCase> cases) {
    cases.add(
        new StateCase(cases.size() + " " + layer + (masked ? ", masked" : ""), layer, masked));
  }

  static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** From one to the next of some sixty numbers, of which a sample is enough; odd. */
  static int stride(int length) {
    return length / 60 | 1;
  }

  /** Relative to the largest element: those near 0 are differences of large ones. */
  static void assertClose(String name, double[] expected, float[] actual, double bound) {
    assertClose(name, expected, actual, 1, bound);
  }

  /** Of every so many numbers. */
  static void assertClose(
      String name, double[] expected, float[] actual, int stride, double bound) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < actual.length; i++) {
      assertFalse(Float.isNaN(actual[i]), name + "[" + i + "] was not written");
    }
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i += stride) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    assertTrue(largest > 0, name + " is 0");
    assertTrue(worst <= bound * largest, name + ": error " + worst + " of " + largest);
  }

  static void assertSame(List<float[]> expected, List<float[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "of result " + i);
    }
  }
}
