package dev.lanewise.formats.audio;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.kernels.Activation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RTNeural's activations, whose settings are fixed. */
final class AudioActivations {
  static final String KEY = "activation";
  static final String SOFTMAX = "softmax";

  private static final Map<String, Activation> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("", Activation.LINEAR);
    KNOWN.put("linear", Activation.LINEAR);
    KNOWN.put("tanh", Activation.TANH);
    KNOWN.put("relu", Activation.RELU);
    KNOWN.put("sigmoid", Activation.SIGMOID);
    KNOWN.put("elu", Activation.ELU);
  }

  private AudioActivations() {}

  static boolean isSoftmax(JsonObject layer) {
    return layer.string(KEY, "").equals(SOFTMAX);
  }

  /** Of a layer that takes any; linear where it says none or the softmax, which is a layer. */
  static Activation of(JsonObject layer) {
    String name = layer.string(KEY, "");
    if (name.equals(SOFTMAX)) {
      return Activation.LINEAR;
    }
    Activation known = KNOWN.get(name);
    if (known == null) {
      List<String> names = new ArrayList<>(KNOWN.keySet());
      names.remove("");
      names.add(SOFTMAX);
      throw AudioErrors.choice(layer, KEY, name, names);
    }
    return known;
  }

  /** Recurrent layers have tanh, whether they say so or nothing. */
  static void requireTanh(JsonObject layer) {
    String name = layer.string(KEY, "");
    if (!name.isEmpty() && !name.equals("tanh")) {
      throw AudioErrors.choice(layer, KEY, name, List.of("tanh"));
    }
  }
}
