package dev.lanewise.formats.audio;

import dev.lanewise.formats.audio.AudioNetwork.Part;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.statedict.StateDict;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    StateDict found = StateDict.inOrder(TorchState.of(root.file(), tensors));
    List<Part> parts = parts(found, root.file(), inner ? STATE : "");
    int inputs = found.model().features();
    AudioNetwork plain = new AudioNetwork(root.file(), inputs, parts, false);
    boolean skip = root.has(MODEL) && TorchModelData.of(root.object(MODEL, MODEL)).skips(plain);
    return new AudioNetwork(root.file(), inputs, parts, skip).build(1, 1, allowNan, _ -> {});
  }

  private static List<Part> parts(StateDict found, Path file, String where) {
    List<Layer> layers = found.model().model().layers();
    Map<String, Map<String, Tensor>> weights = new HashMap<>();
    List<Part> parts = new ArrayList<>();
    for (Layer layer : layers) {
      // A module may have the name of a gain.
      String name =
          switch (layer) {
            case Lstm _ -> "lstm";
            case Gru _ -> "gru";
            case Dense _ when !parts.isEmpty() && parts.size() == layers.size() - 1 -> "dense";
            default -> throw AudioErrors.torchLayers(file, where, layers);
          };
      Map<String, Tensor> own = new LinkedHashMap<>();
      weights.put(layer.name(), own);
      parts.add(new Part(layer.named(name), own));
    }
    for (String name : found.model().shapes().keySet()) {
      Map<String, Tensor> own = weights.get(name.substring(0, name.lastIndexOf('/')));
      Objects.requireNonNull(own).put(name, found.value(name, Arena.ofAuto()));
    }
    return parts;
  }
}
