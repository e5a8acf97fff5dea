package dev.lanewise.lstm;

import static dev.lanewise.lstm.StateCase.BATCH;
import static dev.lanewise.lstm.StateCase.STEPS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence in training in two halves, of which the second begins from the first's states. */
class TrainingHalvesTest {

  static Stream<StateCase> oneDirection() {
    return StateCase.all().filter(tried -> tried.layer() instanceof Recurrent);
  }

  /**
   * Where padding begins a half, the whole repeats the other's output: those steps are left out.
   */
  @ParameterizedTest
  @MethodSource("oneDirection")
  void twoHalvesAreTheWhole(StateCase tried) {
    boolean backwards = ((Recurrent) tried.layer()).goBackwards();
    boolean sequences = ((Recurrent) tried.layer()).returnSequences();
    TrainedAlone whole = tried.alone();
    whole.forward(0, BATCH);
    whole.fillGradients(7);
    clearPadded(tried, whole.layer, backwards);
    float[] dOutput = whole.gradient(whole.layer);
    for (int cut = 1; cut < STEPS; cut++) { // steps of the first half
      int time = backwards ? STEPS - cut : cut;
      TrainedAlone one = half(tried, !backwards, time, tried.initial(true, true));
      TrainedAlone two = half(tried, backwards, time, one.layer.states());
      one.forward(0, BATCH);
      two.forward(0, BATCH);
      assertOutput(tried, whole, one, two, cut);
      for (int i = 0; i < tried.states().size(); i++) {
        assertArrayEquals(
            whole.values(whole.layer.states().get(i)), two.values(two.layer.states().get(i)));
      }
      two.fillGradients(7); // of the final states, those of the whole
      int before = sequences ? cut * BATCH * one.layer.width() : 0;
      TrainedAlone.write(part(dOutput, before, two.outputs()), two.layer.gradient());
      float[] first = sequences ? part(dOutput, 0, before) : new float[one.outputs()];
      TrainedAlone.write(first, one.layer.gradient());
      two.backward(0, BATCH);
      one.backward(0, BATCH);
      assertHalves(tried, whole, dOutput, one, two);
    }
  }

  private static float[] part(float[] values, int from, int count) {
    return Arrays.copyOfRange(values, from, from + count);
  }

  private static TrainedAlone half(
      StateCase tried, boolean early, int time, List<TrainingBlock> from) {
    int begin = early ? 0 : time;
    int end = early ? time : STEPS;
    Tensor x = tried.x().slice(1, begin, end).copy();
    Mask all = tried.mask();
    Mask mask = null;
    if (all != null) {
      Tensor live = Tensor.zeros(BATCH, end - begin);
      for (int at = 0; at < BATCH * (end - begin); at++) {
        int row = at / (end - begin);
        int of = at % (end - begin);
        live.set(all.uses(row, begin + of) ? 1 : 0, row, of);
      }
      mask = Mask.of(live);
    }
    return new TrainedAlone(tried.layer(), x, mask, from, true);
  }

  /** Clears the gradients of the outputs of padded steps. */
  private static void clearPadded(StateCase tried, TrainingLayer layer, boolean backwards) {
    Mask mask = tried.mask();
    for (int row = 0; row < BATCH && mask != null && layer.steps() > 1; row++) {
      for (int step = 0; step < layer.steps(); step++) {
        int time = backwards ? STEPS - 1 - step : step;
        if (!mask.uses(row, time)) {
          long at = ((long) step * BATCH + row) * layer.width();
          Blocks.clear(layer.gradient(), at, layer.width());
        }
      }
    }
  }

  private static void assertOutput(
      StateCase tried, TrainedAlone whole, TrainedAlone one, TrainedAlone two, int cut) {
    float[] expected = whole.values(whole.layer);
    if (whole.layer.steps() == 1) {
      assertArrayEquals(expected, two.values(two.layer));
      return;
    }
    boolean backwards = ((Recurrent) tried.layer()).goBackwards();
    Mask mask = tried.mask();
    int width = whole.layer.width();
    for (int at = 0; at < STEPS * BATCH; at++) {
      int step = at / BATCH;
      boolean padded = mask != null && !mask.uses(at % BATCH, backwards ? STEPS - 1 - step : step);
      TrainedAlone half = step < cut ? one : two;
      int place = (at - (step < cut ? 0 : cut * BATCH)) * width;
      if (!padded) {
        assertArrayEquals(
            part(expected, at * width, width), part(half.values(half.layer), place, width));
      }
    }
  }

  private static void assertHalves(
      StateCase tried, TrainedAlone whole, float[] dOutput, TrainedAlone one, TrainedAlone two) {
    double bound = 2 * tried.rounding();
    whole.forward(0, BATCH);
    whole.fillGradients(7);
    TrainedAlone.write(dOutput, whole.layer.gradient());
    whole.backward(0, BATCH);
    for (int i = 0; i < whole.weights.size(); i++) {
      double[] sum = StateCase.doubles(one.gradient(one.weights.get(i)));
      float[] more = two.gradient(two.weights.get(i));
      for (int at = 0; at < sum.length; at++) {
        sum[at] += more[at];
      }
      Weight weight = whole.weights.get(i);
      StateCase.assertClose(weight.name(), sum, whole.gradient(weight), bound);
    }
    for (int i = 0; i < whole.from.size(); i++) {
      double[] expected = StateCase.doubles(one.gradient(one.from.get(i)));
      StateCase.assertClose("initial " + i, expected, whole.gradient(whole.from.get(i)), bound);
    }
    boolean backwards = ((Recurrent) tried.layer()).goBackwards();
    float[] early = backwards ? two.gradient(two.below) : one.gradient(one.below);
    float[] late = backwards ? one.gradient(one.below) : two.gradient(two.below);
    double[] joined = Arrays.copyOf(StateCase.doubles(early), early.length + late.length);
    System.arraycopy(StateCase.doubles(late), 0, joined, early.length, late.length);
    StateCase.assertClose("x", joined, whole.gradient(whole.below), bound);
  }
}
