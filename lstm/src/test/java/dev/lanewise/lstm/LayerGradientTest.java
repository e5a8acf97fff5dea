package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forward, backward and masks of every layer against a double reference: its forward, and finite
 * differences of it.
 */
class LayerGradientTest {
  private static final int BATCH = 5;
  private static final int STEPS = 7;
  private static final int FEATURES = 3;
  private static final int VOCABULARY = 6;

  /**
   * A model and what it is tried on.
   *
   * @param masked whether a mask is given
   */
  record Case(String name, Loss loss, boolean masked, List<Layer> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, Layer... layers) {
    return new Case(name, Loss.MEAN_SQUARED_ERROR, false, List.of(layers));
  }

  private static Case masked(String name, Layer... layers) {
    return new Case(name + ", masked", Loss.MEAN_SQUARED_ERROR, true, List.of(layers));
  }

  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  private static Lstm backwards(int units, boolean sequences) {
    return Lstm.builder(units).goBackwards(true).returnSequences(sequences).build();
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Bidirectional.Merge merge : Bidirectional.Merge.values()) {
      Bidirectional sequences = Bidirectional.of(every(4), merge);
      cases.add(of("bidirectional " + merge, Bidirectional.of(Lstm.of(4), merge), Dense.of(2)));
      cases.add(of("bidirectional sequences " + merge, Dense.of(4), sequences, Dense.of(2)));
      cases.add(masked("bidirectional " + merge, Bidirectional.of(Lstm.of(4), merge)));
      cases.add(masked("bidirectional sequences " + merge, sequences, Lstm.of(3), Dense.of(2)));
    }
    for (Conv1d.Padding padding : Conv1d.Padding.values()) {
      for (int size = 1; size <= 4; size++) {
        Conv1d.Builder conv = Conv1d.builder(2, size).padding(padding);
        cases.add(of("conv " + padding + size, conv.build()));
        cases.add(of("conv dilated " + padding + size, Dense.of(4), conv.dilation(2).build()));
        Conv1d strided = conv.dilation(1).strides(2).activation(Activation.TANH).build();
        cases.add(of("conv strided " + padding + size, Dense.of(4), strided, Lstm.of(2)));
        Conv1d first = conv.strides(1).channels(Conv1d.Channels.FIRST).useBias(false).build();
        cases.add(of("conv channels first " + padding + size, Dense.of(5), first));
      }
    }
    cases.add(of("flatten", every(4), Flatten.of(), Dense.of(2)));
    cases.add(of("permute", Dense.of(4), Permute.of(2, 1), Lstm.of(3)));
    cases.add(of("permute nothing", Dense.of(4), Permute.of(1, 2), Lstm.of(3)));
    cases.add(of("reshape", Dense.of(4), Reshape.of(-1, 2), Lstm.of(3), Reshape.of(3, -1)));
    for (Activation each : Activation.values()) {
      if (each.needsInput()) {
        String name = "gradient of the input of " + each;
        Conv1d conv = Conv1d.builder(4, 2).activation(each).build();
        Conv1d first = conv.toBuilder().channels(Conv1d.Channels.FIRST).build();
        cases.add(of(name, every(4), Dense.of(3, each), Dense.of(2, each)));
        cases.add(of(name + ", conv", Dense.of(3), conv, Dense.of(2)));
        cases.add(of(name + ", channels first", Dense.of(4), first));
        recurrent(name, SimpleRnn.builder(4).activation(each), cases);
        gated(name, each, cases);
      }
    }
    LstmVariantCases.all()
        .forEach((name, builder) -> recurrent("lstm with " + name, builder, cases));
    RepeatVector twice = RepeatVector.of(2);
    cases.add(of("autoencoder", Lstm.of(3), RepeatVector.of(5), every(4), Dense.of(2)));
    cases.add(masked("autoencoder", Lstm.of(3), RepeatVector.of(5), every(4), Dense.of(2)));
    cases.add(of("repeated rows", Flatten.of(), Dense.of(3), twice, every(4), Conv1d.of(2, 2)));
    cases.add(of("torch's conv", every(4), Permute.of(2, 1), firstChannels(), Flatten.of()));
    Embedding words = Embedding.builder(VOCABULARY, 4).build();
    Embedding maskZero = words.toBuilder().maskZero(true).build();
    cases.add(of("embedding", words, Lstm.of(3), Dense.of(1)));
    cases.add(of("embedding, mask zero", maskZero, every(3), Lstm.of(3), Dense.of(1)));
    cases.add(of("embedding, masked loss", maskZero, every(3), Dense.of(2)));
    cases.add(masked("embedding", words, Lstm.of(3), Dense.of(1)));
    cases.add(of("frozen", maskZero.toBuilder().trainable(false).build(), Lstm.of(3)));
    Conv1d relu = Conv1d.builder(1, 3).activation(Activation.RELU).useBias(false).build();
    cases.add(of("masking after fewer steps", relu, Masking.of(0), every(4), Lstm.of(3)));
    cases.add(of("masking after more steps", Reshape.of(-1, 1), Masking.of(0), every(3)));
    cases.add(of("masking", Masking.of(0), every(4), Dense.of(2)));
    cases.add(masked("masking", Masking.of(0), Dense.of(4), every(4), Lstm.of(3)));
    cases.add(masked("lstm", Lstm.of(4), Dense.of(2)));
    cases.add(masked("stack", every(4), Dense.of(3), every(5), Lstm.of(4), Dense.of(1)));
    cases.add(masked("backwards", backwards(4, false), Dense.of(2)));
    cases.add(masked("backwards sequences", every(3), backwards(4, true), Dense.of(2)));
    cases.add(masked("no bias", Lstm.builder(4).useBias(false).build()));
    cases.add(masked("relu", Lstm.builder(4).activation(Activation.RELU).build()));
    Lstm zeros = Lstm.builder(4).returnSequences(true).zeroOutputForMask(true).build();
    cases.add(masked("zeros for padding", zeros, every(3)));
    cases.add(masked("flatten ends the mask", every(4), Flatten.of(), Dense.of(2)));
    cases.add(masked("wide", every(37), Lstm.of(21), Dense.of(3)));
    for (boolean after : new boolean[] {true, false}) {
      Gru.Builder gru = Gru.builder(4).resetAfter(after);
      String name = "gru, reset " + (after ? "after" : "before");
      recurrent(name, gru, cases);
      Gru odd = gru.recurrentActivation(Activation.HARD_SIGMOID).activation(Activation.ELU).build();
      cases.add(of(name + ", other activations", Dense.of(3), odd, Dense.of(2)));
      cases.add(masked(name + ", wide", Gru.builder(37).resetAfter(after).build(), Dense.of(3)));
    }
    recurrent("simple rnn", SimpleRnn.builder(4), cases);
    SimpleRnn softsign = SimpleRnn.builder(37).activation(Activation.SOFTSIGN).build();
    cases.add(masked("simple rnn, wide", softsign, Dense.of(3)));
    Dense yesOrNo = Dense.of(1, Activation.SIGMOID);
    for (Loss loss : List.of(Loss.BINARY_CROSSENTROPY, Loss.MEAN_ABSOLUTE_ERROR)) {
      cases.add(new Case(loss + "", loss, false, List.of(Lstm.of(4), yesOrNo)));
      cases.add(new Case(loss + ", masked", loss, true, List.of(every(4), yesOrNo)));
      cases.add(new Case(loss + " of probabilities", loss, false, List.of(yesOrNo, Flatten.of())));
    }
    Loss classes = Loss.CATEGORICAL_CROSSENTROPY;
    for (Softmax.Axis axis : Softmax.Axis.values()) {
      Softmax softmax = Softmax.of(axis);
      cases.add(of("softmax of " + axis, every(4), softmax, Dense.of(2)));
      cases.add(masked("softmax of " + axis, every(4), softmax, Dense.of(2)));
      cases.add(new Case("classes of " + axis, classes, false, List.of(every(4), softmax)));
    }
    cases.add(new Case("classes", classes, false, List.of(Lstm.of(4), Dense.of(3), Softmax.of())));
    cases.add(new Case("classes, masked", classes, true, List.of(every(4), Softmax.of())));
    cases.add(
        new Case(
            "classes of probabilities", classes, false, List.of(every(4), Softmax.of(), last())));
    cases.addAll(WeightlessCases.all());
    cases.addAll(NormalizationCases.all());
    return cases.stream();
  }

  /** An activation in each place of the cells with gates. */
  private static void gated(String name, Activation each, List<Case> cases) {
    List<Recurrent.Builder<?>> candidates =
        List.of(
            Lstm.builder(4).activation(each),
            Gru.builder(4).activation(each),
            Gru.builder(4).activation(each).resetAfter(false));
    List<Recurrent> gates =
        List.of(
            Lstm.builder(4).recurrentActivation(each).build(),
            Gru.builder(4).recurrentActivation(each).build(),
            Gru.builder(4).recurrentActivation(each).resetAfter(false).build());
    for (int i = 0; i < gates.size(); i++) {
      String cell = name + " in " + gates.get(i);
      if (each != Activation.TANH_SHRINK) { // of which so small a model gives next to 0
        recurrent(cell + ", candidate", candidates.get(i), cases);
      }
      cases.add(of(cell, Dense.of(3), gates.get(i), Dense.of(2)));
      cases.add(masked(cell, gates.get(i), Dense.of(2)));
    }
  }

  /** What the walk over time does with any recurrent layer. */
  private static void recurrent(String name, Recurrent.Builder<?> builder, List<Case> cases) {
    Recurrent last = builder.build();
    Recurrent sequences = builder.returnSequences(true).build();
    Recurrent reversed = builder.goBackwards(true).build();
    Recurrent reversedLast = builder.returnSequences(false).build();
    Recurrent bare = builder.goBackwards(false).useBias(false).build();
    cases.add(of(name, last, Dense.of(2)));
    cases.add(of(name + " sequences", Dense.of(4), sequences, last, Dense.of(2)));
    cases.add(of(name + " backwards", Dense.of(4), reversed, reversedLast));
    cases.add(of(name + " in two directions", Bidirectional.of(sequences), Dense.of(2)));
    cases.add(of(name + " without a bias", bare));
    cases.add(masked(name, last, Dense.of(2)));
    cases.add(masked(name + " sequences", Dense.of(4), sequences, last, Dense.of(2)));
    cases.add(masked(name + " backwards", Dense.of(4), sequences, reversed));
    cases.add(masked(name + " in two directions", Bidirectional.of(sequences), last));
  }

  private static Reshape last() {
    return Reshape.of(STEPS, 4);
  }

  private static Conv1d firstChannels() {
    return Conv1d.builder(1, 3)
        .padding(Conv1d.Padding.SAME)
        .channels(Conv1d.Channels.FIRST)
        .build();
  }

  private static Sequential build(Case tried) {
    Sequential model = Sequential.of(tried.layers);
    boolean ids = model.layers().getFirst() instanceof Embedding;
    return NormalizationCases.disturb(ids ? model.build(5) : model.build(STEPS, FEATURES, 5));
  }

  /** Numbers, or ids with padding at the end, in the middle and in a whole sample. */
  private static Tensor input(Case tried) {
    if (!(tried.layers.getFirst() instanceof Embedding)) {
      Tensor x = ReferenceModel.random(1, BATCH, STEPS, FEATURES);
      x.select(0, 1).slice(0, 4, STEPS).fill(0); // for Masking
      x.select(0, 3).fill(0);
      return x;
    }
    float[] ids = new float[BATCH * STEPS];
    SplitMix64 random = SplitMix64.stream(9, 9);
    for (int i = 0; i < ids.length; i++) {
      boolean padded = i / STEPS == 3 || i % STEPS > 5 - i / STEPS || i == 2;
      ids[i] = padded ? 0 : 1 + random.nextInt(VOCABULARY - 1);
    }
    return Tensor.of(ids, BATCH, STEPS);
  }

  /** Padding at the end, at the beginning, in the middle, everywhere and nowhere. */
  private static @Nullable Mask mask(Case tried) {
    if (!tried.masked) {
      return null;
    }
    Tensor mask = Tensor.zeros(BATCH, STEPS).fill(1);
    mask.select(0, 0).slice(0, 3, STEPS).fill(0);
    mask.select(0, 1).slice(0, 0, 2).fill(0);
    mask.select(0, 2).slice(0, 2, 5).fill(0);
    mask.select(0, 3).fill(0);
    return Mask.of(mask);
  }

  private static double[][][] timeMajor(Case tried, Tensor x) {
    boolean ids = tried.layers.getFirst() instanceof Embedding;
    return ReferenceModel.timeMajor(ids ? x.expandDims(2) : x);
  }

  private static boolean @Nullable [][] timeMajor(@Nullable Mask mask) {
    return mask == null ? null : ReferenceModel.timeMajor(mask);
  }

  private static Tensor target(Case tried, Sequential model, Tensor x) {
    Tensor y = ReferenceModel.random(2, model.outputShape(x.shape()).toArray());
    if (tried.loss.targets().areProbabilities()) {
      for (long i = 0; i < y.size(); i++) {
        Tensor flat = y.reshape(-1);
        flat.set(flat.get(i) > 0 ? 1 : 0, i);
      }
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictsWhatTheReferenceDoes(Case tried) {
    Sequential model = build(tried);
    Tensor x = input(tried);
    Mask mask = mask(tried);
    double[][][] expected = new ReferenceModel(model).forward(timeMajor(tried, x), timeMajor(mask));
    Tensor y = mask == null ? model.predict(x) : model.predict(x, mask);
    double[][][] actual = ReferenceModel.timeMajor(y);
    for (int t = 0; t < expected.length; t++) {
      for (int b = 0; b < expected[t].length; b++) {
        for (int i = 0; i < expected[t][b].length; i++) {
          assertEquals(expected[t][b][i], actual[t][b][i], 1e-6, t + ", " + b + ", " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void evaluatesToTheReferencesLoss(Case tried) {
    Sequential model = build(tried).compile(Adam.of(), tried.loss);
    Tensor x = input(tried);
    Tensor y = target(tried, model, x);
    Mask mask = mask(tried);
    double expected =
        new ReferenceModel(model)
            .loss(timeMajor(tried, x), timeMajor(mask), ReferenceModel.timeMajor(y), tried.loss);
    Scores scores = mask == null ? model.evaluate(x, y) : model.evaluate(x, mask, y);
    assertEquals(expected, scores.loss(), 1e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsGradientsAreFiniteDifferences(Case tried) {
    Sequential model = build(tried);
    Tensor x = input(tried);
    Tensor y = target(tried, model, x);
    Mask mask = mask(tried);
    double[][][] in = timeMajor(tried, x);
    boolean[][] live = timeMajor(mask);
    double[][][] wanted = ReferenceModel.timeMajor(y);
    ReferenceModel reference = new ReferenceModel(model).training();
    Compilation compilation = ReferenceModel.compilation(tried.loss);
    MemorySegment one = ReferenceModel.gradients(model, compilation, x, mask, y, 1);
    MemorySegment three = ReferenceModel.gradients(model, compilation, x, mask, y, 3);
    for (Weight weight : model.weights()) {
      if (!weight.trainable()) {
        continue;
      }
      float[] actual = ReferenceModel.read(one, weight);
      assertEquals(-1, mismatch(actual, ReferenceModel.read(three, weight)), "threads");
      double[] values = reference.weight(weight.name());
      double largest = 0;
      double worst = 0;
      int stride = StateCase.stride(values.length);
      for (int i = 0; i < values.length; i += stride) {
        double kept = values[i];
        double delta = 1e-5;
        values[i] = kept + delta;
        double above = reference.loss(in, live, wanted, tried.loss);
        values[i] = kept - delta;
        double below = reference.loss(in, live, wanted, tried.loss);
        values[i] = kept;
        double difference = (above - below) / (2 * delta);
        largest = Math.max(largest, Math.abs(difference));
        worst = Math.max(worst, Math.abs(difference - actual[i]));
      }
      assertTrue(largest > 0, weight.name() + " has no gradient");
      assertTrue(
          worst <= 2e-5 * largest + 1e-8, weight.name() + ": error " + worst + " of " + largest);
    }
  }

  private static int mismatch(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
        return i;
      }
    }
    return -1;
  }
}
