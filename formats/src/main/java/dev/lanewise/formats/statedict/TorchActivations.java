package dev.lanewise.formats.statedict;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.ActivationLayer;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.Softmax;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The activations of {@code torch.nn.functional}, with the settings that they have by default. */
final class TorchActivations {
  private static final float LEAKY_SLOPE = 0.01f;

  /** By name. */
  static final Map<String, Supplier<Layer>> ALL;

  static {
    Map<String, Supplier<Layer>> all = new LinkedHashMap<>();
    Map.ofEntries(
            Map.entry("relu", Activation.RELU),
            Map.entry("tanh", Activation.TANH),
            Map.entry("sigmoid", Activation.SIGMOID),
            Map.entry("gelu", Activation.GELU),
            Map.entry("elu", Activation.ELU),
            Map.entry("selu", Activation.SELU),
            Map.entry("silu", Activation.SILU),
            Map.entry("mish", Activation.MISH),
            Map.entry("relu6", Activation.RELU6),
            Map.entry("hardtanh", Activation.HARD_TANH),
            Map.entry("hardsigmoid", Activation.HARD_SIGMOID),
            Map.entry("hardswish", Activation.HARD_SILU),
            Map.entry("softplus", Activation.SOFTPLUS),
            Map.entry("softsign", Activation.SOFTSIGN),
            Map.entry("logsigmoid", Activation.LOG_SIGMOID),
            Map.entry("tanhshrink", Activation.TANH_SHRINK),
            Map.entry("hardshrink", Activation.HARD_SHRINK),
            Map.entry("softshrink", Activation.SOFT_SHRINK))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(each -> all.put(each.getKey(), () -> ActivationLayer.of(each.getValue())));
    all.put("leaky_relu", () -> Relu.builder().negativeSlope(LEAKY_SLOPE).build());
    all.put("softmax", Softmax::of);
    ALL = Collections.unmodifiableMap(all);
  }

  private TorchActivations() {}
}
