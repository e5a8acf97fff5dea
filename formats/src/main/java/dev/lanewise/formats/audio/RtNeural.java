package dev.lanewise.formats.audio;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Model;
import java.util.List;

/**
 * RTNeural's JSON: layers in the layout of Keras, one after the other. AIDA-X adds a skip, gains in
 * decibels, and samples of what goes in and comes out, which say whether the network was read well.
 */
final class RtNeural {
  static final String IN_SHAPE = "in_shape";
  static final String LAYERS = "layers";
  static final String IN_SKIP = "in_skip";
  static final String IN_GAIN = "in_gain";
  static final String OUT_GAIN = "out_gain";

  /** The keys that AIDA-X adds. */
  static final List<String> AIDA =
      List.of(IN_SKIP, IN_GAIN, OUT_GAIN, AudioSamples.INPUT, AudioSamples.OUTPUT);

  /** A gain and a skip are matrices of as many rows; plug-ins have at most 3 inputs. */
  private static final int MOST_INPUTS = 16;

  /** What is no sound. */
  private static final double SILENCE = -90;

  private RtNeural() {}

  static String form(JsonObject root) {
    return AIDA.stream().anyMatch(root::has) ? "AIDA-X JSON" : "RTNeural JSON";
  }

  static Model read(JsonObject root, boolean allowNan) {
    AudioKeys.allowOnlyAndText(
        root,
        IN_SHAPE,
        LAYERS,
        IN_SKIP,
        IN_GAIN,
        OUT_GAIN,
        AudioSamples.INPUT,
        AudioSamples.OUTPUT,
        AudioModel.SAMPLE_RATE,
        AudioModel.METADATA);
    int inputs = AudioKeys.lastAxis(root, IN_SHAPE);
    boolean skip = root.has(IN_SKIP) && root.integer(IN_SKIP, 0, 1) == 1;
    List<JsonObject> layers = root.objects(LAYERS);
    ModelSizes.requireLayers(root.file(), LAYERS, layers.size());
    AudioNetwork network = new AudioNetwork(root.file(), inputs, RtNeuralLayers.of(layers), skip);
    if (network.parts().isEmpty()) {
      throw AudioErrors.noLayers(root);
    }
    int outputs = network.outputs();
    for (String key : List.of(IN_SKIP, OUT_GAIN, AudioSamples.OUTPUT)) {
      if (root.has(key) && outputs != 1) {
        throw AudioErrors.outputs(root, key, outputs);
      }
    }
    for (String key : List.of(IN_SKIP, IN_GAIN)) {
      if (root.has(key) && inputs > MOST_INPUTS) {
        throw AudioErrors.inputs(root, key, MOST_INPUTS, inputs);
      }
    }
    AudioSamples samples = AudioSamples.of(root);
    return network.build(
        gain(root, IN_GAIN),
        gain(root, OUT_GAIN),
        allowNan,
        model -> samples.require(model, network));
  }

  /** As the plug-in has it of decibels. */
  private static double gain(JsonObject root, String key) {
    double decibels = root.number(key, 0);
    return decibels > SILENCE ? Math.pow(10, decibels / 20) : 0;
  }
}
