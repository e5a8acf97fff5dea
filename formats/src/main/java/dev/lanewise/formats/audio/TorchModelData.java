package dev.lanewise.formats.audio;

import dev.lanewise.formats.audio.AudioNetwork.Part;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Recurrent;
import java.util.List;

/** What {@code model_data} says of a network: that it fits its tensors, and whether it skips. */
final class TorchModelData {
  private static final String MODEL = "model";
  private static final String SKIP = "skip";
  private static final String UNIT = "unit_type";
  private static final String BIAS = "bias_fl";
  private static final List<String> MODELS = List.of("SimpleRNN", "RecNet");

  private final JsonObject data;

  private TorchModelData(JsonObject data) {
    this.data = data;
  }

  static TorchModelData of(JsonObject data) {
    AudioKeys.allowOnly(
        data, MODEL, SKIP, UNIT, BIAS, "input_size", "output_size", "hidden_size", "num_layers");
    String model = data.string(MODEL, MODELS.getFirst());
    if (!MODELS.contains(model)) {
      throw AudioErrors.choice(data, MODEL, model, MODELS);
    }
    return new TorchModelData(data);
  }

  /** Whether the first input is added to the output. */
  boolean skips(AudioNetwork network) {
    List<Recurrent> recurrent =
        network.parts().stream()
            .map(Part::layer)
            .filter(Recurrent.class::isInstance)
            .map(Recurrent.class::cast)
            .toList();
    requireUnit(recurrent.getFirst());
    require("input_size", network.inputs());
    require("output_size", network.outputs());
    require("hidden_size", recurrent.getFirst().units());
    require("num_layers", recurrent.size());
    if (data.has(BIAS)) {
      requireBias(network);
    }
    boolean skip = data.has(SKIP) && data.integer(SKIP, 0, 1) == 1;
    if (skip && network.outputs() != 1) {
      throw AudioErrors.outputs(data, SKIP, network.outputs());
    }
    return skip;
  }

  private void requireUnit(Layer layer) {
    String got = layer instanceof Lstm ? "LSTM" : "GRU";
    String unit = data.string(UNIT, got);
    if (!List.of("LSTM", "GRU").contains(unit)) {
      throw AudioErrors.choice(data, UNIT, unit, List.of("LSTM", "GRU"));
    }
    if (!unit.equals(got)) {
      throw AudioErrors.disagrees(data, UNIT, got, unit);
    }
  }

  private void require(String key, int tensors) {
    if (data.has(key)) {
      long got = data.integer(key, 0, Integer.MAX_VALUE);
      if (got != tensors) {
        throw AudioErrors.disagrees(data, key, Integer.toString(tensors), Long.toString(got));
      }
    }
  }

  /** It says so of the linear layer alone. */
  private void requireBias(AudioNetwork network) {
    if (network.parts().getLast().layer() instanceof Dense dense
        && data.bool(BIAS) != dense.useBias()) {
      String has = Boolean.toString(dense.useBias());
      throw AudioErrors.disagrees(data, BIAS, has, Boolean.toString(!dense.useBias()));
    }
  }
}
