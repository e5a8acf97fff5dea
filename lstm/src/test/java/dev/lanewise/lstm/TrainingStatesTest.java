package dev.lanewise.lstm;

import static dev.lanewise.lstm.StateCase.BATCH;
import static dev.lanewise.lstm.StateCase.FEATURES;
import static dev.lanewise.lstm.StateCase.STEPS;
import static dev.lanewise.lstm.StateCase.assertClose;
import static dev.lanewise.lstm.StateCase.assertSame;
import static dev.lanewise.lstm.StateCase.doubles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States in training: what a layer begins from, what it ends with, and their gradients. */
class TrainingStatesTest {

  static Stream<StateCase> cases() {
    return Stream.concat(StateCase.all(), StateCase.dropping());
  }

  static Stream<StateCase> dropNothing() {
    return StateCase.all();
  }

  /** What is differentiated; the loss sums outputs and final states, each times a number. */
  private static final class Reference {
    private final StateCase tried;
    private final Map<String, double[]> all = new LinkedHashMap<>(); // as TrainedAlone.results
    private final ReferenceStates walk;
    private final Map<String, double[]> loss = new LinkedHashMap<>();

    Reference(StateCase tried, TrainedAlone alone) {
      this.tried = tried;
      all.put(ReferenceStates.X, doubles(alone.values(alone.below)));
      loss.put(ReferenceStates.Y, doubles(alone.gradient(alone.layer)));
      for (int i = 0; i < tried.states().size(); i++) {
        String name = tried.states().get(i);
        all.put(name, doubles(alone.values(alone.from.get(i))));
        loss.put(name, doubles(alone.gradient(alone.layer.states().get(i))));
      }
      for (Weight weight : alone.weights) {
        String name = weight.name().substring(weight.name().indexOf('/') + 1);
        all.put(name, doubles(weight.value().toArray()));
      }
      boolean[] live = new boolean[STEPS * BATCH];
      for (int at = 0; at < live.length; at++) {
        Mask mask = tried.mask();
        live[at] = mask == null || mask.uses(at % BATCH, at / BATCH);
      }
      walk = new ReferenceStates(all, live, BATCH);
    }

    private double loss() {
      Map<String, double[]> results = walk.run(tried.layer());
      double sum = 0;
      for (Map.Entry<String, double[]> each : loss.entrySet()) {
        double[] result = results.get(each.getKey());
        for (int i = 0; i < result.length; i++) {
          sum += each.getValue()[i] * result[i];
        }
      }
      return sum;
    }

    /** Of every so many values. */
    double[] difference(double[] values, int stride) {
      double[] gradient = new double[values.length];
      for (int i = 0; i < values.length; i += stride) {
        double kept = values[i];
        double delta = 1e-5;
        values[i] = kept + delta;
        double above = loss();
        values[i] = kept - delta;
        double below = loss();
        values[i] = kept;
        gradient[i] = (above - below) / (2 * delta);
      }
      return gradient;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreFiniteDifferences(StateCase tried) {
    TrainedAlone alone = tried.alone();
    alone.forward(0, BATCH);
    alone.fillGradients(7);
    Reference reference = new Reference(tried, alone);
    alone.backward(0, BATCH);
    Map<String, double[]> forward = reference.walk.run(tried.layer());
    List<float[]> results = alone.results();
    assertClose("output", forward.get(ReferenceStates.Y), results.getFirst(), tried.rounding());
    int at = 1;
    for (String name : tried.states()) {
      assertClose("final " + name, forward.get(name), results.get(at++), tried.rounding());
    }
    for (Map.Entry<String, double[]> each : reference.all.entrySet()) {
      int stride = StateCase.stride(each.getValue().length);
      double[] expected = reference.difference(each.getValue(), stride);
      assertClose(each.getKey(), expected, results.get(at++), stride, 2 * tried.rounding());
    }
    assertEquals(results.size(), at);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void partsOfTheRowsGiveTheSameBits(StateCase tried) {
    List<float[]> whole = tried.alone().train(7, 0, BATCH).results();
    assertSame(whole, tried.alone().train(7, 0, 2, BATCH).results());
    assertSame(whole, tried.alone().train(7, 0, 1, 4, BATCH).results());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesOtherRowsAlone(StateCase tried) {
    TrainedAlone alone = tried.alone();
    alone.forward(0, BATCH);
    alone.fillGradients(7);
    alone.layer.forward(BATCH, 2, 2, 1);
    alone.layer.backward(BATCH, 2, 2, 1);
    for (TrainingBlock block : alone.from) {
      float[] gradient = alone.gradient(block);
      for (int i = 0; i < gradient.length; i++) {
        int row = i / block.width();
        assertEquals(row < 2 || row > 3, Float.isNaN(gradient[i]), "row " + row);
      }
    }
    List<float[]> whole = tried.alone().train(7, 0, BATCH).results();
    for (int i = 0; i < 1 + alone.layer.states().size(); i++) {
      assertArrayEquals(whole.get(i), alone.results().get(i));
    }
  }

  /** The same kernels on the same numbers, or as good as: no bit differs. */
  @ParameterizedTest
  @MethodSource("cases")
  void statesOfZeroAndGradientsOfZeroAreNone(StateCase tried) {
    TrainedAlone none = tried.alone(List.of(), false);
    assertEquals(List.of(), none.layer.states());
    List<TrainingBlock> zeros = tried.initial(true, true);
    zeros.forEach(each -> each.values().fill((byte) 0));
    TrainedAlone zero = tried.alone(zeros, true);
    zero.forward(0, BATCH);
    zero.fillGradients(7);
    zero.layer.states().forEach(each -> each.gradient().fill((byte) 0));
    zero.backward(0, BATCH);
    List<float[]> expected = none.train(7, 0, BATCH).results();
    List<float[]> actual = new ArrayList<>(zero.results());
    int states = tried.states().size();
    actual.subList(1, 1 + states).clear(); // final states
    actual.subList(2, 2 + states).clear(); // gradients of the first ones
    assertSame(expected, actual);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void beginningFromStatesAndGivingThemAreApart(StateCase tried) {
    TrainedAlone both = tried.alone();
    both.forward(0, BATCH);
    both.fillGradients(7);
    both.layer.states().forEach(each -> each.gradient().fill((byte) 0));
    both.backward(0, BATCH);
    List<float[]> expected = new ArrayList<>(both.results());
    int states = tried.states().size();
    expected.subList(1, 1 + states).clear();
    TrainedAlone begins = tried.alone(tried.initial(true, true), false);
    assertSame(expected, begins.train(7, 0, BATCH).results());
    int c = tried.layer().cellUnits().size();
    TrainedAlone ofH = tried.alone(tried.initial(true, false), false);
    expected.subList(2 + states - c, 2 + states).clear();
    assertSame(expected, ofH.train(7, 0, BATCH).results());
    TrainedAlone unwanted = tried.alone(tried.initial(false, false), false);
    expected.subList(2, 2 + states - c).clear();
    assertSame(expected, unwanted.train(7, 0, BATCH).results());
    TrainedAlone gives = tried.alone(List.of(), true).train(7, 0, BATCH);
    List<TrainingBlock> zeros = tried.initial(true, true);
    zeros.forEach(each -> each.values().fill((byte) 0));
    List<float[]> ofZero = new ArrayList<>(tried.alone(zeros, true).train(7, 0, BATCH).results());
    ofZero.subList(2 + states, 2 + 2 * states).clear();
    assertSame(ofZero, gives.results());
  }

  @ParameterizedTest
  @MethodSource("dropNothing")
  void trainsOnWhatItPredicts(StateCase tried) {
    TrainedAlone alone = tried.alone();
    alone.forward(0, BATCH);
    Sequential model = Sequential.of(tried.layer()).build(FEATURES, 1);
    for (int i = 0; i < alone.weights.size(); i++) {
      model.weights().get(i).set(alone.weights.get(i).value());
    }
    List<Tensor> from = new ArrayList<>();
    for (TrainingBlock block : alone.from) {
      from.add(Tensor.of(alone.values(block), BATCH, block.width()));
    }
    int h = tried.layer().stateUnits().size();
    StreamState begin = new StreamState(from.subList(0, h), from.subList(h, from.size()));
    Mask mask = tried.mask();
    Prediction predicted =
        mask == null
            ? model.predictor().predictWithState(tried.x(), begin)
            : model.predictor().predictWithState(tried.x(), mask, begin);
    Tensor y = predicted.y().rank() == 3 ? predicted.y().permute(1, 0, 2) : predicted.y();
    assertClose("output", doubles(y.toArray()), alone.values(alone.layer), tried.rounding());
    List<Tensor> ends = new ArrayList<>(predicted.state().h());
    ends.addAll(predicted.state().c());
    for (int i = 0; i < ends.size(); i++) {
      float[] actual = alone.values(alone.layer.states().get(i));
      assertClose("state " + i, doubles(ends.get(i).toArray()), actual, tried.rounding());
    }
  }

  @ParameterizedTest
  @Tag("own-jvm")
  @ValueSource(booleans = {false, true})
  void allocatesNothing(boolean masked) {
    Stream.concat(
            StateCase.kinds(5),
            StateCase.kinds(4).map(each -> each.dropout(0.3).recurrentDropout(0.3)))
        .map(each -> Bidirectional.of(each.returnSequences(true).build()))
        .forEach(
            layer -> {
              TrainedAlone alone = new StateCase("", layer, masked).alone();
              alone.fillGradients(7);
              assertEquals(0, Allocations.perCall(() -> step(alone)));
            });
  }

  private static void step(TrainedAlone alone) {
    alone.layer.forward(BATCH, 0, 2, 0);
    alone.layer.forward(BATCH, 2, BATCH - 2, 1);
    alone.layer.backward(BATCH, 0, 2, 0);
    alone.layer.backward(BATCH, 2, BATCH - 2, 1);
    alone.layer.weightGradients(BATCH, 0, 1);
  }
}
