package dev.lanewise.formats;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.ActivationLayer;
import dev.lanewise.lstm.AveragePooling1d;
import dev.lanewise.lstm.BatchNormalization;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Elu;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.FeatureSlice;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.GlobalAveragePooling1d;
import dev.lanewise.lstm.GlobalMaxPooling1d;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerNormalization;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.MaxPooling1d;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Pooling1d;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.SpatialDropout1d;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The models of {@code models-1}, by the names of their files, and an input for each. */
final class Models1 {
  private static final int TIMESTEPS = 4;
  private static final int FEATURES = 2;

  private Models1() {}

  /** Each layer type, as it comes; then all settings away from their defaults. */
  static Map<String, Sequential> all() {
    Map<String, Sequential> all = new LinkedHashMap<>();
    all.put("lstm", of(Lstm.of(5), Dense.of(2)));
    all.put("dense", of(Dense.of(3)));
    all.put("embedding", Sequential.of(Embedding.of(7, 3), Lstm.of(2)).build(1));
    all.put("conv1d", of(Conv1d.of(3, 2)));
    all.put("bidirectional", of(Bidirectional.of(Lstm.of(3))));
    all.put("masking", of(Masking.of(0), Lstm.of(2)));
    all.put("dropout", of(Dropout.of(0.5), Dense.of(2)));
    all.put("flatten", of(Flatten.of(), Dense.of(2)));
    all.put("reshape", of(Reshape.of(8), Dense.of(2)));
    all.put("permute", of(Permute.of(2, 1)));
    all.put("softmax", of(Softmax.of()));
    all.put("normalization", of(Normalization.of(new float[] {1, 2}, new float[] {3, 0.1f})));
    all.put("layernormalization", of(LayerNormalization.of(), Lstm.of(2)));
    all.put("batchnormalization", of(BatchNormalization.of(), Lstm.of(2)));
    all.put("repeatvector", of(Lstm.of(3), RepeatVector.of(2)));
    all.put("gru", of(Gru.of(5), Dense.of(2)));
    all.put("gru-reset-before", of(Gru.builder(4).resetAfter(false).build()));
    all.put("simplernn", of(SimpleRnn.of(5), Dense.of(2)));
    all.put("maxpooling1d", of(MaxPooling1d.of(2), Dense.of(2)));
    all.put("averagepooling1d", of(AveragePooling1d.of(2), Dense.of(2)));
    all.put("globalmaxpooling1d", of(GlobalMaxPooling1d.of(), Dense.of(2)));
    all.put("globalaveragepooling1d", of(GlobalAveragePooling1d.of(), Dense.of(2)));
    all.put("spatialdropout1d", of(SpatialDropout1d.of(0.5), Dense.of(2)));
    all.put("activationlayer", of(ActivationLayer.of(Activation.TANH), Dense.of(2)));
    all.put("relu", of(Relu.of(), Dense.of(2)));
    all.put("elu", of(Elu.of(1), Dense.of(2)));
    all.put("featureslice", of(FeatureSlice.of(0, 1), Dense.of(2)));
    all.put("settings-features", of(Dense.of(4), FeatureSlice.of(1, 2).named("some")));
    all.put("settings-weightless", settingsWithoutWeights());
    all.put("settings", settings());
    all.put("settings-ids", settingsOfIds());
    all.put("settings-channels", settingsOfChannels());
    all.put("settings-repeated", of(Lstm.of(3), RepeatVector.of(5).named("again"), Lstm.of(2)));
    all.put("settings-normalizing", settingsOfNormalizingLayers());
    all.put("settings-recurrent", settingsOfRecurrentLayers());
    all.put("settings-lstm", settingsOfLstms());
    return all;
  }

  private static Sequential of(Layer... layers) {
    return Sequential.of(layers).build(TIMESTEPS, FEATURES, 1);
  }

  private static Sequential settings() {
    return of(
        Normalization.inverse(new float[] {0.1f, -3}, new float[] {1e-3f, 3}).named("scale"),
        Masking.of(Float.NEGATIVE_INFINITY).named("mask"),
        lstm(Activation.ELU, Activation.HARD_SIGMOID_CLASSIC).goBackwards(true).name("a").build(),
        Bidirectional.of(
                lstm(Activation.SOFTSIGN, Activation.HARD_SIGMOID).name("inner").build(),
                Bidirectional.Merge.AVERAGE)
            .named("both"),
        Dense.builder(4).activation(Activation.LEAKY_RELU).useBias(false).name("d").build(),
        Softmax.of(Softmax.Axis.TIMESTEPS).named("soft"),
        Softmax.of(Softmax.Axis.SAMPLE).named("softer"));
  }

  private static Sequential settingsWithoutWeights() {
    Pooling1d.Padding same = Pooling1d.Padding.SAME;
    return of(
        SpatialDropout1d.of(0.25).named("drop"),
        Relu.builder().maxValue(1).negativeSlope(0.5f).threshold(0.25f).name("relu").build(),
        MaxPooling1d.builder(3).strides(1).padding(same).name("max").build(),
        Elu.of(0.5f).named("elu"),
        AveragePooling1d.builder(2).strides(1).padding(same).name("mean").build(),
        ActivationLayer.of(Activation.SOFTSIGN).named("soft"),
        GlobalMaxPooling1d.of().named("most"),
        RepeatVector.of(2).named("again"),
        GlobalAveragePooling1d.of().named("last"));
  }

  private static Lstm.Builder lstm(Activation activation, Activation recurrent) {
    return Lstm.builder(3)
        .activation(activation)
        .recurrentActivation(recurrent)
        .useBias(false)
        .unitForgetBias(false)
        .returnSequences(true)
        .zeroOutputForMask(true);
  }

  private static Sequential settingsOfRecurrentLayers() {
    Gru.Builder gru =
        Gru.builder(3)
            .activation(Activation.SELU)
            .recurrentActivation(Activation.HARD_SIGMOID)
            .returnSequences(true)
            .zeroOutputForMask(true);
    SimpleRnn.Builder plain =
        SimpleRnn.builder(3)
            .activation(Activation.SOFTSIGN)
            .useBias(false)
            .returnSequences(true)
            .zeroOutputForMask(true);
    return of(
        Masking.of(0).named("mask"),
        gru.goBackwards(true).name("a").build(),
        gru.useBias(false).name("b").build(),
        Bidirectional.of(
                gru.goBackwards(false).resetAfter(false).name("inner").build(),
                Bidirectional.Merge.SUM)
            .named("both"),
        plain.goBackwards(true).name("c").build(),
        Bidirectional.of(plain.goBackwards(false).name("inside").build()).named("last"));
  }

  private static Sequential settingsOfLstms() {
    Lstm.Builder lstm = Lstm.builder(4).returnSequences(true);
    return of(
        lstm.peepholes(true).name("a").build(),
        lstm.clip(0.5f).projection(3).name("b").build(),
        Bidirectional.of(lstm.coupledGates(true).name("inner").build()).named("both"),
        Lstm.builder(3).coupledGates(true).useBias(false).name("last").build());
  }

  private static Sequential settingsOfNormalizingLayers() {
    LayerNormalization.Builder layer = LayerNormalization.builder().epsilon(0.01);
    BatchNormalization.Builder batch = BatchNormalization.builder().epsilon(0.01).momentum(0.9);
    Sequential model =
        of(
            layer.center(false).name("a").build(),
            batch.center(false).name("b").build(),
            layer.center(true).scale(false).name("c").build(),
            batch.center(true).scale(false).name("d").build(),
            Dense.of(2).named("dense"));
    for (Weight weight : model.weights()) {
      for (long i = 0; i < weight.shape().size() && weight.shape().rank() == 1; i++) {
        weight.set(0.75f + i / 8f, i);
      }
    }
    return model;
  }

  private static Sequential settingsOfIds() {
    Tensor table = Tensor.arange(15).reshape(5, 3);
    return Sequential.of(
            Embedding.given(table)
                .maskZero(true)
                .trainable(false)
                .inputLength(TIMESTEPS)
                .name("words")
                .build(),
            Bidirectional.of(Lstm.of(2), Bidirectional.Merge.MULTIPLY).named("both"),
            Reshape.of(-1, 1).named("steps"),
            Bidirectional.of(Lstm.of(2), Bidirectional.Merge.SUM).named("sum"))
        .build(1);
  }

  private static Sequential settingsOfChannels() {
    Conv1d.Builder convolution =
        Conv1d.builder(3, 2)
            .strides(2)
            .padding(Conv1d.Padding.SAME)
            .activation(Activation.SELU)
            .useBias(false);
    return of(
        Permute.of(2, 1).named("turn"),
        convolution.channels(Conv1d.Channels.FIRST).name("first").build(),
        convolution
            .strides(1)
            .dilation(2)
            .padding(Conv1d.Padding.CAUSAL)
            .channels(Conv1d.Channels.LAST)
            .name("last")
            .build(),
        Dropout.of(0.25).named("drop"),
        Flatten.of().named("flat"));
  }

  /** Ids from 0 on for a model that begins with an Embedding; else numbers, one step of zeros. */
  static Tensor input(Sequential model) {
    if (model.layers().getFirst() instanceof Embedding) {
      return Tensor.ofInts(new int[][] {{0, 1, 2, 3}, {4, 2, 0, 0}, {1, 1, 1, 1}});
    }
    float[] numbers = new float[3 * TIMESTEPS * FEATURES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i * 7 % 24 - 12) / 8f;
    }
    Tensor x = Tensor.of(numbers, 3, TIMESTEPS, FEATURES);
    x.select(0, 1).select(0, 2).fill(0);
    return x;
  }
}
