package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Pooling1dTest {
  private static final Tensor X = Tensor.of(new float[] {1, 4, 2, -3, 5}, 1, 5, 1);

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static float[] pooled(Layer layer, Tensor x) {
    return Sequential.of(layer).build((int) x.dim(-1), 0).predict(x).toArray();
  }

  static List<Layer> layers() {
    return List.of(
        MaxPooling1d.of(2),
        MaxPooling1d.builder(3).strides(1).padding(Pooling1d.Padding.SAME).build(),
        AveragePooling1d.of(2),
        AveragePooling1d.builder(3).strides(2).padding(Pooling1d.Padding.SAME).build(),
        GlobalMaxPooling1d.of(),
        GlobalAveragePooling1d.of());
  }

  @Test
  void takesTheLargestOfEachWindow() {
    MaxPooling1d.Builder two = MaxPooling1d.builder(2);
    assertArrayEquals(new float[] {4, 2}, pooled(two.build(), X));
    assertArrayEquals(new float[] {4, 4, 2, 5}, pooled(two.strides(1).build(), X));
    two.padding(Pooling1d.Padding.SAME);
    assertArrayEquals(new float[] {4, 4, 2, 5, 5}, pooled(two.build(), X));
    assertArrayEquals(new float[] {4, 2, 5}, pooled(two.strides(2).build(), X));
    assertArrayEquals(new float[] {1, -3}, pooled(MaxPooling1d.builder(1).strides(3).build(), X));
  }

  @Test
  void whatPaddingAddsIsNotZero() {
    Tensor below = Tensor.of(new float[] {-1, -4, -2}, 1, 3, 1);
    MaxPooling1d three = MaxPooling1d.builder(3).padding(Pooling1d.Padding.SAME).build();
    assertArrayEquals(new float[] {-1}, pooled(three, below));
    assertArrayEquals(
        new float[] {-1, -1, -2}, pooled(three.toBuilder().strides(1).build(), below));
  }

  @Test
  void averagesTheStepsThatAreThere() {
    AveragePooling1d.Builder two = AveragePooling1d.builder(2);
    assertArrayEquals(new float[] {2.5f, -0.5f}, pooled(two.build(), X));
    two.padding(Pooling1d.Padding.SAME);
    assertArrayEquals(new float[] {2.5f, -0.5f, 5}, pooled(two.build(), X));
    AveragePooling1d three =
        AveragePooling1d.builder(3).strides(2).padding(Pooling1d.Padding.SAME).build();
    assertArrayEquals(new float[] {2.5f, 1, 1}, pooled(three, X));
  }

  @Test
  void goesFeatureByFeature() {
    Tensor x = Tensor.of(new float[] {1, 20, 3, 10, 2, 30}, 1, 3, 2);
    assertArrayEquals(new float[] {3, 30}, pooled(GlobalMaxPooling1d.of(), x));
    assertArrayEquals(new float[] {2, 20}, pooled(GlobalAveragePooling1d.of(), x));
    assertArrayEquals(new float[] {3, 20}, pooled(MaxPooling1d.of(2), x));
    assertArrayEquals(new float[] {2, 15}, pooled(AveragePooling1d.of(2), x));
  }

  @Test
  void anOutputPerWindow() {
    Sequential model = Sequential.of(MaxPooling1d.of(3), Dense.of(2)).build(4, 1);
    assertEquals(Shape.of(5, 2, 2), model.outputShape(Shape.of(5, 8, 4)));
    assertEquals(Shape.of(5, 3, 2), model.predict(Tensor.zeros(5, 9, 4)).shape());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aSampleAloneGivesTheBitsThatItGivesInABatch(Layer layer) {
    Sequential model = Sequential.of(layer, Dense.of(2)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 130, 7, 3); // more than a block of rows
    Tensor y = model.predict(x);
    float[] last = model.predict(x.slice(0, 129, 130)).toArray();
    assertArrayEquals(last, y.select(0, 129).toArray());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void threadsGiveTheSameBits(Layer layer) {
    Sequential model =
        Sequential.of(Lstm.builder(40).returnSequences(true).build(), layer).build(3, 1);
    Tensor x = ReferenceModel.random(1, 64, 9, 3);
    float[] one =
        model.predictor(PredictorOptions.builder().threads(1).build()).predict(x).toArray();
    float[] two =
        model.predictor(PredictorOptions.builder().threads(2).build()).predict(x).toArray();
    assertArrayEquals(one, two);
  }

  @Test
  void aMeanIsThatOfTheRealSteps() {
    Sequential model = Sequential.of(GlobalAveragePooling1d.of()).build(3, 1);
    Tensor x = ReferenceModel.random(1, 4, 6, 3);
    x.select(0, 1).slice(0, 4, 6).fill(Float.NaN);
    x.select(0, 2).fill(Float.NaN);
    Tensor y = model.predict(x, Mask.ofLengths(6, 6, 4, 0, 1));
    float[] alone = model.predict(x.slice(0, 1, 2).slice(1, 0, 4)).toArray();
    assertArrayEquals(alone, y.select(0, 1).toArray());
    assertArrayEquals(new float[3], y.select(0, 2).toArray());
    assertArrayEquals(x.select(0, 3).select(0, 0).toArray(), y.select(0, 3).toArray());
  }

  /** As in Keras. */
  @Test
  void aMaximumIsThatOfPaddedStepsToo() {
    Sequential model = Sequential.of(Masking.of(0), GlobalMaxPooling1d.of()).build(1, 1);
    Tensor x = Tensor.of(new float[] {-1, -2, 0}, 1, 3, 1);
    assertArrayEquals(new float[] {0}, model.predict(x).toArray());
  }

  @Test
  void refusesAMaskThatNothingReads() {
    Sequential model = Sequential.of(MaxPooling1d.of(2), Lstm.of(2)).build(1, 1);
    refuses(
        "Predictor.predict: nothing reads the mask: it ends at MaxPooling1d \"max_pooling1d\", which"
            + " mixes padded steps with the others, before any Lstm",
        () -> model.predictor().predict(X, Mask.ofLengths(5, 3)));
  }

  @Test
  void refusesFewerStepsThanAWindow() {
    Sequential model = Sequential.of(AveragePooling1d.of(3)).build(1, 0);
    refuses(
        "AveragePooling1d \"average_pooling1d\": timesteps=2, but with padding VALID this layer needs"
            + " poolSize=3 or more. padding(Pooling1d.Padding.SAME) takes any number",
        () -> model.predict(Tensor.zeros(1, 2, 1)));
  }

  @Test
  void refusesSizesBelowOne() {
    refuses("MaxPooling1d: poolSize=0, expected 1 or more", () -> MaxPooling1d.of(0));
    refuses(
        "AveragePooling1d: strides=0, expected 1 or more",
        () -> AveragePooling1d.builder(2).strides(0));
  }

  @Test
  void cannotBeStreamed() {
    refuses(
        "Predictor.stream: GlobalMaxPooling1d \"global_max_pooling1d\" needs the whole sequence, of"
            + " which a stream has seen only a part. Predict whole sequences: predict(x)",
        () -> Sequential.of(GlobalMaxPooling1d.of()).build(2, 1).predictor().stream(1));
    refuses(
        "Predictor.stream: MaxPooling1d \"max_pooling1d\" needs the whole sequence, of which a stream"
            + " has seen only a part. Predict whole sequences: predict(x)",
        () -> Sequential.of(MaxPooling1d.of(2)).build(2, 1).predictor().stream(1));
  }

  /** As in Keras on JAX; of a window the first of equals has it all. */
  @Test
  void equalStepsShareTheGradientOfAGlobalMaximum() {
    Tensor x = Tensor.of(new float[] {2, 2, 1}, 1, 3, 1);
    assertArrayEquals(new float[] {1, 0, 0}, shares(MaxPooling1d.of(3), x));
    assertArrayEquals(new float[] {0.5f, 0.5f, 0}, shares(GlobalMaxPooling1d.of(), x));
  }

  /** The gradients of the steps of the only sample, for one of 1 of the output. */
  private static float[] shares(Layer layer, Tensor x) {
    TrainedAlone alone = new TrainedAlone(layer, x, null, List.of(), false);
    alone.forward(0, 1);
    TrainedAlone.write(new float[] {1}, alone.layer.gradient());
    alone.backward(0, 1);
    return alone.gradient(alone.below);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void trainingIsTheSameForAnyRowsOfAThread(Layer layer) {
    Tensor x = ReferenceModel.random(1, 7, 5, 3);
    Mask mask = Mask.ofLengths(5, 5, 2, 0, 1, 5, 4, 3);
    for (Mask each : new Mask[] {null, mask}) {
      TrainedAlone whole = new TrainedAlone(layer, x, each, List.of(), false).train(2, 0, 7);
      TrainedAlone shared = new TrainedAlone(layer, x, each, List.of(), false).train(2, 0, 3, 4, 7);
      for (int i = 0; i < whole.results().size(); i++) {
        assertArrayEquals(whole.results().get(i), shared.results().get(i));
      }
    }
  }
}
