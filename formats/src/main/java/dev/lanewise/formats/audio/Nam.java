package dev.lanewise.formats.audio;

import dev.lanewise.formats.audio.AudioNetwork.Part;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Neural Amp Modeler's JSON ({@code .nam}): an architecture, its sizes, and all weights in one
 * list. Of an LSTM these are for each layer the rows over [x, h] of the gates i, f, g, o, the bias,
 * and the h and c that it begins from; then the rows of the head, and its bias.
 *
 * <p>What the metadata says of loudness changes no number.
 */
final class Nam {
  static final String ARCHITECTURE = "architecture";

  private static final String WEIGHTS = "weights";
  private static final String CONFIG = "config";
  private static final String VERSION = "version";
  private static final String INPUTS = "input_size";
  private static final String UNITS = "hidden_size";
  private static final String LAYERS = "num_layers";
  private static final String IN_CHANNELS = "in_channels";
  private static final String OUT_CHANNELS = "out_channels";
  private static final String LSTM = "LSTM";
  private static final List<String> VERSIONS = List.of("0.5", "0.6", "0.7");
  private static final int MOST_UNITS = 1 << 20;

  private final JsonObject root;
  private final Tensor weights; // one axis
  private final List<Part> parts = new ArrayList<>();
  private long next;

  private Nam(JsonObject root, Tensor weights) {
    this.root = root;
    this.weights = weights;
  }

  static Model read(JsonObject root, boolean allowNan) {
    String architecture = root.string(ARCHITECTURE);
    if (!architecture.equals(LSTM)) {
      throw AudioErrors.architecture(root, ARCHITECTURE, LSTM, architecture);
    }
    AudioKeys.allowOnlyAndText(
        root, ARCHITECTURE, CONFIG, WEIGHTS, VERSION, AudioModel.METADATA, "sample_rate");
    requireVersion(root);
    JsonObject config = root.object(CONFIG, CONFIG);
    AudioKeys.allowOnly(config, INPUTS, UNITS, LAYERS, IN_CHANNELS, OUT_CHANNELS);
    int inputs = (int) config.integer(INPUTS, 1, MOST_UNITS);
    int units = (int) config.integer(UNITS, 1, MOST_UNITS);
    int layers = (int) config.integer(LAYERS, 1, ModelSizes.MOST_LAYERS);
    int outputs = config.has(OUT_CHANNELS) ? (int) config.integer(OUT_CHANNELS, 1, MOST_UNITS) : 1;
    if (config.has(IN_CHANNELS)) {
      long got = config.integer(IN_CHANNELS, 1, MOST_UNITS);
      if (got != inputs) {
        throw AudioErrors.only(
            config, IN_CHANNELS, inputs + ", the " + INPUTS + ",", Long.toString(got));
      }
    }
    Tensor weights = AudioArrays.tensor(root.member(WEIGHTS), root.file(), WEIGHTS);
    Shape expected = Shape.of(count(inputs, units, layers, outputs));
    if (!weights.shape().equals(expected)) {
      throw AudioErrors.weightShape(root.file(), WEIGHTS, expected, weights.shape());
    }
    Nam nam = new Nam(root, weights);
    for (int layer = 0; layer < layers; layer++) {
      nam.addLstm(layer == 0 ? inputs : units, units);
    }
    nam.addHead(units, outputs);
    return new AudioNetwork(root.file(), inputs, nam.parts, false).build(1, 1, allowNan, _ -> {});
  }

  private static void requireVersion(JsonObject root) {
    String version = root.string(VERSION);
    if (VERSIONS.stream().noneMatch(known -> version.startsWith(known + "."))) {
      throw AudioErrors.choice(root, VERSION, version, VERSIONS);
    }
  }

  /** How many weights there are; no less than the most there can be where it is more. */
  private static long count(long inputs, long units, long layers, long outputs) {
    long rest = Sizes.multiply(layers - 1, cell(units, units));
    return Sizes.add(Sizes.add(cell(inputs, units), rest), Sizes.multiply(outputs, units + 1));
  }

  /** Those of a layer: four gates over [x, h, 1], and two states. */
  private static long cell(long inputs, long units) {
    return 4 * units * (inputs + units + 1) + 2 * units;
  }

  private Tensor take(long count) {
    Tensor some = weights.slice(0, next, next + count);
    next += count;
    return some;
  }

  private String place() {
    return WEIGHTS + "[" + next + "]";
  }

  private void addLstm(long inputs, int units) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    String matrix = place();
    Tensor rows = take(4L * units * (inputs + units)).reshape(4L * units, inputs + units);
    own.put(matrix + " of x", rows.slice(1, 0, inputs).transpose());
    own.put(matrix + " of h", rows.slice(1, inputs, inputs + units).transpose());
    own.put(place(), take(4L * units));
    own.put(place(), take(units));
    own.put(place(), take(units));
    parts.add(
        new Part(
            Lstm.builder(units)
                .returnSequences(true)
                .learnedInitialState(true)
                .name("lstm")
                .build(),
            own));
  }

  private void addHead(int units, int outputs) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    own.put(place(), take((long) outputs * units).reshape(outputs, units).transpose());
    own.put(place(), take(outputs));
    parts.add(new Part(Dense.of(outputs).named("head"), own));
    assert next == weights.size() : root.where();
  }
}
