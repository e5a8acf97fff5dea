package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTypeTest {
  /** Of each type one with every setting away from its first value. */
  static List<Layer> layers() {
    Lstm lstm =
        Lstm.builder(3)
            .activation(Activation.RELU)
            .recurrentActivation(Activation.HARD_SIGMOID)
            .useBias(false)
            .unitForgetBias(false)
            .returnSequences(true)
            .goBackwards(true)
            .zeroOutputForMask(true)
            .peepholes(true)
            .coupledGates(true)
            .clip(0.5f)
            .projection(2)
            .dropout(0.25)
            .recurrentDropout(0.5)
            .trainable(false)
            .kernelRegularizer(new Regularizer(0.25, 0.5))
            .recurrentRegularizer(Regularizer.l2(0.5))
            .biasRegularizer(Regularizer.l1(0.5))
            .learnedInitialState(true)
            .build();
    Gru gru =
        Gru.builder(3)
            .activation(Activation.RELU)
            .recurrentActivation(Activation.HARD_SIGMOID)
            .useBias(false)
            .resetAfter(false)
            .returnSequences(true)
            .goBackwards(true)
            .zeroOutputForMask(true)
            .dropout(0.25)
            .recurrentDropout(0.5)
            .trainable(false)
            .kernelRegularizer(new Regularizer(0.25, 0.5))
            .recurrentRegularizer(Regularizer.l2(0.5))
            .biasRegularizer(Regularizer.l1(0.5))
            .learnedInitialState(true)
            .build();
    SimpleRnn rnn =
        SimpleRnn.builder(3)
            .activation(Activation.RELU)
            .useBias(false)
            .returnSequences(true)
            .goBackwards(true)
            .zeroOutputForMask(true)
            .dropout(0.25)
            .recurrentDropout(0.5)
            .trainable(false)
            .kernelRegularizer(new Regularizer(0.25, 0.5))
            .recurrentRegularizer(Regularizer.l2(0.5))
            .biasRegularizer(Regularizer.l1(0.5))
            .learnedInitialState(true)
            .build();
    Lstm forward = lstm.toBuilder().goBackwards(false).build();
    return List.of(
        lstm,
        gru,
        rnn,
        Dense.builder(3)
            .kernelRegularizer(new Regularizer(0.25, 0.5))
            .biasRegularizer(Regularizer.l1(0.5))
            .activation(Activation.ELU)
            .useBias(false)
            .trainable(false)
            .build(),
        Embedding.builder(5, 3)
            .embeddingsRegularizer(Regularizer.l2(0.5))
            .maskZero(true)
            .trainable(false)
            .inputLength(7)
            .build(),
        Conv1d.builder(4, 3)
            .strides(2)
            .dilation(5)
            .padding(Conv1d.Padding.CAUSAL)
            .channels(Conv1d.Channels.FIRST)
            .kernelRegularizer(new Regularizer(0.25, 0.5))
            .biasRegularizer(Regularizer.l1(0.5))
            .activation(Activation.SELU)
            .useBias(false)
            .trainable(false)
            .build(),
        Bidirectional.of(forward, Bidirectional.Merge.AVERAGE),
        Masking.of(0.1f),
        Dropout.of(0.25),
        Flatten.of(),
        Reshape.of(3, -1),
        Permute.of(2, 1),
        RepeatVector.of(4),
        Softmax.of(Softmax.Axis.SAMPLE),
        Normalization.inverse(new float[] {1, 2}, new float[] {3, 4}),
        LayerNormalization.builder()
            .epsilon(0.25)
            .center(false)
            .scale(false)
            .trainable(false)
            .build(),
        BatchNormalization.builder()
            .momentum(0.5)
            .epsilon(0.25)
            .center(false)
            .scale(false)
            .trainable(false)
            .build(),
        Add.of(),
        Average.of(),
        Multiply.of(),
        Concatenate.of(Concatenate.Axis.TIME),
        MaxPooling1d.builder(3).strides(2).padding(Pooling1d.Padding.SAME).build(),
        AveragePooling1d.builder(3).strides(2).padding(Pooling1d.Padding.SAME).build(),
        GlobalMaxPooling1d.of(),
        GlobalAveragePooling1d.of(),
        SpatialDropout1d.of(0.25),
        ActivationLayer.of(Activation.ELU),
        Relu.builder().maxValue(6).negativeSlope(0.5f).threshold(0.25f).build(),
        Elu.of(0.5f),
        FeatureSlice.of(2, 3));
  }

  @Test
  void listsEveryLayerThatThereIs() {
    Set<String> permitted =
        leaves(Layer.class).map(Class::getSimpleName).collect(Collectors.toSet());
    List<String> listed = LayerType.all().stream().map(LayerType::name).toList();
    assertEquals(permitted, new HashSet<>(listed));
    assertEquals(LayerType.names(), listed);
    assertEquals(permitted.size(), listed.size());
    assertEquals(listed, layers().stream().map(layer -> LayerType.of(layer).name()).toList());
  }

  @Test
  void knowsNoTypeOfAnotherName() {
    assertEquals(Optional.empty(), LayerType.named("Layer"));
    assertEquals(Optional.empty(), LayerType.named("lstm"));
    assertThrows(NoSuchElementException.class, () -> LayerType.of(Layer.class));
  }

  private static Stream<Class<?>> leaves(Class<?> of) {
    return of.isSealed()
        ? Arrays.stream(of.getPermittedSubclasses()).flatMap(LayerTypeTest::leaves)
        : Stream.of(of);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void makesTheSameLayerOfItsSettings(Layer layer) {
    LayerType type = LayerType.of(layer);
    Layer made = type.make(setting -> setting.of(layer));
    assertNotSame(layer, made);
    assertEquals(layer, made);
    assertEquals(layer.hashCode(), made.hashCode());
    assertEquals(layer.toString(), made.toString());
    assertEquals(layer.named("a"), made.named("a"));
    assertNotEquals(layer, made.named("a"));
    assertEquals(type, LayerType.of(layer.getClass()));
  }

  /** Of every setting with another value in the list, the layer with that one value. */
  @ParameterizedTest
  @MethodSource("layers")
  void everySettingMakesADifference(Layer layer) {
    LayerType type = LayerType.of(layer);
    for (Setting changed : type.settings()) {
      Object other = other(changed, changed.of(layer));
      Layer made = type.make(each -> each == changed ? other : each.of(layer));
      assertNotEquals(layer, made, changed.name());
      if (changed.kind() != Setting.Kind.WEIGHT) {
        assertNotEquals(layer.toString(), made.toString(), changed.name());
      }
    }
  }

  /** Another value that the layers above may have. */
  static Object other(Setting setting, Object value) {
    return switch (value) {
      case Integer number -> number + 1;
      case Boolean truth -> !truth;
      case Regularizer penalty -> Regularizer.l1(penalty.l1() + 1);
      case Number number -> number.doubleValue() / 2;
      case Enum<?> _ -> setting.choices().get(0);
      case int[] axes -> axes[0] == 2 ? new int[] {1, 2} : new int[] {6, axes[1]};
      case float[] _ -> new float[] {5, 6};
      case Lstm inner -> inner.toBuilder().activation(Activation.TANH).build();
      default -> throw new AssertionError(value);
    };
  }

  @ParameterizedTest
  @MethodSource("layers")
  void saysInWordsWhatIsNotByDefault(Layer layer) {
    LayerType type = LayerType.of(layer);
    for (Setting setting : type.settings()) {
      boolean byDefault = setting.byDefault().equals(Optional.of(setting.of(layer)));
      assertEquals(byDefault, !layer.toString().contains(setting.name() + "="), setting.name());
    }
    Layer plain = type.make(each -> each.byDefault().orElseGet(() -> each.of(layer)));
    for (Setting setting : type.settings()) {
      boolean said = plain.toString().contains(setting.name() + "=");
      assertEquals(setting.byDefault().isEmpty(), said, plain + " " + setting.name());
    }
  }

  @Test
  void wordsAreThoseOfTheBuilder() {
    assertEquals("Lstm(units=64)", Lstm.of(64).toString());
    assertEquals(
        "Lstm \"a\" (units=64, activation=RELU, returnSequences=true)",
        Lstm.builder(64)
            .returnSequences(true)
            .activation(Activation.RELU)
            .name("a")
            .build()
            .toString());
    assertEquals(
        List.of(
            "Bidirectional(merge=SUM, layer=Lstm(units=2))",
            "Reshape(dims=[7, -1])",
            "Normalization(mean=float[2], deviation=float[2])",
            "Embedding(vocabulary=5, dimension=3, maskZero=true)",
            "Dropout(rate=0.5)",
            "Flatten",
            "Flatten \"flat\"",
            "Softmax",
            "Softmax \"weights\" (axis=SAMPLE)"),
        Stream.of(
                Bidirectional.of(Lstm.of(2).named("inner"), Bidirectional.Merge.SUM),
                Reshape.of(7, -1),
                Normalization.of(new float[] {1, 2}, new float[] {3, 4}),
                Embedding.builder(5, 3).maskZero(true).build(),
                Dropout.of(0.5),
                Flatten.of(),
                Flatten.of().named("flat"),
                Softmax.of(),
                Softmax.of(Softmax.Axis.SAMPLE).named("weights"))
            .map(Layer::toString)
            .toList());
  }

  @Test
  void layersOfOtherNumbersOrTypesDiffer() {
    assertNotEquals(Flatten.of(), Softmax.of());
    assertNotEquals(Flatten.of(), "Flatten");
    float[] mean = {1, 2};
    assertNotEquals(
        Normalization.of(mean, new float[] {3, 4}), Normalization.of(mean, new float[] {3, 5}));
  }

  @Test
  void whatWeightsBeginWithIsNoSetting() {
    Tensor table = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    assertEquals(Embedding.of(2, 2), Embedding.given(table).build());
  }

  @Test
  void saysWhatEachSettingIs() {
    LayerType type = LayerType.of(Lstm.of(1));
    assertEquals("Lstm", type.toString());
    assertEquals(
        List.of(
            "units",
            "activation",
            "recurrentActivation",
            "useBias",
            "unitForgetBias",
            "returnSequences",
            "goBackwards",
            "zeroOutputForMask",
            "peepholes",
            "coupledGates",
            "clip",
            "projection",
            "dropout",
            "recurrentDropout",
            "trainable",
            "kernelRegularizer",
            "recurrentRegularizer",
            "biasRegularizer",
            "learnedInitialState"),
        type.settings().stream().map(Setting::name).toList());
    Setting units = type.settings().getFirst();
    assertEquals(Setting.Kind.WHOLE, units.kind());
    assertEquals(1, units.least());
    assertEquals(Integer.MAX_VALUE / 4, units.most());
    assertEquals(List.of(Activation.values()), type.settings().get(1).choices());
    assertTrue(units.byDefault().isEmpty());
    assertEquals(Optional.of(Activation.TANH), type.settings().get(1).byDefault());
    Setting axis = LayerType.of(Softmax.of()).settings().getFirst();
    assertEquals(Optional.of(Softmax.Axis.FEATURES), axis.byDefault());
    assertTrue(axis.isLeftOut(Softmax.Axis.FEATURES));
    assertFalse(axis.isLeftOut(Softmax.Axis.SAMPLE));
    assertFalse(units.isLeftOut(1));
  }
}
