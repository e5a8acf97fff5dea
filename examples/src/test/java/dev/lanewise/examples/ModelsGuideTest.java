package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Average;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.BothDirections;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Multiply;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The code of docs/models.md that is no program's, and what the page says of the programs. */
class ModelsGuideTest {
  private static Tensor y(Map<String, Tensor> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  @Test
  void aSiteThatIsLeftOutCostsFiveTimesTheError() {
    double both = Checked.printed("TwoInputs", "error with both");
    assertTrue(5 * both < Checked.printed("TwoInputs", "error without the site"));
  }

  @Test
  void theStackForecastsAndKnowsWhatIsWorn() {
    double error = Checked.printed("SkipConnection", "error of next");
    assertTrue(error > Checked.printed("SkipConnection", "no forecast is below"));
    assertTrue(3 * error < Checked.printed("SkipConnection", "\"next is as now\""));
    assertTrue(Checked.printed("SkipConnection", "right about worn") > 0.85);
    assertTrue(Checked.printed("SkipConnection", "always the same answer") < 0.6);
  }

  @Test
  void theDecoderReversesWhatItNeverSaw() {
    assertTrue(Checked.printed("EncoderDecoder", "right when told before") > 0.99);
    assertTrue(Checked.printed("EncoderDecoder", "right digit by digit") > 0.98);
  }

  @Test
  void aSmallModelIsAChain() {
    Tensor series = Data.uniform(1, 8, 30, 3);
    // guide: small
    Value x = Input.sequences("x", 3); // (batch, timesteps, 3)
    Value h = Lstm.of(32).apply(x); // (batch, 32)
    Value y = Dense.of(1).apply(h).named("y"); // (batch, 1)
    Model model = Model.of(x, y).build(42);
    Map<String, Tensor> out = model.predict(Map.of("x", series)); // {y=(8, 1)}
    // guide: end
    assertEquals("(8, 1)", y(out, "y").shape().toString());
    assertEquals("Lstm -> (batch, 32)", h.toString());
  }

  @Test
  void aLayerCalledTwiceHasOneSetOfWeights() {
    // guide: shared
    Lstm reader = Lstm.of(16); // one object, one layer, one set of weights
    Value left = Input.sequences("left", 2);
    Value right = Input.sequences("right", 2);
    Value product = Multiply.of().apply(reader.apply(left), reader.apply(right));
    Value alike = Dense.of(1, Activation.SIGMOID).apply(product).named("alike");
    Model pair = Model.of(List.of(left, right), List.of(alike)).build(42);
    // guide: end
    Tensor one = Data.uniform(1, 4, 7, 2);
    Tensor other = Data.uniform(2, 4, 9, 2);
    assertEquals(5, pair.weights().size());
    assertEquals(
        List.of("lstm", "multiply", "dense"),
        pair.layers().stream().map(layer -> layer.name()).toList());
    assertTrue(
        y(pair.predict(Map.of("left", one, "right", other)), "alike")
            .arrayEqual(y(pair.predict(Map.of("left", other, "right", one)), "alike")));
  }

  @Test
  void aStepIsPaddingWhereItIsPaddingInAllThatIsMerged() {
    Tensor first = Data.uniform(1, 2, 5, 3);
    Tensor second = Data.uniform(2, 2, 5, 3);
    // guide: masks
    Value a = Input.sequences("a", 3);
    Value b = Input.sequences("b", 3);
    Value end = Lstm.of(4).apply(Add.of().apply(a, b)).named("end");
    Model sum = Model.of(List.of(a, b), List.of(end)).build(42);
    Map<String, Mask> masks = Map.of("a", Mask.ofLengths(5, 3, 2), "b", Mask.ofLengths(5, 3, 4));
    Map<String, Tensor> y = sum.predict(Map.of("a", first, "b", second), masks); // 3 and 4 steps
    // guide: end
    for (int sample = 0; sample < 2; sample++) {
      Tensor x = first.slice(0, sample, sample + 1).slice(1, 0, 3 + sample);
      Tensor z = second.slice(0, sample, sample + 1).slice(1, 0, 3 + sample);
      Tensor alone = y(sum.predict(Map.of("a", x, "b", z)), "end").select(0, 0);
      assertTrue(alone.arrayEqual(y(y, "end").select(0, sample)), "sample " + sample);
    }
    Map<String, Tensor> in = Map.of("a", first, "b", second);
    Map<String, Mask> half = Map.of("a", Mask.ofLengths(5, 3, 2));
    Tensor whole = y(sum.predict(in), "end");
    assertTrue(whole.arrayEqual(y(sum.predict(in, half), "end")));
    assertFalse(whole.arrayEqual(y(y, "end")));
  }

  @Test
  void aPaddedStepCountsAsOneInAProduct() {
    Value a = Input.sequences("a", 3);
    Value b = Input.sequences("b", 3);
    Value end = Lstm.of(4).apply(Multiply.of().apply(a, b)).named("end");
    Model model = Model.of(List.of(a, b), List.of(end)).build(42);
    Tensor first = Data.uniform(1, 1, 5, 3);
    Map<String, Tensor> x = Map.of("a", first, "b", Data.uniform(2, 1, 5, 3));
    Tensor padded = y(model.predict(x, Map.of("a", Mask.ofLengths(5, 3))), "end");
    first.slice(1, 3, 5).fill(1);
    assertTrue(padded.arrayEqual(y(model.predict(x), "end")));
  }

  @Test
  void sequencesOneAfterTheOtherKeepTheirPadding() {
    Value a = Input.sequences("a", 3);
    Value b = Input.sequences("b", 3);
    Value all = Concatenate.of(Concatenate.Axis.TIME).apply(a, b);
    Model model = Model.of(List.of(a, b), List.of(Lstm.of(4).apply(all).named("end"))).build(42);
    Tensor first = Data.uniform(1, 1, 5, 3);
    Tensor second = Data.uniform(2, 1, 6, 3);
    Map<String, Mask> masks = Map.of("a", Mask.ofLengths(5, 2));
    Tensor padded = y(model.predict(Map.of("a", first, "b", second), masks), "end");
    Map<String, Tensor> cut = Map.of("a", first.slice(1, 0, 2), "b", second);
    assertTrue(padded.arrayEqual(y(model.predict(cut), "end")));
  }

  @Test
  void aRowIsRepeatedToStandBesideEachStep() {
    // guide: repeat
    Value sensors = Input.sequences("sensors", 3);
    Value site = Input.rows("site", 4);
    Value everyHour = RepeatVector.of(24).apply(site); // (batch, 24, 4)
    Value beside = Concatenate.of().apply(sensors, everyHour); // (batch, 24, 7)
    // guide: end
    assertEquals(7, beside.features());
    Value load = Lstm.of(2).apply(beside).named("load");
    Model model = Model.of(List.of(sensors, site), List.of(load)).build(42);
    Tensor rows = Data.uniform(2, 2, 4);
    Tensor day = Data.uniform(1, 2, 24, 3);
    assertEquals(
        "(2, 2)",
        y(model.predict(Map.of("sensors", day, "site", rows)), "load").shape().toString());
    Map<String, Tensor> in = Map.of("sensors", day, "site", rows);
    Map<String, Mask> lost = Map.of("sensors", Mask.ofLengths(24, 5, 24));
    Tensor whole = y(model.predict(in), "load");
    assertTrue(whole.arrayEqual(y(model.predict(in, lost), "load")));
    assertEquals("(2, 2)", whole.shape().toString());
    Map<String, Tensor> shorter = Map.of("sensors", day.slice(1, 0, 23), "site", rows);
    assertThrows(IllegalArgumentException.class, () -> model.predict(shorter));
    assertThrows(IllegalArgumentException.class, () -> Add.of().apply(sensors, site));
  }

  // guide: block
  /** A block of layers, which may be called as often as is wanted. */
  private static Value block(Value in) {
    Lstm lstm = Lstm.builder(in.features()).returnSequences(true).build();
    return Add.of().apply(in, lstm.apply(in));
  }

  // guide: end

  @Test
  void aMethodIsABlockOfLayers() {
    Value x = Input.sequences("x", 8);
    Model model = Model.of(x, block(block(x))).build(42);
    assertEquals(
        List.of("lstm", "add", "lstm_1", "add_1"),
        model.layers().stream().map(layer -> layer.name()).toList());
  }

  @Test
  void statesOfBothDirectionsBeginADecoderOfTwiceTheUnits() {
    Value source = Input.sequences("source", 10);
    Value before = Input.sequences("before", 11);
    // guide: both-directions
    States both = Bidirectional.of(Lstm.of(32)).applyWithState(source).states(); // two h, two c
    Value h = Concatenate.of().apply(both.h().get(0), both.h().get(1)); // (batch, 64)
    Value c = Concatenate.of().apply(both.c().get(0), both.c().get(1));
    Value said = Lstm.of(64).applyWithState(before, States.of(h, c)).y();
    // guide: end
    Model model = Model.of(List.of(source, before), List.of(said)).build(42);
    Map<String, Tensor> in =
        Map.of("source", Data.uniform(1, 2, 5, 10), "before", Data.uniform(2, 2, 4, 11));
    assertEquals("(2, 64)", y(model.predict(in), "lstm").shape().toString());
  }

  @Test
  void bothDirectionsApartAreReadApart() {
    Value source = Input.sequences("source", 10);
    // guide: directions-apart
    Lstm everyStep = Lstm.builder(32).returnSequences(true).build();
    BothDirections both = Bidirectional.of(everyStep).applyBoth(source);
    Value said = Lstm.of(16).apply(both.forward()); // (batch, timesteps, 32), as is both.backward()
    // guide: end
    assertEquals("Lstm -> (batch, 16)", said.toString());
    assertEquals("FeatureSlice -> (batch, timesteps, 32)", both.forward().toString());
    Model model = Model.of(List.of(source), List.of(said, both.backward().named("back"))).build(42);
    Map<String, Tensor> y = model.predict(Map.of("source", Data.uniform(1, 2, 5, 10)));
    assertEquals("(2, 5, 32)", y(y, "back").shape().toString());
  }

  @Test
  void theRestOfTheTableIsWhatItSays() {
    Value words = Input.ids("words");
    Value a = Embedding.of(9, 4).apply(words);
    Value b = Dense.of(4).apply(a);
    Value state = Input.rows("state", 4);
    Value merged =
        Concatenate.of()
            .apply(Add.of().apply(a, b), Average.of().apply(a, b), Multiply.of().apply(a, b));
    Gru gru = Gru.of(4);
    Value end = gru.applyWithState(merged, States.of(state)).states().h().getFirst().named("end");
    Model model = Model.of(List.of(words, state), List.of(end)).build(42);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    Map<String, Tensor> x =
        Map.of("words", Tensor.ofInts(new int[] {1, 2, 3, 4}, 2, 2), "state", Tensor.zeros(2, 4));
    Map<String, Tensor> y = Map.of("end", Data.uniform(1, 2, 4));
    assertEquals(List.of("end"), model.outputNames());
    double before = model.evaluate(x, y).loss();
    model.fit(x, y, FitOptions.builder().epochs(5).build());
    assertTrue(model.evaluate(x, y).loss() < before);
  }
}
