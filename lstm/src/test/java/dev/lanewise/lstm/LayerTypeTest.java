package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
            .build();
    Lstm forward = lstm.toBuilder().goBackwards(false).build();
    return List.of(
        lstm,
        Dense.builder(3).activation(Activation.ELU).useBias(false).build(),
        Embedding.builder(5, 3).maskZero(true).trainable(false).inputLength(7).build(),
        Conv1d.builder(4, 3)
            .strides(2)
            .dilation(5)
            .padding(Conv1d.Padding.CAUSAL)
            .channels(Conv1d.Channels.FIRST)
            .activation(Activation.SELU)
            .useBias(false)
            .build(),
        Bidirectional.of(forward, Bidirectional.Merge.AVERAGE),
        Masking.of(0.1f),
        Dropout.of(0.25),
        Flatten.of(),
        Reshape.of(3, -1),
        Permute.of(2, 1),
        RepeatVector.of(4),
        Softmax.of(Softmax.Axis.SAMPLE),
        Normalization.inverse(new float[] {1, 2}, new float[] {3, 4}));
  }

  @Test
  void listsEveryLayerThatThereIs() {
    Set<String> permitted =
        leaves(Layer.class).map(Class::getSimpleName).collect(Collectors.toSet());
    List<String> listed = LayerType.all().stream().map(LayerType::name).toList();
    assertEquals(permitted, new HashSet<>(listed));
    assertEquals(permitted.size(), listed.size());
    assertEquals(listed, layers().stream().map(layer -> LayerType.of(layer).name()).toList());
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
    Layer made = type.make(setting -> asSet(setting, setting.of(layer)));
    assertEquals(layer.getClass(), made.getClass());
    assertEquals(layer.toString(), made.toString());
    for (Setting setting : type.settings()) {
      assertArrayEquals(parts(setting.of(layer)), parts(setting.of(made)), setting.name());
    }
  }

  /** A number is set as a double. */
  private static Object asSet(Setting setting, Object value) {
    return setting.kind() == Setting.Kind.NUMBER ? ((Number) value).doubleValue() : value;
  }

  private static Object[] parts(Object value) {
    return switch (value) {
      case int[] axes -> Arrays.stream(axes).boxed().toArray();
      case float[] numbers -> new Object[] {Arrays.toString(numbers)};
      case Layer inner ->
          LayerType.of(inner).settings().stream().map(each -> each.of(inner)).toArray();
      default -> new Object[] {value};
    };
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
            "zeroOutputForMask"),
        type.settings().stream().map(Setting::name).toList());
    Setting units = type.settings().getFirst();
    assertEquals(Setting.Kind.WHOLE, units.kind());
    assertEquals(1, units.least());
    assertEquals(Integer.MAX_VALUE / 4, units.most());
    assertEquals(List.of(Activation.values()), type.settings().get(1).choices());
    assertTrue(units.absent().isEmpty());
    Setting axis = LayerType.of(Softmax.of()).settings().getFirst();
    assertTrue(axis.isLeftOut(Softmax.Axis.FEATURES));
  }
}
