package dev.lanewise.formats.layers;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.ActivationLayer;
import dev.lanewise.lstm.AveragePooling1d;
import dev.lanewise.lstm.BatchNormalization;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.GlobalAveragePooling1d;
import dev.lanewise.lstm.GlobalMaxPooling1d;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerNormalization;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.MaxPooling1d;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Relu;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.SpatialDropout1d;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A word of a list of layers.
 *
 * @param form how it is written, such as {@code lstm:UNITS}
 * @param least numbers that it takes at least
 * @param most numbers that it takes at most
 * @param activated whether an activation may follow
 * @param time what it does to the time axis
 * @param layers the layers that it stands for
 */
public record LayerWord(
    String form,
    int least,
    int most,
    boolean activated,
    Time time,
    Function<Call, List<Layer>> layers) {

  /** What a layer does with the time axis. */
  public enum Time {
    /** It takes a row or a sequence, and gives the same. */
    KEEPS,
    /** It takes a sequence, and gives one. */
    READS,
    /** It takes a sequence, and gives a row. */
    ENDS,
    /** It takes a sequence, and gives one or a row, as is asked. */
    EITHER,
    /** It takes a row, and gives a sequence. */
    BEGINS
  }

  /**
   * A word as it stands in a list.
   *
   * @param numbers what follows it
   * @param activation the activation that follows; linear or the layer's own where none does
   * @param named whether one does
   * @param sequences whether a layer that gives either is to give sequences
   * @param vocabulary how many ids there are, where the first layer reads ids
   * @param steps how many of them a row has, where the first layer reads ids
   */
  public record Call(
      List<Double> numbers,
      Activation activation,
      boolean named,
      boolean sequences,
      int vocabulary,
      int steps) {
    int whole(int index) {
      return numbers.get(index).intValue();
    }

    double number(double otherwise) {
      return numbers.isEmpty() ? otherwise : numbers.getFirst();
    }
  }

  /** The word whose layer reads ids. */
  public static final String EMBEDDING = "embedding:DIM";

  /** Keras's names of layers that have a shorter one here. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "simplernn", "rnn",
          "maxpooling1d", "maxpool",
          "averagepooling1d", "avgpool",
          "globalmaxpooling1d", "globalmax",
          "globalaveragepooling1d", "globalavg",
          "batchnormalization", "batchnorm",
          "layernormalization", "layernorm",
          "spatialdropout1d", "spatialdropout",
          "repeatvector", "repeat");

  /** All words, by what they begin with. */
  public static final Map<String, LayerWord> ALL = new LinkedHashMap<>();

  static {
    recurrent("lstm", Lstm::builder);
    recurrent("gru", Gru::builder);
    recurrent("rnn", SimpleRnn::builder);
    add(
        "dense:UNITS",
        1,
        1,
        true,
        Time.KEEPS,
        call -> List.of(Dense.of(call.whole(0), call.activation)));
    add(
        "conv1d:FILTERS:WIDTH",
        2,
        2,
        true,
        Time.READS,
        call ->
            List.of(
                Conv1d.builder(call.whole(0), call.whole(1)).activation(call.activation).build()));
    add(EMBEDDING, 1, 1, false, Time.READS, call -> List.of(embedding(call)));
    add("maxpool:STEPS", 1, 1, false, Time.READS, call -> List.of(MaxPooling1d.of(call.whole(0))));
    add(
        "avgpool:STEPS",
        1,
        1,
        false,
        Time.READS,
        call -> List.of(AveragePooling1d.of(call.whole(0))));
    plain("globalmax", Time.ENDS, GlobalMaxPooling1d::of);
    plain("globalavg", Time.ENDS, GlobalAveragePooling1d::of);
    plain("flatten", Time.ENDS, Flatten::of);
    add("repeat:STEPS", 1, 1, false, Time.BEGINS, call -> List.of(RepeatVector.of(call.whole(0))));
    add("dropout:RATE", 1, 1, false, Time.KEEPS, call -> List.of(Dropout.of(call.number(0))));
    add(
        "spatialdropout:RATE",
        1,
        1,
        false,
        Time.READS,
        call -> List.of(SpatialDropout1d.of(call.number(0))));
    plain("batchnorm", Time.KEEPS, BatchNormalization::of);
    plain("layernorm", Time.KEEPS, LayerNormalization::of);
    add("masking[:VALUE]", 0, 1, false, Time.READS, call -> List.of(masking(call)));
    add("leakyrelu[:SLOPE]", 0, 1, false, Time.KEEPS, call -> List.of(leaky(call)));
    plain("softmax", Time.KEEPS, Softmax::of);
    for (Activation each : Activation.values()) {
      plain(each.name().toLowerCase(Locale.ROOT), Time.KEEPS, () -> ActivationLayer.of(each));
    }
  }

  /** The word of a name, short or Keras's, in small letters; null for none. */
  public static @Nullable LayerWord of(String name) {
    return ALL.get(ALIASES.getOrDefault(name, name));
  }

  /** All that {@link #of} knows. */
  public static List<String> names() {
    return Stream.concat(ALL.keySet().stream(), ALIASES.keySet().stream().sorted()).toList();
  }

  private static void add(
      String form,
      int least,
      int most,
      boolean activated,
      Time time,
      Function<Call, List<Layer>> layers) {
    String word = form.split("[:\\[]", 2)[0];
    ALL.put(word, new LayerWord(form, least, most, activated, time, layers));
  }

  private static void plain(String word, Time time, Supplier<Layer> layer) {
    add(word, 0, 0, false, time, _ -> List.of(layer.get()));
  }

  private static void recurrent(String word, IntFunction<Recurrent.Builder<?>> builder) {
    Function<Call, Recurrent> layer =
        call -> {
          Recurrent.Builder<?> made = builder.apply(call.whole(0));
          made.returnSequences(call.sequences);
          return (call.named ? made.activation(call.activation) : made).build();
        };
    add(word + ":UNITS", 1, 1, true, Time.EITHER, call -> List.of(layer.apply(call)));
    add(
        "bi" + word + ":UNITS",
        1,
        1,
        true,
        Time.EITHER,
        call -> List.of(Bidirectional.of(layer.apply(call))));
  }

  private static Layer embedding(Call call) {
    return Embedding.builder(call.vocabulary, call.whole(0)).inputLength(call.steps).build();
  }

  private static Layer masking(Call call) {
    return Masking.of((float) call.number(0));
  }

  private static Layer leaky(Call call) {
    return Relu.builder().negativeSlope((float) call.number(0.3)).build();
  }
}
