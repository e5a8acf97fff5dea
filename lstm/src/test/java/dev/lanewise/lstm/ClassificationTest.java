package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.SoftmaxOverTime;
import dev.lanewise.lstm.train.DropoutTraining;
import dev.lanewise.lstm.train.TrainingInput;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Token ids, binary crossentropy, accuracy and dropout in training. */
class ClassificationTest {
  private static final int VOCABULARY = 12;
  private static final int STEPS = 9;

  /** Sentences of unequal length, padded with 0 at the end; 1 where the word 3 is in it. */
  private static int[][] sentences(int samples) {
    SplitMix64 random = SplitMix64.stream(1, 2);
    int[][] ids = new int[samples][];
    for (int i = 0; i < samples; i++) {
      ids[i] = new int[2 + random.nextInt(STEPS - 1)];
      for (int t = 0; t < ids[i].length; t++) {
        ids[i][t] = 4 + random.nextInt(VOCABULARY - 4);
      }
      if (i % 2 == 0) {
        ids[i][random.nextInt(ids[i].length)] = 3;
      }
    }
    return ids;
  }

  private static Tensor labels(int[][] ids) {
    Tensor y = Tensor.zeros(ids.length);
    for (int i = 0; i < ids.length; i++) {
      for (int id : ids[i]) {
        y.set(Math.max(y.get(i), id == 3 ? 1 : 0), i);
      }
    }
    return y;
  }

  private static Sequential model(Embedding words) {
    return Sequential.of(words, Lstm.of(16), Dense.of(1, Activation.SIGMOID))
        .build(7)
        .compile(Adam.of(0.02), Loss.BINARY_CROSSENTROPY, Metric.ACCURACY);
  }

  @Test
  void learnsToSpotAWord() {
    int[][] ids = sentences(300);
    PadOptions pre = PadOptions.builder().padding(Padding.PRE).maxLength(STEPS).build();
    Tensor x = Sequences.padIds(ids, pre).x();
    Tensor y = labels(ids);
    Sequential model = model(Embedding.builder(VOCABULARY, 8).maskZero(true).build());
    FitOptions options =
        FitOptions.builder().epochs(12).validationSplit(0.2).threads(2).seed(3).build();
    History history = model.fit(x, y, options);
    assertTrue(history.metric(Metric.ACCURACY)[11] > 0.97);
    assertTrue(history.validationMetric(Metric.ACCURACY)[11] > 0.95);
    assertTrue(history.loss()[11] < 0.1);
    Scores scores = model.evaluate(x.slice(0, 240, 300), y.slice(0, 240, 300));
    assertEquals(history.validationMetric(Metric.ACCURACY)[11], scores.metric(Metric.ACCURACY));
    assertEquals(Double.NaN, scores.metric(Metric.MEAN_ABSOLUTE_ERROR));
    assertEquals(Map.of(Metric.ACCURACY, scores.metric(Metric.ACCURACY)), scores.metrics());
  }

  /** Which of three numbers a sequence ends with. */
  @Test
  void learnsClasses() {
    SplitMix64 random = SplitMix64.stream(4, 4);
    Tensor x = Tensor.zeros(256, 6, 1);
    int[] labels = new int[256];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(3);
      for (int t = 0; t < 6; t++) {
        x.set(t == 5 ? labels[i] - 1f : (float) random.nextGaussian(), i, t, 0);
      }
    }
    Tensor y = Labels.oneHot(Tensor.ofInts(labels, 256), 3);
    Sequential model =
        Sequential.of(Lstm.of(16), Dense.of(3), Softmax.of())
            .build(1, 3)
            .compile(Adam.of(0.02), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    History history = model.fit(x, y, FitOptions.builder().epochs(15).seed(2).build());
    assertTrue(history.metric(Metric.ACCURACY)[14] > 0.97, history.toString());
    Scores scores = model.evaluate(x, y);
    assertTrue(scores.metric(Metric.ACCURACY) > 0.97);
    int right = 0;
    int[] predicted = Labels.largest(model.predict(x)).toIntArray();
    for (int i = 0; i < labels.length; i++) {
      right += predicted[i] == labels[i] ? 1 : 0;
    }
    assertEquals(right / 256.0, scores.metric(Metric.ACCURACY));
  }

  @Test
  void aSoftmaxAddsUpToOneForAnyScores() {
    Sequential model = Sequential.of(Softmax.of()).build(3, 0);
    float infinity = Float.POSITIVE_INFINITY;
    float[] scores = {1000, 1000, 0, -1000, -1001, -infinity, 0, 0, 0};
    float[] y = model.predict(Tensor.of(scores, 3, 3)).toArray();
    float third = 1 / 3f;
    float e = (float) (1 / (1 + Math.exp(-1)));
    assertArrayEquals(new float[] {0.5f, 0.5f, 0, e, 1 - e, 0, third, third, third}, y, 1e-7f);
  }

  @Test
  void aSoftmaxOverTimeAddsUpToOneWithoutItsPadding() {
    Tensor x = Tensor.of(new float[] {1, 0, 1000, Float.NaN, 1, 1, 1, 1}, 2, 4, 1);
    Mask mask = Mask.ofLengths(4, 2, 0);
    Sequential model = Sequential.of(Softmax.of(Softmax.Axis.TIMESTEPS)).build(1, 0);
    float e = (float) (1 / (1 + Math.exp(-1)));
    float[] y = model.predict(Sequences.rows(x.select(0, 0).slice(0, 0, 2))).toArray();
    assertArrayEquals(new float[] {e, 1 - e}, y, 1e-7f);
    SoftmaxOverTime layer = new SoftmaxOverTime(1, 1);
    StepMask padded = new StepMask();
    padded.begin(4, 2);
    for (int step = 0; step < 4; step++) {
      for (int row = 0; row < 2; row++) {
        if (!mask.uses(row, step)) {
          padded.pad(step, row);
        }
      }
    }
    Tensor in = x.permute(1, 0, 2).contiguous();
    Tensor out = Tensor.zeros(4, 2, 1);
    layer.apply(4, 2, 0, 2, in.segment(), 0, out.segment(), padded);
    assertArrayEquals(new float[] {e, 0, 1 - e, 0, 0, 0, 0, 0}, out.toArray(), 1e-7f);
  }

  @Test
  void aSoftmaxOverTimeNeedsTimeAndAllOfIt() {
    Softmax softmax = Softmax.of(Softmax.Axis.SAMPLE).named("weights");
    assertEquals("Softmax \"weights\" (axis=SAMPLE)", softmax.toString());
    assertEquals(Softmax.Axis.SAMPLE, softmax.axis());
    Sequential model = Sequential.of(softmax).build(2, 0);
    assertEquals(List.of(), model.weights(0));
    assertEquals(
        "Predictor.stream: Softmax \"weights\" needs the whole sequence, of which a stream has seen"
            + " only a part. Predict whole sequences: predict(x)",
        assertThrows(IllegalArgumentException.class, () -> model.predictor().stream(1))
            .getMessage());
  }

  @Test
  void theWeightsOfALayerAreItsOwnWhateverItsNameBeginsWith() {
    Sequential model =
        Sequential.of(Lstm.of(2).named("decoder"), Dense.of(1).named("decoder/out")).build(1, 0);
    assertEquals(model.weights().subList(0, 3), model.weights(0));
    assertEquals(model.weights().subList(3, 5), model.weights(1));
    assertThrows(IndexOutOfBoundsException.class, () -> model.weights(2));
  }

  @Test
  void labelsBecomeRowsAndRowsLabels() {
    Tensor labels = Tensor.of(new float[] {2, 0, 1, 1}, 2, 2);
    Tensor rows = Labels.oneHot(labels, 3);
    assertArrayEquals(new long[] {2, 2, 3}, rows.shape().toArray());
    assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0}, rows.toArray());
    assertArrayEquals(new int[] {2, 0, 1, 1}, Labels.largest(rows).toIntArray());
    assertEquals(
        "Labels.oneHot: label 3 (the 1-th, counted from 0) is none of the classes 0 to 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> Labels.oneHot(Tensor.ofInts(new int[] {0, 3}, 2), 3))
            .getMessage());
    assertEquals(
        "Labels.oneHot: needs (samples) or (samples, timesteps), got the 3-D (2, 4, 1);"
            + " labels.squeeze(2) drops the last axis",
        assertThrows(IllegalArgumentException.class, () -> Labels.oneHot(Tensor.zeros(2, 4, 1), 3))
            .getMessage());
  }

  @Test
  void aFrozenTableStaysAsGiven() {
    Tensor table = ReferenceModel.random(1, VOCABULARY, 8);
    Sequential model = model(Embedding.given(table).trainable(false).maskZero(true).build());
    int[][] ids = sentences(32);
    Tensor x = Sequences.padIds(ids, PadOptions.of()).x();
    model.fit(x, labels(ids), FitOptions.of());
    assertArrayEquals(table.toArray(), model.weights().getFirst().value().toArray());
    assertEquals(false, model.weights().getFirst().trainable());
  }

  @Test
  void floatIdsAreIntIds() {
    Tensor x = Sequences.padIds(sentences(9), PadOptions.of()).x();
    Sequential model = model(Embedding.of(VOCABULARY, 8));
    assertArrayEquals(model.predict(x).toArray(), model.predict(x.toFloat()).toArray());
    assertArrayEquals(
        model.predict(x).toArray(), model.predict(x.transpose().copy().transpose()).toArray());
  }

  /** A saturated sigmoid has no slope, what goes into it has. */
  @Test
  void learnsFromWrongAnswersGivenWithCertainty() {
    Sequential model = Sequential.of(Dense.of(1, Activation.SIGMOID)).build(1, 0);
    fill(model.weights().get(0), 60);
    model.compile(Sgd.of(1), Loss.BINARY_CROSSENTROPY);
    Tensor x = Tensor.of(new float[] {1}, 1, 1);
    double loss = model.fit(x, Tensor.zeros(1), FitOptions.of()).loss()[0];
    assertEquals(60, loss, 1e-6);
    assertEquals(59, model.weights().get(0).value().get(0, 0), 1e-5);
  }

  @Test
  void advisesToMaskPaddedIds() {
    Embedding words = Embedding.of(50, 4).named("words");
    assertEquals(
        "Embedding \"words\": 40 of 100 samples begin or end with id 0 and nothing marks it as padding,"
            + " so that it is learnt as a word. Set maskZero(true), or give the lengths: fit(x,"
            + " Mask.ofLengths(timesteps, lengths), y, options)",
        PaddingAdvice.message(words, 40, 100));
    Plan shapes = ReferenceModel.shapes(Sequential.of(words).build(0));
    Tensor x = Tensor.ofInts(new int[][] {{1, 2, 0, 0}, {0, 0, 0, 1}, {1, 0, 0, 2}, {0, 0, 0, 0}});
    assertEquals(2, PaddingAdvice.padded(shapes.ids(), x, null));
    assertEquals(0, PaddingAdvice.padded(shapes.ids(), x, Mask.ofLengths(4, 2, 1, 4, 0)));
    Sequential masks = Sequential.of(words.toBuilder().maskZero(true).build()).build(0);
    assertEquals(0, PaddingAdvice.padded(ReferenceModel.shapes(masks).ids(), x, null));
  }

  @Test
  void dropoutPredictsAsIfItWereNotThere() {
    Tensor x = ReferenceModel.random(1, 4, 6, 3);
    Sequential with = Sequential.of(Dropout.of(0.5), Lstm.of(4), Dropout.of(0.9)).build(3, 1);
    Sequential without = Sequential.of(Lstm.of(4)).build(3, 1);
    assertArrayEquals(without.predict(x).toArray(), with.predict(x).toArray());
  }

  @Test
  void dropoutDropsTheRateAndScalesTheRest() {
    Tensor x = Tensor.zeros(64, 50).fill(1);
    StepMask none = null;
    TrainingInput input = new TrainingInput(x.segment(), 1, 50, none);
    LayerWeights empty = new LayerWeights(x.segment(), "dropout", java.util.List.of());
    TrainingPlace place = new TrainingPlace(empty, x.segment(), input, 64, 2, 5);
    DropoutTraining layer = new DropoutTraining(0.25, place);
    layer.begin(0, 64);
    layer.forward(64, 0, 64, 0);
    float[] first = read(layer);
    int dropped = 0;
    for (float value : first) {
      assertTrue(value == 0 || value == 4 / 3f, "gives " + value);
      dropped += value == 0 ? 1 : 0;
    }
    assertEquals(0.25, dropped / 3200.0, 0.03);
    layer.begin(0, 64);
    layer.forward(64, 0, 20, 0);
    layer.forward(64, 20, 44, 1);
    assertArrayEquals(first, read(layer));
    layer.begin(1, 64);
    layer.forward(64, 0, 64, 0);
    assertNotEquals(java.util.Arrays.hashCode(first), java.util.Arrays.hashCode(read(layer)));
  }

  private static float[] read(TrainingLayer layer) {
    return layer.values().toArray(java.lang.foreign.ValueLayout.JAVA_FLOAT);
  }

  @Test
  void dropoutIsTheSameOnAnyNumberOfThreads() {
    Tensor x = ReferenceModel.random(1, 64, 10, 8);
    Tensor y = ReferenceModel.random(2, 64, 1);
    float[] one = trained(x, y, 1, 4);
    assertArrayEquals(one, trained(x, y, 2, 4));
    assertNotEquals(java.util.Arrays.hashCode(one), java.util.Arrays.hashCode(trained(x, y, 1, 5)));
  }

  private static float[] trained(Tensor x, Tensor y, int threads, long seed) {
    Sequential model =
        Sequential.of(Dropout.of(0.3), Lstm.of(32), Dropout.of(0.5), Dense.of(1)).build(8, 1);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    FitOptions options =
        FitOptions.builder()
            .epochs(2)
            .shuffle(false)
            .threads(threads)
            .ownThreads(true)
            .seed(seed)
            .build();
    model.fit(x, y, options);
    return ReferenceModel.weights(model);
  }

  private static void fill(Weight weight, float value) {
    weight.set(Tensor.zeros(weight.shape().toArray()).fill(value));
  }
}
