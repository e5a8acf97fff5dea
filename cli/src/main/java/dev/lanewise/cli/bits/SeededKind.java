package dev.lanewise.cli.bits;

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
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.MaxPooling1d;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Pooling1d;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.SpatialDropout1d;
import java.util.ArrayList;
import java.util.List;

/**
 * What the models are about whose bits {@link BitsManifest} keeps. A new kind, or one more variant
 * of a kind, leaves the models of the others as they are.
 */
enum SeededKind {
  STACKED(3),
  SEQUENCES(3),
  /** Each activation once in each place that takes one; few steps, so that none overflows. */
  ACTIVATIONS(11),
  /** Work for several threads, each with samples of its own. */
  WIDE(3),
  /** Work for several threads, all on the units of the same samples. */
  FEW_ROWS(2),
  BACKWARDS(3),
  BIDIRECTIONAL(4),
  LENGTHS(4),
  EMBEDDING(4),
  MASKING(3),
  CONVOLUTION(4),
  CHANNELS_FIRST(3),
  DENSE(3),
  NORMALIZATION(2),
  REARRANGED(3),
  SOFTMAX(3),
  DROPOUT(2),
  REPEATED(2),
  GRU(4),
  RESET_BEFORE(4),
  SIMPLE_RNN(4),
  /** Work for several threads, each with samples of its own. */
  RECURRENT_WIDE(3),
  /** Work for several threads, all on the units of the same samples. */
  RECURRENT_FEW_ROWS(3),
  RECURRENT_ACTIVATIONS(11),
  POOLING(4),
  FUNCTIONS(3),
  /** As {@link #ACTIVATIONS}, of those that came later. */
  LATER_ACTIVATIONS(9),
  LAYER_NORMALIZATION(3),
  BATCH_NORMALIZATION(4),
  /** Work for several threads, which wait for one another. */
  BATCH_NORMALIZATION_WIDE(2),
  PEEPHOLES(4),
  COUPLED(4),
  PROJECTED(4),
  /** Work for several threads, each with samples of its own. */
  VARIANTS_WIDE(3),
  /** Work for several threads, all on the units of the same samples. */
  VARIANTS_FEW_ROWS(3),
  /** As {@link #ACTIVATIONS}, of those whose gradient takes what goes into them. */
  INPUT_ACTIVATIONS(6),
  SLICED(2),
  LEARNED_STATES(4);

  /** In an order of this class: that of the constants may change. */
  static final List<Activation> ANY =
      List.of(
          Activation.LINEAR,
          Activation.SIGMOID,
          Activation.TANH,
          Activation.RELU,
          Activation.HARD_SIGMOID,
          Activation.HARD_SIGMOID_CLASSIC,
          Activation.LEAKY_RELU,
          Activation.ELU,
          Activation.SELU,
          Activation.SOFTSIGN,
          Activation.EXPONENTIAL);

  /** Those that came later, of which every cell trains. */
  private static final List<Activation> LATER =
      List.of(
          Activation.RELU6,
          Activation.HARD_TANH,
          Activation.SPARSE_SIGMOID,
          Activation.SPARSE_PLUS,
          Activation.HARD_SHRINK,
          Activation.SOFT_SHRINK,
          Activation.SOFTPLUS,
          Activation.LOG_SIGMOID,
          Activation.SQUAREPLUS);

  /** Those whose gradient takes what goes into them. */
  static final List<Activation> OF_INPUT =
      List.of(
          Activation.TANH_SHRINK,
          Activation.SILU,
          Activation.HARD_SILU,
          Activation.GELU,
          Activation.GELU_TANH,
          Activation.MISH);

  private static final List<Bidirectional.Merge> MERGES =
      List.of(
          Bidirectional.Merge.CONCAT,
          Bidirectional.Merge.SUM,
          Bidirectional.Merge.MULTIPLY,
          Bidirectional.Merge.AVERAGE);

  private static final List<Conv1d.Padding> PADDINGS =
      List.of(Conv1d.Padding.VALID, Conv1d.Padding.SAME, Conv1d.Padding.CAUSAL);

  private static final List<Softmax.Axis> AXES =
      List.of(Softmax.Axis.FEATURES, Softmax.Axis.TIMESTEPS, Softmax.Axis.SAMPLE);

  final int variants;

  SeededKind(int variants) {
    this.variants = variants;
  }

  int batch(Draw draw, int variant) {
    return switch (this) {
      case WIDE -> 40 - 4 * variant;
      case FEW_ROWS -> 2 + variant;
      case RECURRENT_WIDE, VARIANTS_WIDE, BATCH_NORMALIZATION_WIDE -> 40;
      case RECURRENT_FEW_ROWS, VARIANTS_FEW_ROWS -> 7;
      default -> variant == 0 ? 1 : draw.between(2, 33);
    };
  }

  int timesteps(Draw draw) {
    return switch (this) {
      case WIDE -> 2;
      case FEW_ROWS, RECURRENT_FEW_ROWS, VARIANTS_FEW_ROWS -> draw.between(20, 24);
      case RECURRENT_WIDE, VARIANTS_WIDE, BATCH_NORMALIZATION_WIDE -> 4;
      case ACTIVATIONS, RECURRENT_ACTIVATIONS, LATER_ACTIVATIONS, INPUT_ACTIVATIONS -> 3;
      case CONVOLUTION, CHANNELS_FIRST -> draw.between(9, 12);
      default -> draw.between(3, 9);
    };
  }

  int features(Draw draw) {
    return switch (this) {
      case WIDE,
          FEW_ROWS,
          RECURRENT_WIDE,
          RECURRENT_FEW_ROWS,
          VARIANTS_WIDE,
          VARIANTS_FEW_ROWS,
          BATCH_NORMALIZATION_WIDE ->
          draw.between(20, 40);
      case CHANNELS_FIRST -> draw.between(9, 14);
      default -> draw.between(1, 20);
    };
  }

  /** The largest number of the input. */
  float bound() {
    return switch (this) {
      case ACTIVATIONS, RECURRENT_ACTIVATIONS, LATER_ACTIVATIONS, INPUT_ACTIVATIONS -> 0.3f;
      default -> 2;
    };
  }

  /** Whether it can take its sequences step by step: without a mask, which no stream takes. */
  boolean streams(int variant) {
    return switch (this) {
      case LENGTHS,
          BACKWARDS,
          BIDIRECTIONAL,
          CONVOLUTION,
          CHANNELS_FIRST,
          DENSE,
          POOLING,
          REARRANGED,
          REPEATED ->
          false;
      case GRU, RESET_BEFORE, SIMPLE_RNN, PEEPHOLES, COUPLED, PROJECTED -> variant < 2;
      case LEARNED_STATES -> variant < 2;
      case LAYER_NORMALIZATION, BATCH_NORMALIZATION -> variant < 2;
      case EMBEDDING -> variant != 1;
      case SOFTMAX -> variant == 0;
      default -> true;
    };
  }

  /** Whether the input is (batch, features). */
  boolean takesRows() {
    return this == DENSE;
  }

  /** Whether the input comes with a mask. */
  boolean isMasked(int variant) {
    return switch (this) {
      case LENGTHS -> true;
      case BIDIRECTIONAL, BACKWARDS, GRU, RESET_BEFORE, SIMPLE_RNN -> variant >= 2;
      case PEEPHOLES, COUPLED, PROJECTED, LEARNED_STATES -> variant >= 2;
      case SOFTMAX -> variant == 1;
      case POOLING -> variant == 3;
      case LAYER_NORMALIZATION, BATCH_NORMALIZATION -> variant >= 2;
      default -> false;
    };
  }

  Loss loss(int variant) {
    return switch (this) {
      case DENSE ->
          variant == 0
              ? Loss.BINARY_CROSSENTROPY
              : variant == 1 ? Loss.CATEGORICAL_CROSSENTROPY : Loss.MEAN_ABSOLUTE_ERROR;
      case SOFTMAX -> variant == 0 ? Loss.CATEGORICAL_CROSSENTROPY : Loss.MEAN_SQUARED_ERROR;
      case SEQUENCES, LENGTHS -> variant == 1 ? Loss.MEAN_ABSOLUTE_ERROR : Loss.MEAN_SQUARED_ERROR;
      default -> Loss.MEAN_SQUARED_ERROR;
    };
  }

  List<Layer> layers(Draw draw, int variant, int timesteps, int features) {
    return switch (this) {
      case STACKED -> stack(draw, variant + 1, 65, false);
      case SEQUENCES -> stack(draw, 1 + variant % 2, 49, true);
      case ACTIVATIONS -> activations(draw, variant);
      case WIDE, FEW_ROWS ->
          List.of(
              lstm(draw, 130 - 20 * variant).returnSequences(variant == 1).build(),
              Dense.of(draw.between(1, 5)));
      case GRU, RESET_BEFORE, SIMPLE_RNN, PEEPHOLES, COUPLED, PROJECTED ->
          SeededRecurrent.layers(RecurrentKind.valueOf(name()), draw, variant);
      case RECURRENT_WIDE, RECURRENT_FEW_ROWS ->
          SeededRecurrent.wide(SeededRecurrent.KINDS.get(variant), draw);
      case VARIANTS_WIDE, VARIANTS_FEW_ROWS ->
          SeededRecurrent.wide(SeededRecurrent.VARIANTS.get(variant), draw);
      case INPUT_ACTIVATIONS -> SeededRecurrent.inputActivations(draw, variant);
      case LEARNED_STATES -> SeededRecurrent.learnedStates(draw, variant);
      case SLICED -> {
        int units = draw.between(3, 33);
        Lstm read = lstm(draw, units).returnSequences(variant == 0).build();
        yield List.of(read, FeatureSlice.of(variant, units - 2), Dense.of(2));
      }
      case LAYER_NORMALIZATION, BATCH_NORMALIZATION, BATCH_NORMALIZATION_WIDE ->
          normalized(draw, variant);
      case RECURRENT_ACTIVATIONS -> SeededRecurrent.activations(draw, variant);
      case BACKWARDS -> {
        Lstm first = lstm(draw, draw.units(33)).goBackwards(true).returnSequences(true).build();
        yield variant == 0
            ? List.of(first.toBuilder().returnSequences(false).build(), Dense.of(2))
            : List.of(first, lstm(draw, draw.units(17)).build(), Dense.of(2));
      }
      case BIDIRECTIONAL -> bidirectional(draw, variant);
      case LENGTHS -> stack(draw, 1 + variant / 2, 33, variant % 2 == 1);
      case EMBEDDING -> embedding(draw, variant, timesteps);
      case MASKING -> {
        List<Layer> layers = new ArrayList<>(List.of(Masking.of(variant == 1 ? -1 : 0)));
        layers.addAll(stack(draw, 1 + variant / 2, 33, variant == 2));
        yield layers;
      }
      case CONVOLUTION, CHANNELS_FIRST -> convolution(draw, variant);
      case DENSE -> dense(draw, variant);
      case NORMALIZATION -> normalization(draw, variant, features);
      case REARRANGED -> rearranged(draw, variant, timesteps, features);
      case SOFTMAX -> {
        Softmax.Axis axis = AXES.get(variant);
        List<Layer> layers =
            new ArrayList<>(List.of(lstm(draw, draw.units(33)).returnSequences(true).build()));
        layers.add(Softmax.of(axis));
        if (variant > 0) {
          layers.addAll(stack(draw, 1, 17, variant == 2));
        }
        yield layers;
      }
      case REPEATED -> {
        List<Layer> layers = new ArrayList<>();
        layers.add(lstm(draw, draw.units(33)).build());
        layers.add(RepeatVector.of(draw.between(1, 6)));
        layers.addAll(stack(draw, 1, 17, variant == 1));
        yield layers;
      }
      case POOLING -> pooling(draw, variant);
      case FUNCTIONS -> functions(draw, variant);
      case LATER_ACTIVATIONS -> laterActivations(draw, variant);
      case DROPOUT ->
          List.of(
              lstm(draw, draw.units(33)).returnSequences(true).build(),
              Dropout.of(0.3),
              lstm(draw, draw.units(33)).returnSequences(variant == 1).build(),
              Dropout.of(0.5),
              Dense.of(2, Activation.TANH));
    };
  }

  private static Lstm.Builder lstm(Draw draw, int units) {
    return Lstm.builder(units)
        .useBias(draw.between(1, 4) > 1)
        .unitForgetBias(draw.chance())
        .zeroOutputForMask(draw.chance());
  }

  /** So many LSTMs and a Dense layer, for the last step or for each. */
  private List<Layer> stack(Draw draw, int count, int mostUnits, boolean sequences) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      layers.add(lstm(draw, draw.units(mostUnits)).returnSequences(sequences || !last).build());
    }
    layers.add(
        Dense.builder(draw.between(1, 6))
            .activation(draw.of(Activation.LINEAR, Activation.TANH, Activation.SIGMOID))
            .useBias(draw.chance())
            .build());
    return layers;
  }

  private static List<Layer> activations(Draw draw, int variant) {
    Activation activation = ANY.get(variant);
    Activation recurrent = ANY.get((variant + 4) % ANY.size());
    boolean explodes = List.of(activation, recurrent).contains(Activation.EXPONENTIAL);
    return List.of(
        Lstm.builder(draw.units(explodes ? 5 : 33))
            .activation(activation)
            .recurrentActivation(recurrent)
            .unitForgetBias(false)
            .returnSequences(draw.chance())
            .build(),
        Dense.of(draw.units(17), ANY.get((variant + 7) % ANY.size())));
  }

  private static List<Layer> laterActivations(Draw draw, int variant) {
    Activation activation = LATER.get(variant);
    Activation recurrent = LATER.get((variant + 4) % LATER.size());
    Activation ofInput = OF_INPUT.get(variant % OF_INPUT.size());
    Lstm first =
        Lstm.builder(draw.units(17))
            .activation(activation)
            .recurrentActivation(recurrent)
            .returnSequences(true)
            .build();
    Gru.Builder gru =
        Gru.builder(draw.units(17)).activation(activation).recurrentActivation(recurrent);
    SimpleRnn.Builder last = SimpleRnn.builder(draw.units(17)).returnSequences(true);
    return List.of(
        first,
        gru.resetAfter(true).returnSequences(true).build(),
        gru.resetAfter(false).build(),
        last.activation(activation).build(),
        last.activation(ofInput).returnSequences(false).build(),
        Dense.of(draw.units(17), activation),
        Dense.of(3, ofInput));
  }

  private static List<Layer> bidirectional(Draw draw, int variant) {
    boolean sequences = variant % 2 == 0;
    Lstm inner = lstm(draw, draw.units(33)).returnSequences(sequences).build();
    List<Layer> layers = new ArrayList<>();
    layers.add(Bidirectional.of(inner, MERGES.get(variant)));
    if (variant == 2) {
      layers.add(Bidirectional.of(lstm(draw, draw.units(17)).build()));
    }
    layers.add(Dense.of(draw.between(1, 4)));
    return layers;
  }

  private List<Layer> embedding(Draw draw, int variant, int timesteps) {
    int vocabulary = SeededModel.VOCABULARY;
    int dimension = draw.units(33);
    Embedding.Builder ids =
        variant == 3
            ? Embedding.given(draw.tensor(1, vocabulary, dimension)).trainable(false)
            : Embedding.builder(vocabulary, dimension);
    if (variant == 1) {
      return List.of(ids.inputLength(timesteps).build(), Flatten.of(), Dense.of(3));
    }
    List<Layer> layers = new ArrayList<>(List.of(ids.maskZero(variant != 3).build()));
    layers.addAll(stack(draw, 1, 33, variant == 2));
    return layers;
  }

  private List<Layer> convolution(Draw draw, int variant) {
    Conv1d.Builder builder =
        Conv1d.builder(draw.units(17), draw.between(2, 4))
            .padding(PADDINGS.get(variant % 3))
            .strides(variant % 2 + 1)
            .dilation(variant % 2 == 0 ? 2 : 1)
            .activation(draw.of(Activation.RELU, Activation.TANH, Activation.LINEAR))
            .useBias(draw.chance());
    if (this == CHANNELS_FIRST) {
      Conv1d first = builder.channels(Conv1d.Channels.FIRST).build();
      return variant == 0
          ? List.of(first, Flatten.of(), Dense.of(2))
          : List.of(first, lstm(draw, draw.units(17)).build(), Dense.of(2));
    }
    Conv1d last = builder.build();
    return variant == 3
        ? List.of(last, Flatten.of(), Dense.of(2))
        : List.of(last, lstm(draw, draw.units(17)).build(), Dense.of(2));
  }

  private static List<Layer> dense(Draw draw, int variant) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Dense.of(draw.units(130), Activation.RELU));
    layers.add(Dense.builder(draw.units(65)).activation(Activation.ELU).useBias(false).build());
    switch (variant) {
      case 0 -> layers.add(Dense.of(3, Activation.SIGMOID));
      case 1 -> layers.addAll(List.of(Dense.of(7), Softmax.of()));
      default -> layers.addAll(List.of(Dropout.of(0.25), Dense.of(130)));
    }
    return layers;
  }

  private List<Layer> normalization(Draw draw, int variant, int features) {
    int outputs = draw.between(1, 4);
    List<Layer> layers = new ArrayList<>();
    layers.add(Normalization.of(draw.numbers(1, features), deviations(draw, features)));
    layers.addAll(stack(draw, 1, 33, variant == 1));
    layers.add(Dense.of(outputs));
    layers.add(Normalization.inverse(draw.numbers(1, outputs), deviations(draw, outputs)));
    return layers;
  }

  /** Before and after an LSTM; its last variant gives all steps. */
  private List<Layer> normalized(Draw draw, int variant) {
    boolean sequences = variant == variants - 1;
    int units = this == BATCH_NORMALIZATION_WIDE ? 130 : draw.units(65);
    List<Layer> layers = new ArrayList<>();
    layers.add(normalizing(draw));
    layers.add(lstm(draw, units).returnSequences(true).build());
    layers.add(normalizing(draw));
    layers.addAll(stack(draw, 1, 33, sequences));
    return layers;
  }

  private Layer normalizing(Draw draw) {
    return this == LAYER_NORMALIZATION
        ? LayerNormalization.builder().center(draw.chance()).scale(draw.chance()).build()
        : BatchNormalization.builder().center(draw.chance()).scale(draw.chance()).build();
  }

  private static float[] deviations(Draw draw, int count) {
    float[] values = draw.numbers(1, count);
    for (int i = 0; i < count; i++) {
      values[i] = 1.5f + values[i];
    }
    return values;
  }

  private static List<Layer> rearranged(Draw draw, int variant, int timesteps, int features) {
    Layer sequences = lstm(draw, 4).returnSequences(true).build();
    return switch (variant) {
      case 0 -> List.of(sequences, Flatten.of(), Dense.of(3));
      case 1 -> List.of(Permute.of(2, 1), sequences, Permute.of(1, 2), Dense.of(2));
      default -> List.of(Reshape.of(features, timesteps), sequences, Reshape.of(-1, 2));
    };
  }

  private List<Layer> pooling(Draw draw, int variant) {
    List<Layer> layers = new ArrayList<>();
    layers.add(lstm(draw, draw.units(33)).returnSequences(true).build());
    Pooling1d.Padding same = Pooling1d.Padding.SAME;
    switch (variant) {
      case 0 -> layers.add(MaxPooling1d.of(2));
      case 1 -> layers.add(AveragePooling1d.builder(3).strides(2).padding(same).build());
      case 2 -> layers.add(GlobalMaxPooling1d.of());
      default -> layers.add(GlobalAveragePooling1d.of());
    }
    layers.addAll(variant < 2 ? stack(draw, 1, 17, false) : List.of(Dense.of(2)));
    return layers;
  }

  private static List<Layer> functions(Draw draw, int variant) {
    Layer first = lstm(draw, draw.units(33)).returnSequences(true).build();
    Layer last = lstm(draw, draw.units(17)).build();
    Relu relu = Relu.builder().maxValue(0.5f).negativeSlope(0.25f).threshold(0.125f).build();
    return switch (variant) {
      case 0 -> List.of(Dense.of(7), relu, last);
      case 1 -> List.of(first, Elu.of(0.5f), SpatialDropout1d.of(0.3), last);
      default -> List.of(first, ActivationLayer.of(Activation.TANH), Dense.of(2));
    };
  }
}
