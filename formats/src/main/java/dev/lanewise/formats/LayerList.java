package dev.lanewise.formats;

import dev.lanewise.formats.layers.LayerWord;
import dev.lanewise.formats.layers.LayerWord.Call;
import dev.lanewise.formats.layers.LayerWord.Time;
import dev.lanewise.formats.text.NearestName;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Layers as text, each with its numbers and its activation: {@code
 * bilstm:64,dropout:0.2,gru:32:relu,dense:10:softmax}. A recurrent layer passes on its whole
 * sequence where a layer after it reads one. Immutable.
 */
public final class LayerList {
  private static final String SOFTMAX = "softmax";
  private static final int MOST = 9_999_999;

  /** No one mistypes a longer word. */
  private static final int LONGEST = 30;

  private final String list;
  private final List<Item> items;

  private LayerList(String list, List<Item> items) {
    this.list = list;
    this.items = items;
  }

  /** A word with what follows it; the activation may be {@code softmax}. */
  private record Item(LayerWord word, List<Double> numbers, @Nullable String activation) {}

  /**
   * Reads a list, whatever its last layer gives.
   *
   * @param list the layers, separated by commas
   * @return the list
   * @throws IllegalArgumentException when a word is no layer, its numbers do not fit it, or a layer
   *     does not take what the one before gives
   */
  public static LayerList of(String list) {
    List<Item> items = new ArrayList<>();
    for (String item : list.toLowerCase(Locale.ROOT).split(",", -1)) {
      items.add(item(list, item.strip()));
    }
    LayerList read = new LayerList(list, items);
    read.checkTime();
    return read;
  }

  /**
   * The layers, for so many forecasts a window.
   *
   * @param targets how many numbers the last layer shall give, 1 or more
   * @return new layers
   * @throws IllegalArgumentException when the last one gives another number, or the first reads ids
   */
  public List<Layer> forecasts(int targets) {
    if (readsIds()) {
      throw refused(
          LayerWord.EMBEDDING,
          " takes ids, but a forecast reads scaled numbers, and a column of text as a 0 or 1 for each of its values;",
          " leave it out");
    }
    List<Layer> layers = layers(0, 0);
    int width = width();
    if (width != targets) {
      throw refused(
          "the last layer gives "
              + (width < 0 ? "as many values as steps" : width == 1 ? "1 value" : width + " values")
              + " a window, expected "
              + targets
              + ", one a forecast; end the list with dense:"
              + targets);
    }
    return layers;
  }

  /**
   * Whether the first layer reads ids.
   *
   * @return true of an embedding
   */
  public boolean readsIds() {
    return items.getFirst().word.form().equals(LayerWord.EMBEDDING);
  }

  /**
   * The layers, for the probabilities of so many classes.
   *
   * @param classes how many probabilities the last layer shall give
   * @param vocabulary how many ids there are, where the first layer reads ids; else any number
   * @param steps how many of them a row has, where the first layer reads ids; else any number
   * @return new layers
   * @throws IllegalArgumentException when the last one gives something else
   */
  public List<Layer> classes(int classes, int vocabulary, int steps) {
    List<Layer> layers = layers(vocabulary, steps);
    boolean shares = layers.getLast().equals(Softmax.of());
    if (!shares || width() != classes) {
      throw refused(
          "expected a probability for each of the " + classes,
          " classes at the end; end the list with dense:" + classes,
          ":softmax");
    }
    return layers;
  }

  private List<Layer> layers(int vocabulary, int steps) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      String named = item.activation;
      boolean softmax = SOFTMAX.equals(named);
      Activation activation =
          named == null || softmax
              ? Activation.LINEAR
              : Activation.valueOf(named.toUpperCase(Locale.ROOT));
      Call call =
          new Call(
              item.numbers, activation, named != null && !softmax, sequences(i), vocabulary, steps);
      try {
        layers.addAll(item.word.layers().apply(call));
      } catch (IllegalArgumentException e) {
        throw refused(String.valueOf(e.getMessage()));
      }
      if (softmax) {
        layers.add(Softmax.of());
      }
    }
    return layers;
  }

  /** The features that the last layer gives; -1 where that depends on the steps. */
  private int width() {
    for (Item item : items.reversed()) {
      String form = item.word.form();
      if (form.contains(":UNITS") || form.contains(":FILTERS") || form.contains(":DIM")) {
        int units = item.numbers.getFirst().intValue();
        return form.startsWith("bi") ? 2 * units : units;
      }
      if (form.equals("flatten")) {
        return -1;
      }
    }
    return -1;
  }

  /** Whether a layer that may give a sequence or a row is to give a sequence. */
  private boolean sequences(int index) {
    for (Item later : items.subList(index + 1, items.size())) {
      if (later.word.time() != Time.KEEPS) {
        return later.word.time() != Time.BEGINS;
      }
    }
    return false;
  }

  /** A sequence goes in, a row comes out. */
  private void checkTime() {
    if (items.stream().noneMatch(item -> item.word.time() != Time.KEEPS)) {
      throw refused(
          "no layer reads the time; begin with lstm:UNITS, gru:UNITS, or conv1d:FILTERS:WIDTH");
    }
    boolean time = true;
    for (int i = 0; i < items.size(); i++) {
      LayerWord word = items.get(i).word;
      if (i > 0 && word.form().equals(LayerWord.EMBEDDING)) {
        throw refused(word.form(), " takes ids, which only the first layer is given; put it first");
      }
      boolean wants = word.time() != Time.KEEPS && word.time() != Time.BEGINS;
      boolean begins = word.time() == Time.BEGINS;
      if ((wants && !time) || (begins && time)) {
        throw refused(
            word.form(),
            time ? " takes a row, got a sequence" : " takes a sequence, got a row",
            time ? "; an lstm before it gives one" : "; repeat:STEPS makes one of it");
      }
      time =
          switch (word.time()) {
            case KEEPS -> time;
            case READS, BEGINS -> true;
            case ENDS -> false;
            case EITHER -> sequences(i);
          };
    }
    if (time) {
      throw refused("a sequence comes out, expected a row; end it with flatten or globalavg");
    }
  }

  private IllegalArgumentException refused(String... parts) {
    return refusal(list, String.join("", parts));
  }

  private static IllegalArgumentException refusal(String list, String why) {
    return new IllegalArgumentException("layers " + list + ": " + why);
  }

  private static Item item(String list, String item) {
    List<String> parts = List.of(item.split(":", -1));
    LayerWord word = LayerWord.of(parts.getFirst());
    if (word == null) {
      throw refusal(list, "\"" + item + "\" is no layer" + nearest(parts.getFirst()));
    }
    List<Double> numbers = new ArrayList<>();
    String activation = null;
    for (String part : parts.subList(1, parts.size())) {
      if (activation == null && number(part) != null) {
        numbers.add(Objects.requireNonNull(number(part)));
      } else if (activation == null && word.activated()) {
        activation = activation(list, part);
      } else {
        throw malformed(list, item, word);
      }
    }
    boolean whole = word.form().contains(":RATE") || word.form().contains("[");
    boolean fits = numbers.size() >= word.least() && numbers.size() <= word.most();
    for (double each : numbers) {
      fits &= whole || (each == Math.rint(each) && each >= 1 && each <= MOST);
    }
    if (!fits) {
      throw malformed(list, item, word);
    }
    return new Item(word, numbers, activation);
  }

  private static IllegalArgumentException malformed(String list, String item, LayerWord word) {
    String form = word.form() + (word.activated() ? " or " + word.form() + ":ACTIVATION" : "");
    return refusal(list, "\"" + item + "\": expected " + form);
  }

  private static @Nullable Double number(String part) {
    try {
      return part.matches("-?[0-9]+(\\.[0-9]+)?") ? Double.valueOf(part) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String activation(String list, String name) {
    boolean known =
        name.equals(SOFTMAX)
            || Arrays.stream(Activation.values()).anyMatch(a -> a.name().equalsIgnoreCase(name));
    if (!known) {
      throw refusal(
          list,
          "no activation "
              + name
              + "; there are softmax, "
              + Arrays.stream(Activation.values())
                  .map(a -> a.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }
    return name;
  }

  /** What may have been meant, else all that there is. */
  private static String nearest(String word) {
    String near = word.length() > LONGEST ? null : NearestName.of(word, LayerWord.names());
    if (near != null) {
      return "; did you mean " + Objects.requireNonNull(LayerWord.of(near)).form() + "?";
    }
    return LayerWord.ALL.values().stream()
        .map(LayerWord::form)
        .filter(form -> !form.equals(form.toLowerCase(Locale.ROOT)))
        .collect(
            Collectors.joining(", ", "; a layer is ", ", and more: lstm:64,dropout:0.2,dense:1"));
  }
}
