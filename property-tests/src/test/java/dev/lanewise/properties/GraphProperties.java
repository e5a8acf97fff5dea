package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a graph predicts is what its parts do, whatever is beside a sample. */
class GraphProperties {
  @Provide
  Arbitrary<AnyGraph> graphs() {
    return AnyGraph.any();
  }

  @Provide
  Arbitrary<AnyGraph> cuttable() {
    return AnyGraph.cuttable();
  }

  @Provide
  Arbitrary<AnyGraph> shared() {
    return AnyGraph.shared();
  }

  @Provide
  Arbitrary<RecurrentModel> sequences() {
    return RecurrentModel.bounded();
  }

  static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, tensor) -> {
          assertEquals(tensor.shape(), actual.get(name).shape(), name);
          assertArrayEquals(tensor.toArray(), actual.get(name).toArray(), name);
        });
  }

  private static Map<String, Tensor> each(Map<String, Tensor> all, UnaryOperator<Tensor> change) {
    Map<String, Tensor> changed = new LinkedHashMap<>();
    all.forEach((name, tensor) -> changed.put(name, change.apply(tensor)));
    return changed;
  }

  @Property(tries = 400)
  void aPredictionIsThatOfTheParts(@ForAll("graphs") AnyGraph of) {
    Model model = of.model();
    Map<String, Tensor> expected = new PlainGraph(model).predict(of.x(model), of.live(model));
    assertSame(expected, model.predict(of.x(model), of.masks(model)));
  }

  @Property(tries = 400)
  void theSamplesBesideASampleDoNotMatter(@ForAll("graphs") AnyGraph of) {
    Model model = of.model();
    Predictor predictor = AnyGraph.predictor(model, 1);
    Map<String, Tensor> x = of.x(model);
    Map<String, Tensor> together = predictor.predict(x, of.masks(model));
    for (int i = 0; i < of.batch(); i++) {
      int sample = i;
      UnaryOperator<Tensor> alone = tensor -> tensor.slice(0, sample, sample + 1);
      Map<String, Mask> own = AnyGraph.masks(each(of.live(model), alone));
      assertSame(each(together, alone), predictor.predict(each(x, alone), own));
    }
  }

  @Property(tries = 400)
  void theOrderOfSamplesDoesNotMatter(@ForAll("graphs") AnyGraph of) {
    Model model = of.model();
    UnaryOperator<Tensor> turned = tensor -> tensor.flip(0);
    Map<String, Tensor> forward = model.predict(of.x(model), of.masks(model));
    Map<String, Mask> masks = AnyGraph.masks(each(of.live(model), turned));
    assertSame(each(forward, turned), model.predict(each(of.x(model), turned), masks));
  }

  @Property(tries = 400)
  void paddingIsSkipped(@ForAll("cuttable") AnyGraph of) {
    Model model = of.model();
    Map<String, Tensor> x = of.x(model);
    Map<String, Tensor> live = of.live(model);
    Map<String, Tensor> together = model.predict(x, AnyGraph.masks(live));
    for (int i = 0; i < of.batch(); i++) {
      int sample = i;
      Map<String, Tensor> own = new LinkedHashMap<>();
      x.forEach(
          (name, tensor) -> {
            Tensor one = tensor.slice(0, sample, sample + 1);
            Tensor mask = live.get(name);
            own.put(name, mask == null ? one : one.gather(1, steps(mask, sample)));
          });
      Map<String, Tensor> alone = model.predict(own);
      assertSame(alone, each(together, tensor -> tensor.slice(0, sample, sample + 1)));
    }
  }

  private static int[] steps(Tensor live, int sample) {
    return java.util.stream.IntStream.range(0, (int) live.dim(1))
        .filter(step -> live.get(sample, step) != 0)
        .toArray();
  }

  @Property(tries = 400)
  void theOrderOfInputsAndOutputsDoesNotMatter(@ForAll("graphs") AnyGraph of) {
    Model model = of.model();
    Map<String, Tensor> expected = model.predict(of.x(model), of.masks(model));
    assertSame(expected, of.reversed().predict(of.x(model), of.masks(model)));
  }

  /** Fewer tries: a try is some million multiply-adds, on which other threads are woken. */
  @Property(tries = 40)
  void threadsDoNotMatter(@ForAll("shared") AnyGraph of) {
    Model model = of.model();
    Map<String, Tensor> x = of.x(model);
    Map<String, Mask> masks = of.masks(model);
    Map<String, Tensor> one = AnyGraph.predictor(model, 1).predict(x, masks);
    for (int threads = 2; threads <= 3; threads++) {
      try (Predictor several = AnyGraph.predictor(model, threads)) {
        assertSame(one, several.predict(x, masks));
      }
    }
  }

  /** As a reader of files makes it. */
  static Model rebuilt(Model model) {
    List<Value> all = new ArrayList<>(model.inputs());
    List<Value> inputs = List.copyOf(all);
    for (Model.Call call : model.calls()) {
      Layer layer = call.layer();
      Value[] in = call.in().stream().map(all::get).toArray(Value[]::new);
      List<Value> from = call.from().stream().map(all::get).toList();
      int h = layer.stateUnits().size();
      if (h == 0) {
        all.add(layer.apply(in));
        continue;
      }
      ValueWithStates gives =
          from.isEmpty()
              ? layer.applyWithState(in[0])
              : layer.applyWithState(
                  in[0], new States(from.subList(0, h), from.subList(h, from.size())));
      all.add(gives.y());
      all.addAll(gives.states().h());
      all.addAll(gives.states().c());
    }
    List<Value> outputs = new ArrayList<>();
    model.outputValues().forEach((name, value) -> outputs.add(all.get(value).named(name)));
    return Model.of(inputs, outputs);
  }

  @Property(tries = 400)
  void whatAGraphSaysOfItselfIsTheGraph(@ForAll("graphs") AnyGraph of) {
    Model model = of.model();
    Model again = rebuilt(model);
    assertEquals(model.calls(), again.calls());
    assertEquals(model.inputs().toString(), again.inputs().toString());
    assertEquals(model.outputValues().toString(), again.outputValues().toString());
    assertEquals(model.weightShapes().toString(), again.weightShapes().toString());
    assertEquals(model.summary(), again.summary());
    again.buildZeros();
    for (int i = 0; i < model.weights().size(); i++) {
      Weight weight = model.weights().get(i);
      assertEquals(weight.name(), again.weights().get(i).name());
      again.weights().get(i).set(weight.value());
    }
    Map<String, Tensor> expected = model.predict(of.x(model), of.masks(model));
    assertSame(expected, again.predict(of.x(model), of.masks(model)));
  }

  @Property(tries = 400)
  void handingStatesOnIsGoingOn(@ForAll("sequences") RecurrentModel of) {
    Layer layer = of.lower().all(of.units()).named("both");
    Sequential whole = Sequential.of(layer).build(of.features(), of.seed());
    Tensor x = of.input(2);
    long cut = of.timesteps() / 2;
    Value first = Input.sequences("first", of.features());
    Value second = Input.sequences("second", of.features());
    ValueWithStates encoder = layer.applyWithState(first);
    ValueWithStates decoder = layer.applyWithState(second, encoder.states());
    Value y = Concatenate.of(Concatenate.Axis.TIME).apply(encoder.y(), decoder.y());
    List<Value> ends = new ArrayList<>(List.of(y.named("y")));
    ends.addAll(decoder.states().h());
    Model model = Model.of(List.of(first, second), ends).build(of.seed());
    if (cut > 0) {
      Tensor rest = x.slice(1, cut, x.dim(1));
      Map<String, Tensor> given = Map.of("first", x.slice(1, 0, cut), "second", rest);
      Map<String, Tensor> got = model.predict(given);
      assertArrayEquals(whole.predict(x).toArray(), got.get("y").toArray());
      Tensor h = whole.predictor().predictWithState(x).state().h().getFirst();
      assertArrayEquals(h.toArray(), got.get("both/h").toArray());
    }
  }
}
