package dev.lanewise.formats.audio;

import dev.lanewise.formats.audio.AudioNetwork.Part;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.ActivationLayer;
import dev.lanewise.lstm.BatchNormalization;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * RTNeural's layers as this library's, each applied to one step after the other. Its weights are
 * those of Keras, whose layouts are this library's too.
 */
final class RtNeuralLayers {
  private static final String TYPE = "type";
  private static final String SHAPE = "shape";
  private static final String WEIGHTS = "weights";
  private static final String KERNEL_SIZE = "kernel_size";
  private static final String DILATION = "dilation";
  private static final String GROUPS = "groups";
  private static final String STRIDES = "strides";
  private static final String PADDING = "padding";
  private static final String EPSILON = "epsilon";

  private static final List<String> TYPES =
      List.of(
          "lstm", "gru", "dense", "time-distributed-dense", "conv1d", "batchnorm", "activation");

  private final List<Part> parts = new ArrayList<>();

  private RtNeuralLayers() {}

  static List<Part> of(List<JsonObject> layers) {
    RtNeuralLayers read = new RtNeuralLayers();
    for (JsonObject layer : layers) {
      ModelSizes.guarded(
          layer.file(),
          layer.where(),
          () -> {
            read.add(layer);
            return layer;
          });
    }
    return read.parts;
  }

  private void add(JsonObject layer) {
    String type = layer.string(TYPE);
    switch (type) {
      case "lstm" -> addRecurrent(layer, Lstm.builder(units(layer)).returnSequences(true).build());
      case "gru" -> addRecurrent(layer, Gru.builder(units(layer)).returnSequences(true).build());
      case "dense", "time-distributed-dense" -> addDense(layer);
      case "conv1d" -> addConvolution(layer);
      case "batchnorm" -> addBatchNormalization(layer);
      case "activation" -> addActivation(layer);
      default -> throw AudioErrors.layerType(layer, type, TYPES);
    }
  }

  private void addRecurrent(JsonObject layer, Layer recurrent) {
    AudioKeys.allowOnly(layer, TYPE, AudioActivations.KEY, SHAPE, WEIGHTS);
    AudioActivations.requireTanh(layer);
    Map<String, Tensor> weights = weights(layer);
    if (weights.size() != 3) {
      throw AudioErrors.arrayCount(
          layer, "a kernel, a recurrent kernel and a bias", weights.size());
    }
    parts.add(new Part(recurrent.named(layer.string(TYPE)), weights));
  }

  private void addDense(JsonObject layer) {
    AudioKeys.allowOnly(layer, TYPE, AudioActivations.KEY, SHAPE, WEIGHTS);
    Map<String, Tensor> weights = kernelAndBias(layer);
    add(
        layer,
        Dense.builder(units(layer))
            .useBias(weights.size() == 2)
            .activation(AudioActivations.of(layer))
            .name("dense")
            .build(),
        weights);
  }

  private void addConvolution(JsonObject layer) {
    AudioKeys.allowOnly(
        layer,
        TYPE,
        AudioActivations.KEY,
        SHAPE,
        WEIGHTS,
        KERNEL_SIZE,
        DILATION,
        GROUPS,
        STRIDES,
        PADDING);
    requireOne(layer, GROUPS);
    requireOne(layer, STRIDES);
    String padding = layer.string(PADDING, "causal");
    if (!padding.equals("causal")) {
      throw AudioErrors.choice(layer, PADDING, padding, List.of("causal"));
    }
    Map<String, Tensor> weights = kernelAndBias(layer);
    add(
        layer,
        Conv1d.builder(units(layer), layer.single(KERNEL_SIZE, 1, 1 << 20))
            .dilation(layer.single(DILATION, 1, 1 << 20))
            .padding(Conv1d.Padding.CAUSAL)
            .useBias(weights.size() == 2)
            .activation(AudioActivations.of(layer))
            .name("conv1d")
            .build(),
        weights);
  }

  private static void requireOne(JsonObject layer, String key) {
    if (layer.has(key)) {
      int got = layer.single(key, 0, Integer.MAX_VALUE);
      if (got != 1) {
        throw AudioErrors.only(layer, key, "1", Integer.toString(got));
      }
    }
  }

  /** With gamma and beta before mean and variance, or neither. */
  private void addBatchNormalization(JsonObject layer) {
    AudioKeys.allowOnly(layer, TYPE, AudioActivations.KEY, SHAPE, WEIGHTS, EPSILON);
    requireNoActivation(layer);
    Map<String, Tensor> weights = weights(layer);
    if (weights.size() != 2 && weights.size() != 4) {
      String expected = "[gamma, beta, mean, variance] or [mean, variance]";
      throw AudioErrors.arrayCount(layer, expected, weights.size());
    }
    boolean affine = weights.size() == 4;
    parts.add(
        new Part(
            BatchNormalization.builder()
                .epsilon(layer.number(EPSILON))
                .center(affine)
                .scale(affine)
                .build()
                .named("batchnorm"),
            weights));
  }

  private static void requireNoActivation(JsonObject layer) {
    String name = layer.string(AudioActivations.KEY, "");
    if (!name.isEmpty()) {
      throw AudioErrors.only(layer, AudioActivations.KEY, "none", name);
    }
  }

  private void addActivation(JsonObject layer) {
    AudioKeys.allowOnly(layer, TYPE, AudioActivations.KEY, SHAPE, WEIGHTS);
    if (!weights(layer).isEmpty()) {
      throw AudioErrors.arrayCount(layer, "none", weights(layer).size());
    }
    Activation activation = AudioActivations.of(layer);
    if (AudioActivations.isSoftmax(layer)) {
      parts.add(new Part(Softmax.of().named("softmax"), Map.of()));
    } else {
      parts.add(new Part(ActivationLayer.of(activation).named("activation"), Map.of()));
    }
  }

  private void add(JsonObject layer, Layer made, Map<String, Tensor> weights) {
    parts.add(new Part(made, weights));
    if (AudioActivations.isSoftmax(layer)) {
      parts.add(new Part(Softmax.of().named("softmax"), Map.of()));
    }
  }

  private static Map<String, Tensor> kernelAndBias(JsonObject layer) {
    Map<String, Tensor> weights = weights(layer);
    if (weights.isEmpty() || weights.size() > 2) {
      throw AudioErrors.arrayCount(layer, "a kernel, and a bias or none,", weights.size());
    }
    return weights;
  }

  /** The last number of the shape. */
  private static int units(JsonObject layer) {
    return AudioKeys.lastAxis(layer, SHAPE);
  }

  private static Map<String, Tensor> weights(JsonObject layer) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    if (layer.member(WEIGHTS) instanceof List<?> arrays) {
      ModelSizes.requireLayers(layer.file(), layer.where(), arrays.size());
      for (int i = 0; i < arrays.size(); i++) {
        String where = layer.where() + ", " + WEIGHTS + "[" + i + "]";
        weights.put(where, AudioArrays.tensor(arrays.get(i), layer.file(), where));
      }
    } else if (layer.member(WEIGHTS) != Json.Null.NULL) {
      throw AudioErrors.numbers(layer.file(), layer.where() + ", " + WEIGHTS, "no array");
    }
    return weights;
  }
}
