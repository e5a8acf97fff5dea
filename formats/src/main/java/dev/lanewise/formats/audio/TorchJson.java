package dev.lanewise.formats.audio;

import dev.lanewise.formats.audio.AudioNetwork.Part;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Torch's tensors by name: at the top, as RTNeural's tests have them, or as {@code state_dict}
 * beside {@code model_data}, as Automated-GuitarAmpModelling writes them for Proteus and NeuralPi.
 */
final class TorchJson {
  static final String STATE = "state_dict";
  static final String MODEL = "model_data";

  private static final Pattern TENSOR =
      Pattern.compile(".*\\.((weight|bias)_(ih|hh)_l\\d+|weight|bias)");

  private TorchJson() {}

  /** Whether a key at the top names a tensor. */
  static boolean isTensor(String key) {
    return key.length() < 1000 && TENSOR.matcher(key).matches();
  }

  static boolean is(JsonObject root) {
    return root.has(STATE) || root.names().stream().anyMatch(TorchJson::isTensor);
  }

  static String form(JsonObject root) {
    return root.has(MODEL) ? "GuitarML JSON" : "PyTorch JSON";
  }

  static Model read(JsonObject root, boolean allowNan) {
    boolean inner = root.has(STATE);
    JsonObject state = inner ? root.object(STATE, STATE) : root;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : state.names()) {
      if (inner || isTensor(name)) {
        String where = inner ? STATE + ", " + name : name;
        tensors.put(name, AudioArrays.tensor(state.member(name), root.file(), where));
      }
    }
    if (!inner) {
      AudioKeys.allowOnlyAndText(
          root, root.names().stream().filter(TorchJson::isTensor).toArray(String[]::new));
    }
    List<Part> parts = TorchLayers.of(tensors, root.file(), inner ? STATE : "");
    int inputs = inputs(parts);
    AudioNetwork plain = new AudioNetwork(root.file(), inputs, parts, false);
    boolean skip = root.has(MODEL) && TorchModelData.of(root.object(MODEL, MODEL)).skips(plain);
    return new AudioNetwork(root.file(), inputs, parts, skip).build(1, 1, allowNan, _ -> {});
  }

  private static int inputs(List<Part> parts) {
    assert parts.getFirst().layer() instanceof Recurrent;
    return (int) parts.getFirst().weights().values().iterator().next().dim(0);
  }
}
