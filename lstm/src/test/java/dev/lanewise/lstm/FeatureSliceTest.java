package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FeatureSliceTest {
  private static final Tensor X = ReferenceModel.random(1, 5, 4, 6);

  @Test
  void takesTheFeaturesOfSequencesAndRows() {
    Sequential model = Sequential.of(FeatureSlice.of(2, 3)).build(6, 1);
    Tensor y = model.predict(X);
    assertEquals(Shape.of(5, 4, 3), y.shape());
    assertArrayEquals(X.slice(2, 2, 5).copy().toArray(), y.toArray());
    assertArrayEquals(
        y.slice(0, 3, 4).copy().toArray(), model.predict(X.slice(0, 3, 4)).toArray(), "alone");
    Tensor rows = X.select(1, 2).copy();
    assertArrayEquals(rows.slice(1, 2, 5).copy().toArray(), model.predict(rows).toArray());
  }

  @Test
  void streamsAndPassesAMask() {
    Sequential model = Sequential.of(FeatureSlice.of(1, 2), Lstm.of(3)).build(6, 1);
    Stream stream = model.predictor().stream(5);
    Tensor last = Tensor.zeros(5, 3);
    for (int step = 0; step < 4; step++) {
      stream.step(X.select(1, step).copy(), last);
    }
    Tensor whole = model.predict(X);
    assertArrayEquals(whole.toArray(), last.toArray(), 1e-6f);
    Tensor masked = model.predict(X, Mask.ofLengths(4, 2, 2, 2, 2, 2));
    assertArrayEquals(model.predict(X.slice(1, 0, 2)).toArray(), masked.toArray(), 1e-6f);
  }

  /** The same bits as each direction by itself, with the same weights. */
  @Test
  void takesTheDirectionsOfABidirectionalApart() {
    for (boolean sequences : new boolean[] {false, true}) {
      Lstm one = Lstm.builder(3).returnSequences(sequences).build();
      Value x = Input.sequences("x", 6);
      BothDirections both = Bidirectional.of(one).applyBoth(x);
      assertEquals(3, both.backward().features());
      Model model =
          Model.of(List.of(x), List.of(both.forward().named("f"), both.backward().named("b")))
              .build(1);
      Map<String, Tensor> y = model.predict(Map.of("x", X));
      Tensor backward =
          alone(one.toBuilder().goBackwards(true).build(), model.weights().subList(3, 6));
      assertArrayEquals(
          alone(one, model.weights().subList(0, 3)).toArray(), y.get("f").toArray(), "forward");
      assertArrayEquals(
          (sequences ? reversed(backward) : backward).toArray(), y.get("b").toArray(), "backward");
    }
  }

  private static Tensor alone(Lstm layer, List<Weight> weights) {
    Sequential model = Sequential.of(layer).build(6, 1);
    for (int i = 0; i < weights.size(); i++) {
      model.weights().get(i).set(weights.get(i).value());
    }
    return model.predict(X);
  }

  private static Tensor reversed(Tensor x) {
    Tensor y = Tensor.zeros(x.shape().toArray());
    for (int step = 0; step < x.dim(1); step++) {
      for (int row = 0; row < x.dim(0); row++) {
        for (int i = 0; i < x.dim(2); i++) {
          y.set(x.get(row, x.dim(1) - 1 - step, i), row, step, i);
        }
      }
    }
    return y;
  }

  @Test
  void isInTheSummary() {
    Value x = Input.sequences("x", 6);
    BothDirections both = Bidirectional.of(Lstm.of(3)).applyBoth(x);
    Value y = Add.of().apply(both.forward(), both.backward());
    String summary = Model.of(x, y).build(1).summary();
    assertTrue(summary.contains("feature_slice_1"), summary);
    assertTrue(summary.contains("first=3, count=3"), summary);
  }

  private static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void refusesWhatIsNotThere() {
    refuses("FeatureSlice: first=-1, expected 0 or more", () -> FeatureSlice.of(-1, 2));
    refuses("FeatureSlice: count=0, expected 1 or more", () -> FeatureSlice.of(0, 0));
    String features =
        "FeatureSlice(first=4, count=3) takes the features 4 to before 7, got (batch, timesteps, 6):"
            + " the last axis has 6";
    Value x = Input.sequences("x", 6);
    refuses(features, () -> FeatureSlice.of(4, 3).apply(x));
    refuses(
        "FeatureSlice(first=2147483647, count=2147483647) takes the features 2147483647 to before"
            + " 4294967294, got (batch, timesteps, 6): the last axis has 6",
        () -> FeatureSlice.of(Integer.MAX_VALUE, Integer.MAX_VALUE).apply(x));
    refuses(
        "Bidirectional(merge=SUM, layer=Lstm(units=3)).applyBoth: the layer makes one of the two"
            + " outputs by SUM. For both apart: Bidirectional.of(layer), which leaves them side by side",
        () -> Bidirectional.of(Lstm.of(3), Bidirectional.Merge.SUM).applyBoth(x));
  }
}
