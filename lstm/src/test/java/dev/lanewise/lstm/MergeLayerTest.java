package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Merging layers, and what is padding after them: Keras's rules. */
class MergeLayerTest {
  private static final Value A = Input.sequences("a", 1);
  private static final Value B = Input.sequences("b", 1);

  /** Four steps, of which a uses 0 and 1, and b uses 0 and 2. */
  private static final Map<String, Tensor> X =
      Map.of("a", steps(2, 3, 5, 7), "b", steps(11, 13, 17, 19));

  private static final Mask OF_A = Mask.of(Tensor.of(new float[] {1, 1, 0, 0}, 1, 4));
  private static final Mask OF_B = Mask.of(Tensor.of(new float[] {1, 0, 1, 0}, 1, 4));

  private static Tensor steps(float... values) {
    return Tensor.of(values, 1, values.length, 1);
  }

  /** With a layer after it that skips what is padding, and adds up the rest. */
  private static Model summed(MergeLayer merge, Value... in) {
    Value merged = merge.apply(in);
    SimpleRnn sum = SimpleRnn.builder(1).activation(dev.lanewise.kernels.Activation.LINEAR).build();
    Value wide = Dense.builder(1).useBias(false).build().apply(merged);
    List<Value> outputs = List.of(merged.named("merged"), sum.apply(wide).named("sum"));
    Model model = Model.of(List.of(A, B), outputs).build(1);
    for (Weight weight : model.weights()) {
      weight.set(
          Tensor.zeros(weight.shape().toArray()).fill(weight.name().endsWith("bias") ? 0 : 1));
    }
    return model;
  }

  private static void assertMerged(
      MergeLayer merge, Map<String, Mask> masks, float sum, float... merged) {
    Map<String, Tensor> y = summed(merge, A, B).predict(X, masks);
    assertArrayEquals(merged, y.get("merged").toArray());
    assertEquals(sum, y.get("sum").get(0, 0));
  }

  private static final Map<String, Mask> BOTH = Map.of("a", OF_A, "b", OF_B);

  @Test
  void aStepIsPaddingWhereItIsSoInEveryValue() {
    assertMerged(Add.of(), BOTH, 13 + 16 + 22, 13, 16, 22, 26);
    assertMerged(Average.of(), BOTH, 6.5f + 8 + 11, 6.5f, 8, 11, 13);
    assertMerged(Add.of(), Map.of("a", OF_A), 13 + 16 + 22 + 26, 13, 16, 22, 26);
    assertMerged(Add.of(), Map.of(), 13 + 16 + 22 + 26, 13, 16, 22, 26);
  }

  @Test
  void aFactorThatIsPaddingIsOne() {
    assertMerged(Multiply.of(), BOTH, 22 + 3 + 17, 22, 3, 17, 0);
    assertMerged(Multiply.of(), Map.of("a", OF_A), 22 + 39 + 17 + 19, 22, 39, 17, 19);
    assertMerged(Multiply.of(), Map.of("b", OF_B), 22 + 3 + 85 + 7, 22, 3, 85, 7);
    assertMerged(Multiply.of(), Map.of(), 22 + 39 + 85 + 133, 22, 39, 85, 133);
  }

  @Test
  void featuresSideBySideArePaddingWhereAllAre() {
    float[] merged = {2, 11, 3, 13, 5, 17, 7, 19};
    assertMerged(Concatenate.of(), BOTH, 13 + 16 + 22, merged);
    assertMerged(Concatenate.of(), Map.of("b", OF_B), 13 + 16 + 22 + 26, merged);
  }

  @Test
  void sequencesAfterOneAnotherKeepTheirPadding() {
    Concatenate times = Concatenate.of(Concatenate.Axis.TIME);
    float[] merged = {2, 3, 5, 7, 11, 13, 17, 19};
    assertMerged(times, BOTH, 2 + 3 + 11 + 17, merged);
    assertMerged(times, Map.of("a", OF_A), 2 + 3 + 60, merged);
    assertMerged(times, Map.of("b", OF_B), 17 + 11 + 17, merged);
  }

  /** A product with padding is another one, whatever comes after it. */
  @Test
  void aProductReadsTheMaskThatEndsAfterIt() {
    Value a = Input.sequences("a", 4, 1);
    Value b = Input.sequences("b", 4, 1);
    Value flat = Flatten.of().apply(Multiply.of().apply(a, b));
    Model model = Model.of(List.of(a, b), List.of(flat)).build(1);
    float[] y = model.predict(X, BOTH).get("flatten").toArray();
    assertArrayEquals(new float[] {22, 3, 17, 0}, y);
  }

  @Test
  void sumsAreFromTheFirstToTheLast() {
    float[][] values = {{1e8f}, {1}, {-1e8f}, {.3f}};
    List<Value> inputs = new ArrayList<>();
    Map<String, Tensor> x = new java.util.HashMap<>();
    for (int i = 0; i < values.length; i++) {
      inputs.add(Input.rows("x" + i, 1));
      x.put("x" + i, Tensor.of(values[i], 1, 1));
    }
    Value[] all = inputs.toArray(Value[]::new);
    Value product = Multiply.of().apply(all);
    Value average = Average.of().apply(all);
    Model model = Model.of(inputs, List.of(Add.of().apply(all), average, product)).build(1);
    Map<String, Tensor> y = model.predict(x);
    float sum = 1e8f + 1f + -1e8f + .3f;
    assertEquals(sum, y.get("add").get(0, 0));
    assertEquals(sum * (1f / 4), y.get("average").get(0, 0));
    assertEquals(1e8f * 1f * -1e8f * .3f, y.get("multiply").get(0, 0));
  }

  @Test
  void sequencesOfUnequalLengthAreRefusedWhereTheyMeet() {
    Model model = Model.of(List.of(A, B), List.of(Add.of().apply(A, B))).build(1);
    Map<String, Tensor> x = Map.of("a", Tensor.zeros(2, 3, 1), "b", Tensor.zeros(2, 4, 1));
    Exception refused = assertThrows(IllegalArgumentException.class, () -> model.predict(x));
    assertEquals(
        "Add \"add\": takes sequences of equal length, got timesteps=3 and timesteps=4",
        refused.getMessage());
  }

  /** The length of one says that of the other. */
  @Test
  void aLengthThatIsKnownOfOneIsKnownOfTheSum() {
    Value known = Input.sequences("a", 4, 1);
    Value sum = Flatten.of().apply(Add.of().apply(known, B));
    Model model = Model.of(List.of(known, B), List.of(sum)).build(1);
    assertArrayEquals(new float[] {13, 16, 22, 26}, model.predict(X).get("flatten").toArray());
    Map<String, Tensor> longer = Map.of("a", X.get("a"), "b", Tensor.zeros(1, 5, 1));
    Exception refused = assertThrows(IllegalArgumentException.class, () -> model.predict(longer));
    assertEquals(
        "Add \"add\": takes sequences of equal length, got timesteps=4 and timesteps=5",
        refused.getMessage());
  }
}
