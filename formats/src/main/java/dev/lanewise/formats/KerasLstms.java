package dev.lanewise.formats;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Lstm;
import java.util.List;

/** Keras's LSTM, CuDNNLSTM and Bidirectional as this library's. */
final class KerasLstms {
  private static final String CUDNN = "CuDNNLSTM";

  private final KerasVersion version;

  KerasLstms(KerasVersion version) {
    this.version = version;
  }

  Lstm lstm(JsonObject config, String name, String kind) {
    for (String setting : List.of("return_state", "time_major")) {
      if (config.bool(setting, false)) {
        throw KerasErrors.setting(config.file(), config.where(), setting);
      }
    }
    boolean forget = config.string("forget_bias_init", "one").equals("one");
    Lstm lstm =
        Lstm.builder(KerasLayers.units(config, Integer.MAX_VALUE / 4))
            .activation(KerasActivations.of(config, "activation", "tanh", version))
            .recurrentActivation(
                KerasActivations.of(config, gateKey(config), gates(config, kind), version))
            .useBias(config.bool("use_bias", true))
            .unitForgetBias(config.bool("unit_forget_bias", forget))
            .returnSequences(config.bool("return_sequences", false))
            .goBackwards(config.bool("go_backwards", false))
            .zeroOutputForMask(config.bool("zero_output_for_mask", false))
            .name(name)
            .build();
    KerasSettings.requireRead(config, kind);
    return lstm;
  }

  private static String gateKey(JsonObject config) {
    return KerasLayers.either(config, "recurrent_activation", "inner_activation");
  }

  /** Before 2.3 the gates were hard unless told otherwise, save on a GPU. */
  private String gates(JsonObject config, String kind) {
    if (kind.equals(CUDNN) || config.names().contains(gateKey(config)) || version.isFrom(2, 3)) {
      return "sigmoid";
    }
    if (version.isBefore(2, 3)) {
      return "hard_sigmoid";
    }
    throw KerasConfigErrors.versionOpen(config, "an absent recurrent_activation", "Keras 2.3");
  }

  Bidirectional bidirectional(JsonObject config) {
    String kind = config.object("layer", config.where()).string("class_name");
    String only = kind.equals(CUDNN) ? kind : "LSTM";
    Lstm forward = lstm(KerasLayers.inner(config, "layer", only), "", kind);
    if (config.has("backward_layer")) {
      JsonObject other = KerasLayers.inner(config, "backward_layer", only);
      if (!alike(forward, lstm(other, "", kind))) {
        throw KerasErrors.backwardLayer(config.file(), other.where());
      }
    }
    Bidirectional both = Bidirectional.of(forward, merge(config));
    KerasSettings.requireRead(config, "Bidirectional");
    return both;
  }

  private static Bidirectional.Merge merge(JsonObject config) {
    String merge = config.has("merge_mode") ? config.string("merge_mode") : "null";
    return switch (config.names().contains("merge_mode") ? merge : "concat") {
      case "concat" -> Bidirectional.Merge.CONCAT;
      case "sum" -> Bidirectional.Merge.SUM;
      case "mul" -> Bidirectional.Merge.MULTIPLY;
      case "ave" -> Bidirectional.Merge.AVERAGE;
      default ->
          throw KerasErrors.choice(
              config.file(),
              config.where(),
              "merge_mode",
              merge,
              List.of("concat", "sum", "mul", "ave"));
    };
  }

  private static boolean alike(Lstm forward, Lstm backward) {
    return forward.units() == backward.units()
        && forward.activation() == backward.activation()
        && forward.recurrentActivation() == backward.recurrentActivation()
        && forward.useBias() == backward.useBias()
        && forward.returnSequences() == backward.returnSequences()
        && forward.zeroOutputForMask() == backward.zeroOutputForMask()
        && forward.goBackwards() != backward.goBackwards();
  }
}
