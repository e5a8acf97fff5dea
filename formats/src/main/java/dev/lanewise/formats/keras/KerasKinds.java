package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.ActivationLayer;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Average;
import dev.lanewise.lstm.AveragePooling1d;
import dev.lanewise.lstm.BatchNormalization;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Elu;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.GlobalAveragePooling1d;
import dev.lanewise.lstm.GlobalMaxPooling1d;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerNormalization;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.MaxPooling1d;
import dev.lanewise.lstm.Multiply;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Pooling1d;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Setting;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.SpatialDropout1d;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All classes of Keras that can be read: one row each, and all that is known of Keras's layers. */
final class KerasKinds {
  /** Idle settings of a layer with a kernel; Keras 1's names after Keras 2's. */
  private static final String KERNEL =
      "kernel_initializer kernel_constraint bias_initializer bias_constraint init W_constraint"
          + " b_constraint input_dim input_length";

  private static final String KERNEL_PENALTY = "kernel_regularizer W_regularizer";
  private static final String BIAS_PENALTY = "bias_regularizer b_regularizer";
  private static final String RANDOM = "seed rng_type";
  private static final String GATES = "recurrent_activation inner_activation";
  private static final String UNITS = "units output_dim";
  private static final String BIAS = "use_bias bias";
  private static final String LAST = "channels_last";
  private static final String FIRST = "channels_first";
  private static final String FORMAT = "data_format";
  private static final String POOL_SIZE = "pool_size pool_length";
  private static final String BACKWARD = "backward_layer";
  private static final String MERGE = "merge_mode";
  private static final String TRAINABLE = "trainable";
  private static final String ACTIVATION = "activation";

  static final KerasKind INPUT =
      KerasKind.none("InputLayer")
          .only("sparse", "false")
          .only("ragged", "false")
          .idle("batch_shape dtype input_shape shape optional");

  /** In the order in which messages name them. */
  private static final List<KerasKind> ALL =
      List.of(
          lstm("LSTM").way("recurrentActivation", KerasKinds::gates).groups("/cell/vars"),
          lstm("CuDNNLSTM"),
          gru("GRU")
              .way("recurrentActivation", KerasKinds::gates)
              .way("resetAfter", (config, key, _) -> config.has(key) ? null : false)
              .groups("/cell/vars"),
          gru("CuDNNGRU"),
          recurrent(SimpleRnn.class, "SimpleRNN").groups("/cell/vars"),
          KerasKind.of(Bidirectional.class, "Bidirectional")
              .key("merge", MERGE, "concat", "sum", "mul", "ave")
              .way("merge", (config, _, _) -> isApart(config) ? Bidirectional.Merge.CONCAT : null)
              .then(KerasKinds::alike)
              .arrays(layer -> new KerasArrays.Halves(arrays(((Bidirectional) layer).layer())))
              .groups("/forward_layer/cell/vars", "/backward_layer/cell/vars")
              .apart(KerasKinds::isApart)
              .keepsState()
              .passesMask(),
          KerasKind.of(Dense.class, "Dense", "TimeDistributedDense")
              .key("units", UNITS)
              .key("useBias", BIAS)
              .key("kernelRegularizer", KERNEL_PENALTY)
              .key("biasRegularizer", BIAS_PENALTY)
              .way(
                  ACTIVATION, (config, key, _) -> isSoftmax(config, key) ? Activation.LINEAR : null)
              .then(KerasKinds::softmaxApart)
              .idle(KERNEL)
              .activates()
              .passesMask(),
          KerasKind.none("TimeDistributed")
              .then(KerasKinds::eachStep)
              .groups("/layer/vars")
              .activates()
              .passesMask(),
          KerasKind.of(Embedding.class, "Embedding")
              .key("vocabulary", "input_dim")
              .key("dimension", "output_dim")
              .key("embeddingsRegularizer", "embeddings_regularizer W_regularizer")
              .way("inputLength", (config, key, at) -> config.has(key) ? null : at.timesteps())
              .idle("embeddings_initializer embeddings_constraint init W_constraint dropout")
              .masks(
                  KerasMaskNodes.NOT_EQUAL,
                  config ->
                      config.bool("mask_zero", false)
                          ? OptionalDouble.of(0)
                          : OptionalDouble.empty()),
          KerasKind.of(Masking.class, "Masking")
              .key("value", "mask_value")
              .masks(
                  KerasMaskNodes.ANY, config -> OptionalDouble.of(config.number("mask_value", 0))),
          KerasKind.of(Conv1d.class, "Conv1D", "Convolution1D")
              .key("filters", "filters nb_filter")
              .key("kernelSize", "kernel_size filter_length")
              .key("strides", "strides subsample_length")
              .key("dilation", "dilation_rate")
              .key("padding", "padding border_mode")
              .key("channels", FORMAT, LAST, FIRST)
              .key("useBias", BIAS)
              .key("kernelRegularizer", KERNEL_PENALTY)
              .key("biasRegularizer", BIAS_PENALTY)
              .only("groups", "1")
              .arrays(_ -> new KerasArrays.Squeezed())
              .idle(KERNEL)
              .activates(),
          KerasKind.of(Flatten.class, "Flatten").then(KerasKinds::channelsLast),
          KerasKind.of(Reshape.class, "Reshape").key("dims", "target_shape"),
          KerasKind.of(Permute.class, "Permute").key("axes", "dims"),
          KerasKind.of(RepeatVector.class, "RepeatVector"),
          KerasKind.of(Dropout.class, "Dropout")
              .key("rate", "rate p")
              .idle(RANDOM)
              .idle("noise_shape")
              .passesMask(),
          KerasKind.of(Softmax.class, "Softmax").way("axis", KerasKinds::axis).passesMask(),
          normalizing(LayerNormalization.class, "LayerNormalization").only("rms_scaling", "false"),
          normalizing(BatchNormalization.class, "BatchNormalization")
              .only("renorm", "false")
              .only("mode", "0") // Keras 1's over the axis
              .idle("renorm_clipping renorm_momentum synchronized fused") // they act in training
              .idle("moving_mean_initializer moving_variance_initializer"),
          merging(Add.class, "Add"),
          merging(Average.class, "Average"),
          merging(Multiply.class, "Multiply"),
          merging(Concatenate.class, "Concatenate").way("axis", KerasKinds::joined),
          KerasKind.of(ActivationLayer.class, "Activation")
              .way(
                  ACTIVATION, (config, key, _) -> isSoftmax(config, key) ? Activation.LINEAR : null)
              .then(KerasKinds::activation)
              .passesMask(),
          KerasKind.of(Relu.class, "ReLU").passesMask(),
          KerasKind.of(Relu.class, "LeakyReLU")
              .key("negativeSlope", "negative_slope alpha")
              .way("negativeSlope", (config, key, _) -> config.has(key) ? null : 0.3)
              .passesMask(),
          KerasKind.of(Relu.class, "ThresholdedReLU")
              .key("threshold", "theta")
              .way("threshold", (config, key, _) -> config.has(key) ? null : 1.0)
              .passesMask(),
          KerasKind.of(Elu.class, "ELU").passesMask(),
          pooling(MaxPooling1d.class, "MaxPooling1D"),
          pooling(AveragePooling1d.class, "AveragePooling1D"),
          KerasKind.of(GlobalMaxPooling1d.class, "GlobalMaxPooling1D").then(KerasKinds::pooledAll),
          KerasKind.of(GlobalAveragePooling1d.class, "GlobalAveragePooling1D")
              .then(KerasKinds::pooledAll)
              .heedsMask(),
          KerasKind.of(SpatialDropout1d.class, "SpatialDropout1D")
              .key("rate", "rate p")
              .idle(RANDOM)
              .idle("noise_shape")
              .passesMask(),
          // These only act in training.
          KerasKind.none("GaussianDropout").idle(RANDOM).idle("rate p").passesMask(),
          KerasKind.none("GaussianNoise").idle(RANDOM).idle("stddev sigma").passesMask(),
          KerasKind.none("ActivityRegularization").idle("l1 l2").passesMask(),
          KerasKind.none("AlphaDropout").idle(RANDOM).idle("rate noise_shape").passesMask(),
          KerasKind.none("Identity").passesMask());

  /** What does the same to a step of a sequence as to a row. */
  private static final List<Class<? extends Layer>> OF_STEPS =
      List.of(
          Dense.class,
          Flatten.class,
          Dropout.class,
          Softmax.class,
          ActivationLayer.class,
          Relu.class,
          Elu.class);

  private KerasKinds() {}

  private static KerasKind lstm(String name) {
    return recurrent(Lstm.class, name)
        .key("recurrentActivation", GATES)
        .way("unitForgetBias", KerasKinds::forgetBias)
        .absent("peepholes coupledGates clip projection")
        .arrays(layer -> KerasGateArrays.lstm(((Lstm) layer).units()));
  }

  private static KerasKind gru(String name) {
    return recurrent(Gru.class, name)
        .key("recurrentActivation", GATES)
        .arrays(layer -> KerasGateArrays.gru(((Gru) layer).units()));
  }

  private static KerasKind recurrent(Class<? extends Recurrent> layer, String name) {
    return KerasKind.of(layer, name)
        .key("units", UNITS)
        .only("time_major", "false")
        .idle(KERNEL)
        .idle("recurrent_initializer recurrent_constraint inner_init")
        .idle("stateful") // each call begins with the state 0, whether Keras would or not
        .idle("unroll implementation consume_less use_cudnn") // how it is computed, not what
        .key("kernelRegularizer", KERNEL_PENALTY)
        .key("recurrentRegularizer", "recurrent_regularizer U_regularizer")
        .key("biasRegularizer", BIAS_PENALTY)
        .key("dropout", "dropout dropout_W")
        .way("dropout", KerasKinds::dropped)
        .key("recurrentDropout", "recurrent_dropout dropout_U")
        .way("recurrentDropout", KerasKinds::dropped)
        .idle(RANDOM)
        .then(KerasKinds::states)
        .keepsState()
        .passesMask();
  }

  private static KerasKind normalizing(Class<? extends Layer> layer, String name) {
    return KerasKind.of(layer, name)
        .idle("gamma_initializer gamma_regularizer gamma_constraint gamma_init")
        .idle("beta_initializer beta_regularizer beta_constraint beta_init")
        .then(KerasKinds::lastAxis)
        .passesMask();
  }

  private static KerasKind merging(Class<? extends Layer> layer, String name) {
    return KerasKind.of(layer, name).merges().passesMask();
  }

  private static KerasKind pooling(Class<? extends Pooling1d> layer, String name) {
    return KerasKind.of(layer, name)
        .key("poolSize", POOL_SIZE)
        .key("strides", "strides stride")
        .way("strides", KerasKinds::strides)
        .key("padding", "padding border_mode")
        .then(KerasKinds::pooled);
  }

  /** The kind of that class; null where there is none. */
  static @Nullable KerasKind find(String name) {
    return ALL.stream().filter(kind -> kind.classes.contains(name)).findFirst().orElse(null);
  }

  /** The kind of a layer of a model. */
  static KerasKind of(String name, JsonObject config) {
    KerasKind found = find(name);
    if (found == null) {
      throw KerasErrors.layerKind(config.file(), config.where(), name, labels(ALL));
    }
    return found;
  }

  private static List<String> labels(List<KerasKind> kinds) {
    return kinds.stream().map(kind -> kind.label).toList();
  }

  /** A layer within a layer, of one of the types. */
  static List<Layer> inner(
      JsonObject wrapper, String member, List<LayerType> types, KerasLayers at) {
    String where = wrapper.where() + ", " + member;
    JsonObject layer = wrapper.object(member, where);
    String name = layer.string("class_name");
    List<KerasKind> known = ALL.stream().filter(kind -> kind.isOf(types)).toList();
    KerasKind found = find(name);
    if (found == null || !known.contains(found)) {
      throw KerasErrors.layerKind(wrapper.file(), where, name, labels(known));
    }
    return found.layers(KerasEntries.config(layer, where), at);
  }

  // LSTM and GRU

  /** Before 2.3 the gates were hard unless told otherwise, save on a GPU. */
  private static @Nullable Activation gates(JsonObject config, String key, KerasLayers at) {
    if (config.names().contains(key) || at.version().isFrom(2, 3)) {
      return null;
    }
    if (at.version().isBefore(2, 3)) {
      return Activation.HARD_SIGMOID_CLASSIC;
    }
    throw KerasErrors.versionOpen(config, "an absent recurrent_activation", "Keras 2.3");
  }

  /** Keras takes a part below 0 for 0, and drops nothing where all is to be dropped. */
  private static @Nullable Double dropped(JsonObject config, String key, KerasLayers at) {
    double part = config.number(key, 0);
    return part > 0 && part < 1 ? null : 0.0;
  }

  /** Keras 1 named an initializer. */
  private static @Nullable Boolean forgetBias(JsonObject config, String key, KerasLayers at) {
    boolean one = config.string("forget_bias_init", "one").equals("one");
    return config.has(key) ? null : one;
  }

  /** States go out in a graph alone. */
  private static List<Layer> states(List<Layer> made, JsonObject config, KerasLayers at) {
    if (config.bool("return_state", false)) {
      at.giveStates(config);
    }
    return made;
  }

  // Bidirectional

  private static KerasArrays arrays(Layer layer) {
    List<LayerType> type = List.of(LayerType.of(layer));
    return ALL.stream().filter(kind -> kind.isOf(type)).findFirst().orElseThrow().arrays(layer);
  }

  /** Keras merges by default, and not where null is written. */
  private static boolean isApart(JsonObject config) {
    return config.names().contains(MERGE) && !config.has(MERGE);
  }

  /**
   * The backward layer of a Bidirectional has the forward one's settings, but for the direction,
   * and but for what its weights would begin with and how it is trained.
   */
  private static List<Layer> alike(List<Layer> made, JsonObject config, KerasLayers at) {
    if (config.has(BACKWARD)) {
      Layer forward = recurrent(config, "layer", at);
      Layer backward = recurrent(config, BACKWARD, at);
      if (!LayerType.of(forward).equals(LayerType.of(backward))
          || !LayerType.of(forward).settings().stream()
              .allMatch(setting -> alike(setting, forward, backward))) {
        throw KerasErrors.backwardLayer(config.file(), config.where() + ", " + BACKWARD);
      }
    }
    if (isApart(config)) {
      at.giveHalves(made.getFirst().stateUnits().getFirst());
    }
    return config.bool(TRAINABLE, true) ? made : List.of(made.getFirst().trainable(false));
  }

  private static boolean alike(Setting setting, Layer forward, Layer backward) {
    boolean same = setting.of(forward).equals(setting.of(backward));
    return switch (setting.name()) {
      case "goBackwards" -> !same;
      case "unitForgetBias",
          "dropout",
          "recurrentDropout",
          "trainable",
          "kernelRegularizer",
          "recurrentRegularizer",
          "biasRegularizer" ->
          true;
      default -> same;
    };
  }

  private static Layer recurrent(JsonObject config, String member, KerasLayers at) {
    List<LayerType> known =
        LayerType.of(Bidirectional.class).settings().stream()
            .flatMap(setting -> setting.layers().stream())
            .toList();
    return inner(config, member, known, at).getFirst();
  }

  // Softmax and activations

  private static boolean isSoftmax(JsonObject config, String key) {
    return KerasActivations.name(config, key).equals(KerasActivations.SOFTMAX);
  }

  /** A softmax is a layer of its own here. */
  private static List<Layer> softmaxApart(List<Layer> made, JsonObject config, KerasLayers at) {
    if (isSoftmax(config, ACTIVATION)) {
      made.add(Softmax.of().named(at.name() + "_" + KerasActivations.SOFTMAX));
    }
    return made;
  }

  /** One after a layer that ends in an activation, and has none, is that layer's. */
  private static List<Layer> activation(List<Layer> made, JsonObject config, KerasLayers at) {
    if (isSoftmax(config, ACTIVATION)) {
      return List.of(Softmax.of().named(at.name()));
    }
    Activation activation = ((ActivationLayer) made.getFirst()).activation();
    return activation == Activation.LINEAR || at.activate(activation) ? List.of() : made;
  }

  // TimeDistributed

  /** What takes rows here takes the steps of a sequence one by one, so that nothing wraps it. */
  private static List<Layer> eachStep(List<Layer> made, JsonObject config, KerasLayers at) {
    String where = config.where() + ", layer";
    String name = config.object("layer", where).string("class_name");
    List<LayerType> types = OF_STEPS.stream().map(LayerType::of).toList();
    KerasKind found = find(name);
    if (found == null || !found.isOf(types)) {
      List<KerasKind> known = ALL.stream().filter(kind -> kind.isOf(types)).toList();
      throw KerasErrors.stepKind(config.file(), where, name, labels(known));
    }
    boolean trainable = config.bool(TRAINABLE, true);
    return at.ofSteps(() -> inner(config, "layer", types, at)).stream()
        .filter(layer -> !(layer instanceof Flatten)) // a step is flat
        .map(layer -> trainable ? layer : layer.trainable(false))
        .toList();
  }

  private static Softmax.Axis axis(JsonObject config, String key, KerasLayers at) {
    Object given = config.has(key) ? config.member(key) : "-1";
    List<?> all = given instanceof List<?> list ? list : List.of(given);
    Set<String> axes = new TreeSet<>();
    for (Object axis : all) {
      axes.add(
          switch (axis.toString()) {
            case "2" -> at.time() ? "-1" : "2";
            case "1" -> at.time() ? "1" : "-1";
            case "-2" -> at.time() ? "1" : "-2";
            default -> axis.toString();
          });
    }
    return switch (axes.toString()) {
      case "[-1]" -> Softmax.Axis.FEATURES;
      case "[1]" -> Softmax.Axis.TIMESTEPS;
      case "[-1, 1]" -> Softmax.Axis.SAMPLE;
      default -> throw KerasErrors.softmaxAxis(config, given.toString(), at.time());
    };
  }

  // LayerNormalization and BatchNormalization

  private static List<Layer> lastAxis(List<Layer> made, JsonObject config, KerasLayers at) {
    Object given = config.has("axis") ? config.member("axis") : "-1";
    Object axis = given instanceof List<?> list && list.size() == 1 ? list.getFirst() : given;
    String last = at.time() ? "2" : "1";
    if (!axis.toString().equals("-1") && !axis.toString().equals(last)) {
      throw KerasErrors.normalizationAxis(config, given.toString(), at.time());
    }
    return made;
  }

  // Concatenate

  private static Concatenate.Axis joined(JsonObject config, String key, KerasLayers at) {
    String axis = config.has(key) ? config.member(key).toString() : "-1";
    boolean isLast = axis.equals("-1") || axis.equals(at.time() ? "2" : "1");
    boolean isTime = at.time() && (axis.equals("1") || axis.equals("-2"));
    if (!isLast && !isTime) {
      throw KerasErrors.concatenateAxis(config, axis, at.time());
    }
    return isLast ? Concatenate.Axis.FEATURES : Concatenate.Axis.TIME;
  }

  /** Whether a layer lays one sequence after another. */
  static boolean joins(Layer layer) {
    return LayerType.of(layer).settings().stream()
        .anyMatch(setting -> setting.of(layer) == Concatenate.Axis.TIME);
  }

  // Channels first

  private static boolean isFirst(JsonObject config) {
    List<String> known = List.of(LAST, FIRST);
    String format = config.string(FORMAT, LAST);
    if (!known.contains(format)) {
      throw KerasErrors.choice(config.file(), config.where(), FORMAT, format, known);
    }
    return format.equals(FIRST);
  }

  private static Layer permute(KerasLayers at, String after) {
    return Permute.of(2, 1).named(at.name() + after);
  }

  /** Keras flattens what has its channels first as if they were last. */
  private static List<Layer> channelsLast(List<Layer> made, JsonObject config, KerasLayers at) {
    if (isFirst(config) && at.time()) {
      made.addFirst(permute(at, "_permute"));
    }
    return made;
  }

  // Pooling

  /** Windows that follow one another, unless it says otherwise. */
  private static @Nullable Integer strides(JsonObject config, String key, KerasLayers at) {
    String size = POOL_SIZE.split(" ", -1)[config.has("pool_length") ? 1 : 0];
    return config.has(key) ? null : config.single(size, 1, Integer.MAX_VALUE);
  }

  private static List<Layer> pooled(List<Layer> made, JsonObject config, KerasLayers at) {
    if (isFirst(config)) {
      made.addFirst(permute(at, "_permute"));
      made.addLast(permute(at, "_back"));
    }
    return made;
  }

  /** An axis of one step that is kept is one that is brought again. */
  private static List<Layer> pooledAll(List<Layer> made, JsonObject config, KerasLayers at) {
    boolean first = isFirst(config);
    if (first) {
      made.addFirst(permute(at, "_permute"));
    }
    if (config.bool("keepdims", false)) {
      made.addLast(RepeatVector.of(1).named(at.name() + "_step"));
      if (first) {
        made.addLast(permute(at, "_back"));
      }
    }
    return made;
  }
}
