package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Sgd;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** How graphs train. */
class GraphFitProperties {
  private static final Loss MSE = Loss.MEAN_SQUARED_ERROR;

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
  Arbitrary<RecurrentModel> chains() {
    return RecurrentModel.bounded();
  }

  private static Map<String, Tensor> wanted(AnyGraph of, Model model) {
    Map<String, Tensor> y = new LinkedHashMap<>();
    model
        .predict(of.x(model))
        .forEach(
            (name, p) ->
                y.put(name, RecurrentModel.random(of.seed() + y.size(), 1, p.shape().toArray())));
    return y;
  }

  private static List<float[]> weights(Model model) {
    return model.weights().stream().map(Weight::value).map(Tensor::toArray).toList();
  }

  private static void assertSame(List<float[]> expected, List<float[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "of weight " + i);
    }
  }

  private static Model fitted(AnyGraph of, int threads) {
    Model model = of.model().compile(Adam.of(0.01), MSE, Metric.MEAN_ABSOLUTE_ERROR);
    FitOptions options =
        FitOptions.builder()
            .threads(threads)
            .ownThreads(true)
            .epochs(2)
            .seed(of.seed())
            .validationSplit(0.1)
            .build();
    model.fit(of.x(model), of.masks(model), wanted(of, model), options);
    return model;
  }

  /** Fewer tries: a try is some million multiply-adds, on which other threads are woken. */
  @Property(tries = 20)
  void threadsDoNotMatter(@ForAll("shared") AnyGraph of) {
    List<float[]> one = weights(fitted(of, 1));
    assertSame(one, weights(fitted(of, 2)));
    assertSame(one, weights(fitted(of, 3)));
  }

  @Property(tries = 150)
  void whatPaddingHoldsDoesNotChangeTheWeights(@ForAll("cuttable") AnyGraph of) {
    List<List<float[]>> all = new ArrayList<>();
    for (float padding : new float[] {0, 1e10f}) {
      Model model = of.model().compile(Adam.of(0.01), MSE);
      Map<String, Tensor> x = of.x(model, padding);
      model.fit(x, of.masks(model), wanted(of, model), FitOptions.of());
      all.add(weights(model));
    }
    assertSame(all.getFirst(), all.getLast());
  }

  /** Of each output twice, against a rate twice as large: nothing rounds. */
  @Property(tries = 150)
  void aLossCountsAsOftenAsItsWeightSays(@ForAll("graphs") AnyGraph of) {
    Map<String, Loss> losses = new LinkedHashMap<>();
    Map<String, Double> twice = new LinkedHashMap<>();
    for (String output : of.model().outputNames()) {
      losses.put(output, MSE);
      twice.put(output, 2.0);
    }
    Model once = of.model().compile(Sgd.of(0.25), losses, Map.of());
    Model often = of.model().compile(Sgd.of(0.125), losses, twice);
    Map<String, Tensor> x = of.x(once);
    Map<String, Tensor> y = wanted(of, once);
    History one = once.fit(x, of.masks(once), y, FitOptions.of());
    History two = often.fit(x, of.masks(once), y, FitOptions.of());
    assertEquals(2 * one.loss()[0], two.loss()[0]);
    assertSame(weights(once), weights(often));
  }

  /** It is trained as the model of the other outputs is. */
  @Property(tries = 150)
  void anOutputWithoutALossChangesNothing(@ForAll("graphs") AnyGraph of) {
    Model all = of.model();
    String first = all.outputNames().getFirst();
    all.compile(Sgd.of(0.25), Map.of(first, MSE), Map.of());
    Map<String, Tensor> x = of.x(all);
    Tensor y = wanted(of, all).get(first);
    Map<String, float[]> before = new LinkedHashMap<>();
    all.weights().forEach(weight -> before.put(weight.name(), weight.value().toArray()));
    GraphDraw drawn = of.draw();
    List<Value> outputs = drawn.outputs().subList(0, 1);
    Model alone = Model.of(drawn.inputsOfFirstOutput(), outputs).build(0);
    for (Weight weight : alone.weights()) {
      weight.set(Tensor.of(before.get(weight.name()), weight.shape().toArray()));
    }
    alone.compile(Sgd.of(0.25), MSE);
    Map<String, Tensor> own = new LinkedHashMap<>();
    alone.inputNames().forEach(name -> own.put(name, x.get(name)));
    all.fit(x, of.masks(all), Map.of(first, y), FitOptions.of());
    alone.fit(own, of.masks(alone), Map.of(first, y), FitOptions.of());
    Map<String, float[]> trained = new LinkedHashMap<>(before);
    alone.weights().forEach(weight -> trained.put(weight.name(), weight.value().toArray()));
    for (Weight weight : all.weights()) {
      assertArrayEquals(trained.get(weight.name()), weight.value().toArray(), weight.name());
    }
  }

  private static List<Layer> layers(RecurrentModel of) {
    Layer first = of.lower().all(of.units());
    return of.layers() == 1
        ? List.of(first, Dropout.of(0.25), Dense.of(3, Activation.SIGMOID))
        : List.of(
            Bidirectional.of(of.lower().all(5)),
            Dropout.of(0.5),
            of.upper().last(4),
            Dense.of(3),
            Softmax.of());
  }

  private static void assertSame(double[] expected, double[] actual) {
    assertArrayEquals(expected, actual, 0);
  }

  @Property(tries = 150)
  void aChainTrainsAsASequentialDoes(@ForAll("chains") RecurrentModel of) {
    Loss loss = of.layers() == 1 ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
    Metric[] metrics = {Metric.MEAN_ABSOLUTE_ERROR, Metric.ACCURACY};
    Sequential chain = Sequential.of(layers(of)).build(of.features(), of.seed());
    chain.compile(Adam.of(0.01), loss, metrics);
    Value input = Input.sequences("x", of.features());
    Value last = input;
    for (Layer layer : layers(of)) {
      last = layer.apply(last);
    }
    Model model = Model.of(input, last.named("y")).build(of.seed());
    model.compile(Adam.of(0.01), loss, metrics);
    Tensor x = of.input(2);
    Tensor p = chain.predict(x);
    Tensor y = RecurrentModel.random(of.seed() + 5, 1, p.shape().toArray());
    for (int i = 0; i < y.size(); i++) {
      Tensor flat = y.reshape(-1);
      flat.set(flat.get(i) > 0 ? 1 : 0, i);
    }
    assertArrayEquals(p.toArray(), model.predict(Map.of("x", x)).get("y").toArray());
    FitOptions options =
        FitOptions.builder().epochs(2).batchSize(2).seed(of.seed()).validationSplit(0.3).build();
    Map<String, Tensor> in = Map.of("x", x);
    Map<String, Tensor> out = Map.of("y", y);
    if (of.batch() > 1) {
      History expected = chain.fit(x, y, options);
      History actual = model.fit(in, out, options);
      assertSame(expected.loss(), actual.loss());
      assertSame(expected.validationLoss(), actual.validationLoss());
      for (Metric metric : metrics) {
        assertSame(expected.metric(metric), actual.metric(metric));
        assertSame(expected.validationMetric(metric), actual.validationMetric(metric));
      }
    }
    assertSame(weights(chain), weights(model));
    assertArrayEquals(chain.predict(x).toArray(), model.predict(in).get("y").toArray());
    assertEquals(chain.evaluate(x, y), model.evaluate(in, out));
  }
}
