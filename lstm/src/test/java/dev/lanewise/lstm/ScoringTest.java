package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final Tensor X = ReferenceModel.random(1, 12, 6, 3);
  private static final Tensor Y = ReferenceModel.random(2, 12, 2);
  private static final Tensor OTHER_X = ReferenceModel.random(3, 40, 6, 3);
  private static final Tensor OTHER_Y = ReferenceModel.random(4, 40, 2);

  private final Sequential model =
      Sequential.of(Lstm.of(16), Dense.of(2))
          .build(3, 1)
          .compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);

  /** The same by weights that were packed anew. */
  private Scores anew() {
    Sequential copy = Sequential.of(model.layers()).buildZeros(3);
    for (int i = 0; i < copy.weights().size(); i++) {
      copy.weights().get(i).set(model.weights().get(i).value());
    }
    copy.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);
    return copy.evaluate(OTHER_X, OTHER_Y);
  }

  @Test
  void eachValidationAndEachEvaluationSeesTheWeightsAsTheyAre() {
    List<Scores> expected = new ArrayList<>();
    List<Scores> evaluated = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .epochs(4)
            .batchSize(5)
            .seed(1)
            .validationData(OTHER_X, OTHER_Y)
            .onEpoch(
                _ -> {
                  evaluated.add(model.evaluate(OTHER_X, OTHER_Y));
                  expected.add(anew());
                })
            .build();
    History history = model.fit(X, Y, options);
    assertEquals(expected, evaluated);
    assertEquals(expected, history.epochs().stream().map(Epoch::validation).toList());
    assertNotEquals(expected.get(0), expected.get(3));
    model.weights().getLast().set(7, 0);
    assertEquals(anew(), model.evaluate(OTHER_X, OTHER_Y));
  }

  @Test
  void aPredictorThatACallerHoldsDoesNotChange() {
    Predictor held = model.predictor();
    float[] before = held.predict(X).toArray();
    Scores scores = model.evaluate(OTHER_X, OTHER_Y);
    List<Predictor> during = new ArrayList<>();
    List<float[]> predicted = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .epochs(3)
            .seed(1)
            .validationData(OTHER_X, OTHER_Y)
            .onEpoch(
                _ -> {
                  model.evaluate(OTHER_X, OTHER_Y);
                  during.add(model.predictor());
                  predicted.add(model.predict(X).toArray());
                })
            .build();
    model.fit(X, Y, options);
    assertNotEquals(scores, model.evaluate(OTHER_X, OTHER_Y));
    assertArrayEquals(before, held.predict(X).toArray());
    for (int epoch = 0; epoch < during.size(); epoch++) {
      assertArrayEquals(predicted.get(epoch), during.get(epoch).predict(X).toArray());
    }
    assertSame(model.predictor(), during.getLast());
  }
}
