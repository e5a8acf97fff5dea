package dev.lanewise.formats.keras;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.lanewise.lstm.Regularizer;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Setting;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.SpatialDropout1d;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which layer each class of Keras is, setting by setting. */
class KerasKindsTest {
  private static final Path FILE = Path.of("model.json");

  /** The layers behind an input (batch, 4, 3), each {@code CLASS members}. */
  private static List<Layer> read(String... layers) {
    List<String> all = new ArrayList<>();
    all.add("{'class_name': 'InputLayer', 'config': {'batch_shape': [null, 4, 3]}}");
    for (String layer : layers) {
      all.add(object(layer));
    }
    String json =
        "{'class_name': 'Sequential', 'keras_version': '2.11.0', 'config': {'layers': "
            + all
            + "}}";
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    KerasConfig config = KerasConfig.read(bytes, FILE, "", "", KerasVersion.UNKNOWN);
    return KerasLayers.of(config).stream().map(KerasLayers.Placed::layer).toList();
  }

  /** A merging layer on an input (batch, 4, 3) twice. */
  private static Layer merged(String layer) {
    String json =
        "{'class_name': 'Functional', 'keras_version': '2.11.0', 'config': {'layers':"
            + " [{'class_name': 'InputLayer', 'config': {'name': 'x', 'batch_shape': [null, 4,"
            + " 3]}}, "
            + object(layer).replaceFirst("}$", ", 'name': 'y', 'inbound_nodes': [[")
            + "['x', 0, 0, {}], ['x', 0, 0, {}]]]}], 'input_layers': [['x', 0, 0]],"
            + " 'output_layers': [['y', 0, 0]]}}";
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    KerasConfig config = KerasConfig.read(bytes, FILE, "", "", KerasVersion.UNKNOWN);
    return KerasLayers.of(config).getFirst().layer();
  }

  static Stream<Arguments> merging() {
    return Stream.of(
        Arguments.of("Add 'name': ''", Add.of()),
        Arguments.of("Average 'name': ''", Average.of()),
        Arguments.of("Multiply 'name': ''", Multiply.of()),
        Arguments.of("Concatenate 'name': ''", Concatenate.of()),
        Arguments.of("Concatenate 'axis': -1", Concatenate.of()),
        Arguments.of("Concatenate 'axis': 2", Concatenate.of()),
        Arguments.of("Concatenate 'axis': 1", Concatenate.of(Concatenate.Axis.TIME)),
        Arguments.of("Concatenate 'axis': -2", Concatenate.of(Concatenate.Axis.TIME)));
  }

  @ParameterizedTest
  @MethodSource("merging")
  void eachClassThatMergesIsItsLayer(String layer, Layer expected) {
    assertEquals(expected, merged(layer));
  }

  @Test
  void mergesAlongAnAxisThatItKnows() {
    for (String axis : List.of("0", "3", "-3", "'x'", "[1]")) {
      refused(
          FILE,
          ", layer \"\" (Concatenate): expected as \"axis\" -1 or 1 of (batch, timesteps, features),"
              + " got "
              + axis.replace("'", ""),
          () -> merged("Concatenate 'axis': " + axis));
    }
    refused(
        FILE,
        ", layer \"\" (Add): expected a call on several tensors, got 1",
        () -> read("Add 'name': ''"));
  }

  private static String object(String layer) {
    String[] parts = layer.split(" ", 2);
    return "{'class_name': '" + parts[0] + "', 'config': {" + parts[1] + "}}";
  }

  private static final String LSTM =
      "LSTM 'units': 3, 'activation': 'relu', 'recurrent_activation': 'tanh', 'use_bias': false,"
          + " 'unit_forget_bias': false, 'return_sequences': true, 'go_backwards': true,"
          + " 'zero_output_for_mask': true";

  private static final String GRU =
      "GRU 'units': 3, 'activation': 'relu', 'recurrent_activation': 'tanh', 'use_bias': false,"
          + " 'reset_after': true, 'return_sequences': true, 'go_backwards': true,"
          + " 'zero_output_for_mask': true";

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(
            LSTM,
            Lstm.builder(3)
                .activation(Activation.RELU)
                .recurrentActivation(Activation.TANH)
                .useBias(false)
                .unitForgetBias(false)
                .returnSequences(true)
                .goBackwards(true)
                .zeroOutputForMask(true)
                .build()),
        Arguments.of(
            "LSTM 'output_dim': 3, 'inner_activation': 'tanh', 'forget_bias_init': 'zero'",
            Lstm.builder(3).recurrentActivation(Activation.TANH).unitForgetBias(false).build()),
        Arguments.of("CuDNNLSTM 'units': 3", Lstm.of(3)),
        Arguments.of(
            GRU,
            Gru.builder(3)
                .activation(Activation.RELU)
                .recurrentActivation(Activation.TANH)
                .useBias(false)
                .returnSequences(true)
                .goBackwards(true)
                .zeroOutputForMask(true)
                .build()),
        Arguments.of(
            "GRU 'output_dim': 3, 'inner_activation': 'tanh'",
            Gru.builder(3).recurrentActivation(Activation.TANH).resetAfter(false).build()),
        Arguments.of("CuDNNGRU 'units': 3", Gru.of(3)),
        Arguments.of(
            "SimpleRNN 'units': 3, 'activation': 'relu', 'use_bias': false, 'return_sequences':"
                + " true, 'go_backwards': true, 'zero_output_for_mask': true",
            SimpleRnn.builder(3)
                .activation(Activation.RELU)
                .useBias(false)
                .returnSequences(true)
                .goBackwards(true)
                .zeroOutputForMask(true)
                .build()),
        Arguments.of("SimpleRNN 'output_dim': 3", SimpleRnn.of(3)),
        Arguments.of(
            "Bidirectional 'merge_mode': 'ave', 'layer': " + object("LSTM 'units': 2"),
            Bidirectional.of(Lstm.of(2), Bidirectional.Merge.AVERAGE)),
        Arguments.of(
            "Bidirectional 'merge_mode': 'sum', 'layer': "
                + object("GRU 'units': 2, 'reset_after': true")
                + ", 'backward_layer': "
                + object("GRU 'units': 2, 'reset_after': true, 'go_backwards': true"),
            Bidirectional.of(Gru.of(2), Bidirectional.Merge.SUM)),
        Arguments.of(
            "Bidirectional 'layer': " + object("SimpleRNN 'units': 2"),
            Bidirectional.of(SimpleRnn.of(2))),
        Arguments.of(
            "Bidirectional 'merge_mode': 'mul', 'layer': "
                + object("LSTM 'units': 2, 'name': 'inner'")
                + ", 'backward_layer': "
                + object("LSTM 'units': 2, 'go_backwards': true"),
            Bidirectional.of(Lstm.of(2), Bidirectional.Merge.MULTIPLY)),
        Arguments.of(
            "Dense 'units': 3, 'activation': 'elu', 'use_bias': false",
            Dense.builder(3).activation(Activation.ELU).useBias(false).build()),
        Arguments.of("Dense 'units': 3, 'activation': null", Dense.of(3)),
        Arguments.of(
            "TimeDistributedDense 'output_dim': 3, 'bias': false",
            Dense.builder(3).useBias(false).build()),
        Arguments.of(
            "TimeDistributed 'layer': " + object("Dense 'units': 3, 'activation': 'tanh'"),
            Dense.of(3, Activation.TANH)),
        Arguments.of(
            "Embedding 'input_dim': 5, 'output_dim': 3, 'mask_zero': true, 'trainable': false,"
                + " 'input_length': 7",
            Embedding.builder(5, 3).maskZero(true).trainable(false).inputLength(7).build()),
        Arguments.of("Masking 'mask_value': -1.5", Masking.of(-1.5f)),
        Arguments.of(
            "Conv1D 'filters': 4, 'kernel_size': [3], 'strides': [2], 'dilation_rate': 1, 'padding':"
                + " 'same', 'data_format': 'channels_first', 'activation': 'selu', 'use_bias':"
                + " false, 'groups': 1",
            Conv1d.builder(4, 3)
                .strides(2)
                .padding(Conv1d.Padding.SAME)
                .channels(Conv1d.Channels.FIRST)
                .activation(Activation.SELU)
                .useBias(false)
                .build()),
        Arguments.of(
            "Conv1D 'filters': 4, 'kernel_size': 3, 'dilation_rate': [2], 'padding': 'causal'",
            Conv1d.builder(4, 3).dilation(2).padding(Conv1d.Padding.CAUSAL).build()),
        Arguments.of(
            "Convolution1D 'nb_filter': 4, 'filter_length': 3, 'subsample_length': 2,"
                + " 'border_mode': 'same', 'bias': false",
            Conv1d.builder(4, 3).strides(2).padding(Conv1d.Padding.SAME).useBias(false).build()),
        Arguments.of("Flatten 'data_format': 'channels_last'", Flatten.of()),
        Arguments.of("Reshape 'target_shape': [3, -1]", Reshape.of(3, -1)),
        Arguments.of("Permute 'dims': [2, 1]", Permute.of(2, 1)),
        Arguments.of("RepeatVector 'n': 4", RepeatVector.of(4)),
        Arguments.of(
            "LSTM 'units': 3, 'dropout': 0.25, 'recurrent_dropout': 0.5",
            Lstm.builder(3).dropout(0.25).recurrentDropout(0.5).build()),
        Arguments.of(
            "GRU 'units': 3, 'reset_after': true, 'dropout': 1, 'recurrent_dropout': -1",
            Gru.of(3)),
        Arguments.of(
            "SimpleRNN 'output_dim': 3, 'dropout_W': 0.25, 'dropout_U': 0.5",
            SimpleRnn.builder(3).dropout(0.25).recurrentDropout(0.5).build()),
        Arguments.of(
            "Dense 'units': 3, 'trainable': false", Dense.builder(3).trainable(false).build()),
        Arguments.of(
            "GRU 'units': 3, 'reset_after': true, 'trainable': false", Gru.of(3).trainable(false)),
        Arguments.of(
            "BatchNormalization 'trainable': false", BatchNormalization.of().trainable(false)),
        Arguments.of(
            "Bidirectional 'trainable': false, 'layer': " + object("LSTM 'units': 2"),
            Bidirectional.of(Lstm.of(2)).trainable(false)),
        Arguments.of(
            "Bidirectional 'layer': " + object("LSTM 'units': 2, 'trainable': false"),
            Bidirectional.of(Lstm.of(2)).trainable(false)),
        Arguments.of(
            "TimeDistributed 'trainable': false, 'layer': " + object("Dense 'units': 2"),
            Dense.of(2).trainable(false)),
        Arguments.of(
            "Dense 'units': 3, 'kernel_regularizer': {'module': 'keras.regularizers', 'class_name':"
                + " 'L2', 'config': {'l2': 0.25}}, 'bias_regularizer': 'l1'",
            Dense.builder(3)
                .kernelRegularizer(Regularizer.l2(0.25))
                .biasRegularizer(Regularizer.l1(0.01))
                .build()),
        Arguments.of(
            "LSTM 'units': 3, 'recurrent_regularizer': {'class_name': 'L1L2', 'config': {'l1': 0.5,"
                + " 'l2': 0.25}}",
            Lstm.builder(3).recurrentRegularizer(new Regularizer(0.5, 0.25)).build()),
        Arguments.of(
            "Embedding 'input_dim': 3, 'output_dim': 2, 'embeddings_regularizer': 'l1_l2'",
            Embedding.builder(3, 2)
                .inputLength(3)
                .embeddingsRegularizer(new Regularizer(0.01, 0.01))
                .build()),
        Arguments.of(
            "Dense 'output_dim': 3, 'W_regularizer': {'name': 'L1L2Regularizer', 'l1': 0, 'l2':"
                + " 0.25}",
            Dense.builder(3).kernelRegularizer(Regularizer.l2(0.25)).build()),
        Arguments.of(
            "Dense 'units': 3, 'kernel_regularizer': {'class_name': 'OrthogonalRegularizer',"
                + " 'config': {'factor': 0.01, 'mode': 'rows'}}",
            Dense.of(3)),
        Arguments.of("Dropout 'rate': 0.25", Dropout.of(0.25)),
        Arguments.of("Dropout 'p': 0.25", Dropout.of(0.25)),
        Arguments.of("Softmax 'axis': [1, 2]", Softmax.of(Softmax.Axis.SAMPLE)),
        Arguments.of("Softmax 'axis': 1", Softmax.of(Softmax.Axis.TIMESTEPS)),
        Arguments.of("Softmax 'axis': -1", Softmax.of()),
        Arguments.of(
            "LayerNormalization 'axis': [2], 'epsilon': 0.25, 'center': false, 'scale': false,"
                + " 'rms_scaling': false",
            LayerNormalization.builder().epsilon(0.25).center(false).scale(false).build()),
        Arguments.of(
            "BatchNormalization 'axis': -1, 'epsilon': 0.25, 'momentum': 0.5, 'center': false,"
                + " 'scale': false, 'renorm': false",
            BatchNormalization.builder()
                .epsilon(0.25)
                .momentum(0.5)
                .center(false)
                .scale(false)
                .build()),
        Arguments.of(
            "BatchNormalization 'mode': 0, 'epsilon': 1e-5, 'beta_init': 'zero'",
            BatchNormalization.builder().epsilon(1e-5).build()),
        Arguments.of("Activation 'activation': 'softmax'", Softmax.of()),
        Arguments.of("Activation 'activation': 'elu'", ActivationLayer.of(Activation.ELU)),
        Arguments.of(
            "ReLU 'max_value': 6.0, 'negative_slope': 0.5, 'threshold': 1.0",
            Relu.builder().maxValue(6).negativeSlope(0.5f).threshold(1).build()),
        Arguments.of("ReLU 'max_value': null", Relu.of()),
        Arguments.of("LeakyReLU 'negative_slope': 0.1", Relu.leaky(0.1f)),
        Arguments.of("LeakyReLU 'alpha': 0.1", Relu.leaky(0.1f)),
        Arguments.of("LeakyReLU 'name': ''", Relu.leaky(0.3f)),
        Arguments.of("ThresholdedReLU 'theta': 0.5", Relu.builder().threshold(0.5f).build()),
        Arguments.of("ThresholdedReLU 'name': ''", Relu.builder().threshold(1).build()),
        Arguments.of("ELU 'alpha': 0.5", Elu.of(0.5f)),
        Arguments.of("SpatialDropout1D 'rate': 0.25", SpatialDropout1d.of(0.25)),
        Arguments.of("SpatialDropout1D 'p': 0.25", SpatialDropout1d.of(0.25)),
        Arguments.of(
            "MaxPooling1D 'pool_size': [3], 'strides': [2], 'padding': 'same', 'data_format':"
                + " 'channels_last'",
            MaxPooling1d.builder(3).strides(2).padding(Pooling1d.Padding.SAME).build()),
        Arguments.of("MaxPooling1D 'pool_size': 3, 'strides': null", MaxPooling1d.of(3)),
        Arguments.of(
            "AveragePooling1D 'pool_length': 3, 'stride': 2, 'border_mode': 'same'",
            AveragePooling1d.builder(3).strides(2).padding(Pooling1d.Padding.SAME).build()),
        Arguments.of("AveragePooling1D 'pool_length': 3", AveragePooling1d.of(3)),
        Arguments.of("GlobalMaxPooling1D 'keepdims': false", GlobalMaxPooling1d.of()),
        Arguments.of(
            "GlobalAveragePooling1D 'data_format': 'channels_last'", GlobalAveragePooling1d.of()),
        Arguments.of("TimeDistributed 'layer': " + object("Dropout 'rate': 0.5"), Dropout.of(0.5)),
        Arguments.of("TimeDistributed 'layer': " + object("Softmax 'axis': 1"), Softmax.of()),
        Arguments.of("TimeDistributed 'layer': " + object("ELU 'alpha': 2"), Elu.of(2)));
  }

  @ParameterizedTest
  @MethodSource("others")
  void readsWhatEachSettingSays(String layer, Layer expected) {
    assertEquals(List.of(expected), read(layer));
  }

  /** In the order of {@link #others}, what a class says of every setting that must be said. */
  static Stream<Arguments> least() {
    return Stream.of(
        Arguments.of("LSTM 'units': 3", Lstm.of(3)),
        Arguments.of("GRU 'units': 3, 'reset_after': true", Gru.of(3)),
        Arguments.of("SimpleRNN 'units': 3", SimpleRnn.of(3)),
        Arguments.of("Bidirectional 'layer': " + object(LSTM.replace("true", "false")), null),
        Arguments.of("Dense 'units': 3", Dense.of(3)),
        Arguments.of("Embedding 'input_dim': 5, 'output_dim': 3", Embedding.of(5, 3)),
        Arguments.of("Masking 'dtype': 'float32'", Masking.of(0)),
        Arguments.of("Conv1D 'filters': 4, 'kernel_size': 3", Conv1d.of(4, 3)),
        Arguments.of("Flatten 'name': ''", Flatten.of()),
        Arguments.of("Dropout 'name': ''", Dropout.of(0)),
        Arguments.of("LayerNormalization 'name': ''", LayerNormalization.of()),
        Arguments.of("BatchNormalization 'name': ''", BatchNormalization.of()),
        Arguments.of("Softmax 'name': ''", Softmax.of()),
        Arguments.of("SpatialDropout1D 'name': ''", SpatialDropout1d.of(0)),
        Arguments.of("ReLU 'name': ''", Relu.of()),
        Arguments.of("ELU 'name': ''", Elu.of(1)),
        Arguments.of("MaxPooling1D 'pool_size': 2", MaxPooling1d.of(2)),
        Arguments.of("AveragePooling1D 'pool_size': 2", AveragePooling1d.of(2)));
  }

  @ParameterizedTest
  @MethodSource("least")
  void theDefaultsAreThoseOfTheLayer(String layer, Layer expected) {
    Layer got = read(layer).getFirst();
    if (expected != null && !(expected instanceof Embedding)) { // whose length is that of the input
      assertEquals(expected, got);
    }
    for (Setting setting : LayerType.of(got).settings()) {
      boolean ofInput = setting.name().equals("inputLength");
      setting
          .byDefault()
          .ifPresent(value -> assertEquals(ofInput ? 3 : value, setting.of(got), setting.name()));
    }
  }

  @Test
  void everyLayerThatKerasHasIsReadButNormalization() {
    Set<String> read =
        Stream.concat(others(), merging())
            .map(each -> LayerType.of((Layer) each.get()[1]).name())
            .collect(Collectors.toCollection(HashSet::new));
    assertTrue(read.add("Normalization"));
    assertTrue(read.add("FeatureSlice")); // no class of Keras; takes one half of a Bidirectional's
    assertEquals(LayerType.all().stream().map(LayerType::name).collect(Collectors.toSet()), read);
  }

  @Test
  void normalizesOverTheLastAxis() {
    for (String layer : List.of("LayerNormalization", "BatchNormalization")) {
      for (String axis : List.of("-1", "2", "[-1]", "[2]")) {
        assertEquals(read(layer + " 'name': ''"), read(layer + " 'axis': " + axis));
      }
      for (String axis : List.of("1", "[1]", "[1, 2]", "-2", "0")) {
        refused(
            FILE,
            ", layer \"\" ("
                + layer
                + "): expected as \"axis\" -1 or 2 of (batch, timesteps, features), got "
                + axis,
            () -> read(layer + " 'axis': " + axis));
      }
      assertEquals(2, read("LSTM 'units': 3", layer + " 'axis': 1").size());
      refused(
          FILE,
          ", layer \"\" (" + layer + "): expected as \"axis\" -1 or 1 of (batch, features), got 2",
          () -> read("LSTM 'units': 3", layer + " 'axis': 2"));
    }
  }

  @Test
  void anActivationIsThatOfTheLayerBeforeIt() {
    assertEquals(
        List.of(Dense.of(3, Activation.RELU)),
        read("Dense 'units': 3", "Activation 'activation': 'relu'"));
    assertEquals(
        List.of(Conv1d.builder(4, 3).activation(Activation.RELU).build()),
        read("Conv1D 'filters': 4, 'kernel_size': 3", "Activation 'activation': 'relu'"));
    assertEquals(List.of(Lstm.of(3)), read("LSTM 'units': 3", "Activation 'activation': 'linear'"));
  }

  @Test
  void anActivationThatNoLayerBeforeTakesIsALayer() {
    for (String before :
        List.of(
            "LSTM 'units': 3, 'activation': 'linear'",
            "Dense 'units': 3, 'activation': 'tanh'",
            "Dense 'units': 3, 'activation': 'softmax'",
            "Flatten 'name': ''",
            "GaussianNoise 'stddev': 1")) {
      List<Layer> layers = read(before, "Activation 'activation': 'relu'");
      assertEquals(ActivationLayer.of(Activation.RELU), layers.getLast().named(""));
    }
  }

  @Test
  void aStepIsFlat() {
    assertEquals(List.of(), read("TimeDistributed 'layer': " + object("Flatten 'name': ''")));
  }

  @Test
  void whatTakesStepsIsInNoTimeDistributed() {
    refused(
        FILE,
        ", layer \"\" (TimeDistributed), layer: expected a layer of Dense, Flatten, Dropout,"
            + " Softmax, Activation, ReLU, LeakyReLU, ThresholdedReLU, ELU, got \"Conv1D\"; a step"
            + " here is (batch, features), without inner steps",
        () -> read("TimeDistributed 'layer': " + object("Conv1D 'filters': 2, 'kernel_size': 1")));
  }

  @Test
  void channelsThatAreFirstArePooledBetweenPermutations() {
    Layer turn = Permute.of(2, 1).named("_permute");
    Layer back = Permute.of(2, 1).named("_back");
    String first = " 'pool_size': 2, 'data_format': 'channels_first'";
    assertEquals(List.of(turn, MaxPooling1d.of(2), back), read("MaxPooling1D" + first));
    assertEquals(
        List.of(turn, GlobalMaxPooling1d.of(), RepeatVector.of(1).named("_step"), back),
        read("GlobalMaxPooling1D 'keepdims': true, 'data_format': 'channels_first'"));
    assertEquals(
        List.of(GlobalAveragePooling1d.of(), RepeatVector.of(1).named("_step")),
        read("GlobalAveragePooling1D 'keepdims': true"));
  }

  @Test
  void whatHasNoCounterpartHasOneValue() {
    refused(
        FILE,
        ", layer \"\" (Conv1D): expected \"groups\": 1, got 2",
        () -> read("Conv1D 'filters': 4, 'kernel_size': 2, 'groups': 2"));
    refused(
        FILE,
        ", layer \"\" (LSTM): expected \"time_major\": false, got true",
        () -> read("LSTM 'units': 4, 'time_major': true"));
    refused(
        FILE,
        ", layer \"\" (Bidirectional): expected in a Sequential a layer that gives one tensor, got 2"
            + " tensors; build the model with keras.Model, whose layers say which they read",
        () -> read("Bidirectional 'merge_mode': null, 'layer': " + object("LSTM 'units': 2")));
    refused(
        FILE,
        ", layer \"\" (Bidirectional), layer: expected a layer of LSTM, CuDNNLSTM, GRU, CuDNNGRU,"
            + " SimpleRNN, got \"ConvLSTM1D\"",
        () -> read("Bidirectional 'layer': " + object("ConvLSTM1D 'units': 2")));
    refused(
        FILE,
        ", layer \"\" (Bidirectional), backward_layer: expected the settings of \"layer\" but"
            + " go_backwards, got others",
        () ->
            read(
                "Bidirectional 'layer': "
                    + object("LSTM 'units': 2")
                    + ", 'backward_layer': "
                    + object("LSTM 'units': 2")));
    refused(
        FILE,
        ", layer \"\" (Bidirectional), backward_layer: expected the settings of \"layer\" but"
            + " go_backwards, got others",
        () ->
            read(
                "Bidirectional 'layer': "
                    + object("GRU 'units': 2")
                    + ", 'backward_layer': "
                    + object("SimpleRNN 'units': 2, 'go_backwards': true")));
  }

  /** Keras 2.0 had no reset_after; CuDNN's GRU always was so. */
  @Test
  void aGruThatDoesNotSayResetsBefore() {
    Gru before = Gru.builder(3).resetAfter(false).build();
    assertEquals(List.of(before), read("GRU 'units': 3"));
    assertEquals(List.of(before), read("GRU 'units': 3, 'reset_after': null"));
    assertEquals(List.of(before), read("GRU 'units': 3, 'reset_after': false"));
    assertEquals(List.of(Gru.of(3)), read("GRU 'units': 3, 'reset_after': true"));
    assertEquals(List.of(Gru.of(3)), read("CuDNNGRU 'units': 3"));
  }
}
