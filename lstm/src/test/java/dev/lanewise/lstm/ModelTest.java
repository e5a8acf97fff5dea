package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model that is a graph says of itself, and what its calls cost. */
class ModelTest {
  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  /** Two inputs, a layer called twice, states handed over, two outputs. */
  private static Model graph() {
    Value x = Input.sequences("sensors", 3);
    Value site = Input.rows("site", 4);
    Dense width = Dense.of(5, Activation.TANH);
    ValueWithStates read = Lstm.of(5).applyWithState(width.apply(x));
    Value merged = Concatenate.of().apply(read.y(), Dense.of(5).named("place").apply(site));
    Value again = every(5).named("decoder").applyWithState(width.apply(x), read.states()).y();
    Value load = Dense.of(1).named("head").apply(merged).named("load");
    return Model.of(List.of(x, site), List.of(load, again)).build(42);
  }

  @Test
  void saysWhatItTakesAndGives() {
    Model model = graph();
    assertEquals(List.of("sensors", "site"), model.inputNames());
    assertEquals(List.of("load", "decoder"), model.outputNames());
    assertEquals(
        "[Input \"sensors\" -> (batch, timesteps, 3), Input \"site\" -> (batch, 4)]",
        model.inputs().toString());
    assertEquals(Map.of("load", 8, "decoder", 10), model.outputValues());
    List<Model.Call> calls = model.calls();
    assertEquals(7, calls.size());
    assertSame(calls.get(0).layer(), model.layers().getFirst());
    assertEquals(List.of(0), calls.get(0).in());
    assertEquals(List.of(4, 5), calls.getLast().from());
  }

  @Test
  void itsSummaryIsATable() {
    assertEquals(
        """
        Layer (type)               Output shape           Parameters  Reads        Settings
        -----------------------------------------------------------------------------------
        dense (Dense)              (batch, timesteps, 5)          20  sensors      units=5, activation=TANH
        lstm (Lstm)                (batch, 5)                    220  dense        units=5
        place (Dense)              (batch, 5)                     25  site         units=5
        concatenate (Concatenate)  (batch, 10)                     0  lstm, place
        head (Dense)               (batch, 1)                     11  concatenate  units=1
        decoder (Lstm)             (batch, timesteps, 5)         220  dense, lstm  units=5, returnSequences=true
        -----------------------------------------------------------------------------------
        Total parameters: 496
        Trainable parameters: 496
        Non-trainable parameters: 0""",
        graph().summary());
  }

  @Test
  void aChainsSummaryIsThatOfASequential() {
    Value x = Input.sequences("x", 3);
    Model model = Model.of(x, Dense.of(1).apply(Lstm.of(4).apply(x)));
    String summary = Sequential.of(Lstm.of(4), Dense.of(1)).build(3, 1).summary();
    assertEquals(summary, model.summary());
    assertEquals(summary, model.build(1).summary());
  }

  private static Map<String, Tensor> input(Model model, int batch, int steps) {
    Map<String, Tensor> x = new LinkedHashMap<>();
    for (Value input : model.inputs()) {
      Tensor rows = ReferenceModel.random(x.size(), batch, input.features());
      Tensor sequences = ReferenceModel.random(x.size(), batch, steps, input.features());
      x.put(input.name(), input.hasTime() ? sequences : rows);
    }
    return x;
  }

  /** Looking a name up takes an iterator or so. What is handed on is described in each call. */
  @Test
  @Tag("own-jvm")
  void predictingByNameIntoTensorsAllocatesLittle() {
    Predictor predictor = graph().predictor(PredictorOptions.builder().threads(1).build());
    Map<String, Tensor> x = input(graph(), 4, 6);
    Map<String, Tensor> y = new LinkedHashMap<>(predictor.predict(x));
    Map<String, Mask> masks = Map.of("sensors", Mask.ofLengths(6, 1, 2, 3, 4));
    long most = 3000;
    long bytes = Allocations.perCall(() -> predictor.predict(x, Map.of(), y), most);
    long masked = Allocations.perCall(() -> predictor.predict(x, masks, y), most);
    assertTrue(bytes <= most, bytes + " bytes");
    assertTrue(masked <= most, masked + " bytes with masks");
  }

  @Test
  @Tag("own-jvm")
  void predictingByNameWithoutStatesAllocatesLess() {
    Value x = Input.sequences("x", 3);
    Value site = Input.rows("site", 4);
    Value sum = Add.of().apply(Lstm.of(4).apply(x), site);
    Model model = Model.of(List.of(x, site), List.of(sum)).build(1);
    Predictor predictor = model.predictor(PredictorOptions.builder().threads(1).build());
    Map<String, Tensor> all = input(model, 4, 6);
    Map<String, Tensor> y = predictor.predict(all);
    long most = 400;
    long bytes = Allocations.perCall(() -> predictor.predict(all, Map.of(), y), most);
    assertTrue(bytes <= most, bytes + " bytes");
  }

  @Test
  @Tag("own-jvm")
  void predictingOneTensorIntoAnotherAllocatesNothing() {
    Value x = Input.sequences("x", 3);
    Value around = Add.of().apply(x, every(3).apply(x));
    Value product = Multiply.of().apply(Lstm.of(4).apply(around), Gru.of(4).apply(around));
    Predictor predictor =
        Model.of(x, product).build(1).predictor(PredictorOptions.builder().threads(1).build());
    Tensor values = ReferenceModel.random(1, 4, 6, 3);
    Tensor y = Tensor.zeros(4, 4);
    Mask mask = Mask.ofLengths(6, 1, 2, 3, 4);
    assertEquals(0, Allocations.perCall(() -> predictor.predict(values, y)));
    assertEquals(0, Allocations.perCall(() -> predictor.predict(values, mask, y)));
    Stream stream = predictor.stream(4);
    Tensor step = values.select(1, 0);
    assertEquals(0, Allocations.perCall(() -> stream.step(step, y)));
  }

  static java.util.stream.Stream<Model> warm() {
    Value x = Input.sequences("x", 3);
    Value site = Input.rows("site", 3);
    Value known = Input.sequences("known", 5, 3);
    Value ids = Input.ids("ids");
    Value repeated = RepeatVector.of(5).apply(site);
    Value words = Embedding.builder(9, 3).maskZero(true).build().apply(ids);
    Conv1d valid = Conv1d.of(3, 4);
    Value joined = Concatenate.of(Concatenate.Axis.TIME).apply(x, known);
    return java.util.stream.Stream.of(
        graph(),
        Model.of(List.of(x, ids), List.of(Lstm.of(2).apply(Multiply.of().apply(x, words)))),
        Model.of(List.of(x, site), List.of(Add.of().apply(x, repeated))),
        Model.of(List.of(x, known), List.of(Add.of().apply(x, known))),
        Model.of(List.of(x, known), List.of(Lstm.of(2).apply(joined))),
        Model.of(List.of(known, site), List.of(Add.of().apply(known, repeated))),
        Model.of(List.of(x, ids), List.of(Add.of().apply(valid.apply(x), words))),
        Model.of(x, Add.of().apply(x, RepeatVector.of(5).apply(Lstm.of(3).apply(x)))),
        Model.of(List.of(x, known), List.of(Flatten.of().apply(Add.of().apply(x, known)))),
        Model.of(List.of(x, ids), List.of(Add.of().apply(valid.apply(x), valid.apply(words)))));
  }

  @ParameterizedTest
  @MethodSource("warm")
  void warmsUp(Model model) {
    Predictor predictor = (model.isBuilt() ? model : model.build(1)).predictor();
    WarmUp done = predictor.warmUp(Duration.ofMillis(100));
    assertTrue(done.calls() >= 5, done.toString());
    assertTrue(predictor.idleBytes() > 0);
  }

  @Test
  void predictsIntoTensorsWhatItPredicts() {
    Model model = graph();
    Map<String, Tensor> x = input(model, 4, 6);
    Map<String, Tensor> y =
        Map.of("load", Tensor.zeros(4, 1), "decoder", Tensor.zeros(6, 5, 4).permute(2, 0, 1));
    model.predictor().predict(x, Map.of(), y);
    model.predict(x).forEach((name, p) -> assertArrayEquals(p.toArray(), y.get(name).toArray()));
    assertThrows(UnsupportedOperationException.class, () -> model.predict(x).clear());
  }

  @Test
  void takesNoSamples() {
    Model model = graph();
    Map<String, Tensor> y = model.predict(input(model, 0, 6));
    assertEquals("(0, 1)", y.get("load").shape().toString());
    assertEquals("(0, 6, 5)", y.get("decoder").shape().toString());
  }
}
