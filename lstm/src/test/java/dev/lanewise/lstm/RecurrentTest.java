package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The states of recurrent layers of any kind, alone and mixed; and that no call allocates. */
class RecurrentTest {
  private static final int BATCH = 3;
  private static final int STEPS = 6;
  private static final int FEATURES = 5;

  private final Tensor x = ReferenceModel.random(4, BATCH, STEPS, FEATURES);

  static List<Recurrent> layers() {
    return List.of(
        Lstm.of(19),
        Gru.of(19),
        Gru.builder(19).resetAfter(false).build(),
        SimpleRnn.of(19),
        Lstm.builder(19).activation(Activation.GELU).build(),
        Lstm.builder(19).peepholes(true).clip(1).projection(7).build(),
        Lstm.builder(19).peepholes(true).coupledGates(true).build());
  }

  static List<Recurrent> layersWithoutC() {
    return layers().subList(1, 4);
  }

  private static Recurrent sequences(Recurrent layer) {
    return layer.toBuilder().returnSequences(true).build();
  }

  /** An LSTM between two others. */
  private static Predictor mixed() {
    return Sequential.of(
            sequences(Gru.of(21)), sequences(Lstm.of(18)), SimpleRnn.of(7), Dense.of(2))
        .build(FEATURES, 9)
        .predictor();
  }

  private static List<Shape> shapes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::shape).toList();
  }

  private static void assertSame(StreamState expected, StreamState actual) {
    assertEquals(shapes(expected.h()), shapes(actual.h()));
    assertEquals(shapes(expected.c()), shapes(actual.c()));
    for (int i = 0; i < expected.h().size(); i++) {
      assertArrayEquals(expected.h().get(i).toArray(), actual.h().get(i).toArray());
    }
    for (int i = 0; i < expected.c().size(); i++) {
      assertArrayEquals(expected.c().get(i).toArray(), actual.c().get(i).toArray());
    }
  }

  private static void assertMessage(String expected, Runnable call) {
    Exception thrown = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(expected, thrown.getMessage());
  }

  @ParameterizedTest
  @MethodSource("layersWithoutC")
  void theStateIsTheOutputAlone(Recurrent layer) {
    Predictor predictor = Sequential.of(layer).build(FEATURES, 1).predictor();
    Prediction prediction = predictor.predictWithState(x);
    assertEquals(List.of(), prediction.state().c());
    assertEquals(1, prediction.state().h().size());
    assertArrayEquals(prediction.y().toArray(), prediction.state().h().getFirst().toArray());
    Stream stream = predictor.stream(BATCH);
    Tensor y = Tensor.zeros(BATCH, 19);
    for (int step = 0; step < STEPS; step++) {
      stream.step(x.select(1, step), y);
    }
    assertSame(prediction.state(), stream.save());
  }

  @Test
  void ofAMixedModelEveryLayerHasHAndTheLstmC() {
    StreamState state = mixed().predictWithState(x).state();
    assertEquals(List.of(Shape.of(3, 21), Shape.of(3, 18), Shape.of(3, 7)), shapes(state.h()));
    assertEquals(List.of(Shape.of(3, 18)), shapes(state.c()));
  }

  @Test
  void ofBothDirectionsAndPaddingEachHasItsState() {
    Predictor predictor =
        Sequential.of(
                Bidirectional.of(sequences(Gru.builder(4).resetAfter(false).build())),
                Bidirectional.of(Lstm.of(3)))
            .build(FEATURES, 1)
            .predictor();
    int[] lengths = {6, 2, 4};
    StreamState together = predictor.predictWithState(x, Mask.ofLengths(STEPS, lengths)).state();
    assertEquals(
        List.of(Shape.of(3, 4), Shape.of(3, 4), Shape.of(3, 3), Shape.of(3, 3)),
        shapes(together.h()));
    assertEquals(List.of(Shape.of(3, 3), Shape.of(3, 3)), shapes(together.c()));
    for (int i = 0; i < BATCH; i++) {
      Tensor own = x.slice(0, i, i + 1).slice(1, 0, lengths[i]);
      int row = i;
      assertSame(
          predictor.predictWithState(own).state(),
          new StreamState(
              together.h().stream().map(h -> h.slice(0, row, row + 1).copy()).toList(),
              together.c().stream().map(c -> c.slice(0, row, row + 1).copy()).toList()));
    }
  }

  @Test
  void aStreamOfAMixedModelGoesOnFromAPredictedAndFromASavedState() {
    Predictor predictor = mixed();
    float[] whole = predictor.predict(x).toArray();
    for (int first = 1; first < STEPS; first++) {
      Stream stream = predictor.stream(BATCH);
      Tensor y = Tensor.zeros(BATCH, 2);
      stream.step(x.select(1, 0), y); // what restoring must undo
      stream.restore(predictor.predictWithState(x.slice(1, 0, first)).state());
      Stream other = predictor.stream(BATCH);
      other.restore(stream.save());
      for (Stream each : List.of(stream, other)) {
        for (int step = first; step < STEPS; step++) {
          each.step(x.select(1, step), y);
        }
        assertArrayEquals(whole, y.toArray(), "from step " + first);
      }
    }
  }

  @Test
  void aStateOfAnotherModelIsRefusedAndChangesNothing() {
    Predictor predictor = mixed();
    Stream stream = predictor.stream(BATCH);
    stream.step(x.select(1, 0), Tensor.zeros(BATCH, 2));
    StreamState before = stream.save();
    List<Tensor> h = before.h();
    List<Tensor> c = before.c();
    assertMessage(
        "Stream.restore: h of Gru \"gru\" is (2, 21), expected (batch, units) = (3, 21)",
        () -> stream.restore(predictor.stream(2).save()));
    assertMessage(
        "Stream.restore: h of SimpleRnn \"simple_rnn\" is (3, 18), expected (batch, units) = (3, 7)",
        () -> stream.restore(new StreamState(List.of(h.get(0), h.get(1), h.get(1)), c)));
    assertMessage(
        "Stream.restore: c of Lstm \"lstm\" is (3, 21), expected (batch, units) = (3, 18)",
        () -> stream.restore(new StreamState(h, List.of(h.getFirst()))));
    assertMessage(
        "Stream.restore: the model keeps h of 3 layers and c of 1, the state holds h of 3 and c of 3",
        () -> stream.restore(new StreamState(h, List.of(c.getFirst(), h.get(0), h.get(2)))));
    assertMessage(
        "Stream.restore: the model keeps h of 3 layers and c of 1, the state holds h of 3 and c of 0",
        () -> stream.restore(new StreamState(h, List.of())));
    assertSame(before, stream.save());
    Stream plain = Sequential.of(Gru.of(4)).build(FEATURES, 1).predictor().stream(BATCH);
    Tensor state = Tensor.zeros(BATCH, 4);
    assertMessage(
        "Stream.restore: the model keeps h of 1 layers and c of 0, the state holds h of 1 and c of 1",
        () -> plain.restore(new StreamState(List.of(state), List.of(state))));
  }

  @Test
  void aStreamRefusesAGruThatGoesBackwards() {
    Gru layer = Gru.builder(4).goBackwards(true).name("reverse").build();
    Predictor backwards = Sequential.of(layer).build(2, 0).predictor();
    assertMessage(
        "Predictor.stream: Gru \"reverse\" goes backwards, so its first step is the sequence's last"
            + " one, which a stream has not seen. Predict whole sequences: predict(x)",
        () -> backwards.stream(1));
  }

  @ParameterizedTest
  @Tag("own-jvm")
  @MethodSource("layers")
  void predictingAllocatesNothing(Recurrent layer) {
    Sequential model = Sequential.of(sequences(layer), layer, Dense.of(3)).build(FEATURES, 5);
    Tensor y = Tensor.zeros(BATCH, 3);
    Predictor one = predictor(model, 1);
    assertEquals(0, Allocations.perCall(() -> one.predict(x, y)));
    Mask mask = Mask.ofLengths(STEPS, 6, 0, 4);
    assertEquals(0, Allocations.perCall(() -> one.predict(x, mask, y)));
    Sequential large = Sequential.of(layer.toBuilder().build(), Dense.of(3)).build(400, 5);
    Tensor many = ReferenceModel.random(1, 70, 9, 400);
    Tensor ofMany = Tensor.zeros(70, 3);
    Predictor two = predictor(large, 2); // which share the samples
    assertEquals(0, Allocations.perCall(() -> two.predict(many, ofMany)));
  }

  private static Predictor predictor(Sequential model, int threads) {
    return model.predictor(PredictorOptions.builder().threads(threads).ownThreads(true).build());
  }

  @ParameterizedTest
  @Tag("own-jvm")
  @MethodSource("layers")
  void aStepAllocatesNothing(Recurrent layer) {
    Sequential model = Sequential.of(sequences(layer), layer, Dense.of(3)).build(FEATURES, 5);
    Tensor in = x.select(1, 0);
    Tensor y = Tensor.zeros(BATCH, 3);
    Stream stream = model.predictor().stream(BATCH);
    assertEquals(0, Allocations.perCall(() -> stream.step(in, y)));
    Sequential large = Sequential.of(layer, Dense.of(3)).build(4000, 5);
    Tensor wide = ReferenceModel.random(1, BATCH, 4000);
    Stream shared = predictor(large, 2).stream(BATCH, 2); // which share the units
    assertEquals(0, Allocations.perCall(() -> shared.step(wide, y)));
    shared.close();
  }

  @ParameterizedTest
  @Tag("own-jvm")
  @MethodSource("layers")
  void anUpdateAllocatesNothing(Recurrent layer) {
    Sequential model =
        Sequential.of(
                Bidirectional.of(sequences(layer)),
                layer.toBuilder().goBackwards(true).build(),
                Dense.of(2))
            .build(FEATURES, 5);
    Plan shapes = ReferenceModel.shapes(model);
    Tensor rows = ReferenceModel.random(1, 16, 8, FEATURES);
    Tensor y = ReferenceModel.random(2, 16, 2);
    int[] lengths = new int[16];
    Arrays.setAll(lengths, i -> i % 9);
    assertEquals(0, ofAnUpdate(shapes, Samples.of(rows, null, y)));
    Mask mask = Mask.ofLengths(8, lengths);
    assertEquals(0, ofAnUpdate(shapes, Samples.of(rows, mask, y)));
  }

  private static long ofAnUpdate(Plan shapes, Samples samples) {
    Compilation mse = ReferenceModel.compilation(Loss.MEAN_SQUARED_ERROR);
    TrainingData data = TrainingData.of("test", shapes, mse, samples);
    ModelWeights weights = shapes.initialized(1);
    OptimizerState state = Adam.of(1e-9).state(weights);
    try (Workers workers = new Workers(2)) {
      TrainingStep step = ReferenceModel.step(data, mse, weights, state, 16, 0, 2);
      step.team(workers);
      step.begin(0);
      step.source(data.feed(TimeParts.WHOLE));
      int[] order = new int[16];
      Arrays.setAll(order, i -> i);
      return Allocations.perCall(
          () -> {
            step.run(order, 0, 16);
            step.update(Double.MIN_VALUE, Clipping.NONE);
          });
    }
  }
}
