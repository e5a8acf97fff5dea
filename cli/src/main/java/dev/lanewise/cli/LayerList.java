package dev.lanewise.cli;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.SimpleRnn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The {@code --layers} list: {@code lstm:64,gru:32:relu,dense:1}. A layer is
 * TYPE:UNITS[:ACTIVATION]; a recurrent one that another follows passes on its whole sequence.
 */
final class LayerList {
  private static final Map<String, IntFunction<Recurrent.Builder<?>>> RECURRENT =
      Map.of("lstm", Lstm::builder, "gru", Gru::builder, "rnn", SimpleRnn::builder);
  private static final Pattern LAYER =
      Pattern.compile("(lstm|gru|rnn|dense):([1-9][0-9]{0,6})(?::([a-z_]+))?");
  private static final String FORM =
      "; a layer is lstm:UNITS, gru:UNITS, rnn:UNITS or dense:UNITS, with an activation if you like:"
          + " lstm:64,dense:1:relu";

  private LayerList() {}

  /** Refuses a list that is none, whatever its last layer gives. */
  static void check(String list) {
    layers(list);
  }

  /** The layers, for {@code targets} predictions a window. */
  static List<Layer> parse(String list, int targets) {
    List<Layer> layers = layers(list);
    int width = units(item(list, list.substring(list.lastIndexOf(',') + 1)));
    if (width != targets) {
      throw new InputException(
          "--layers "
              + list
              + ": the last layer gives "
              + (width == 1 ? "1 value" : width + " values")
              + " a window, expected "
              + targets
              + ", one a forecast; end the list with dense:"
              + targets);
    }
    return layers;
  }

  private static List<Layer> layers(String list) {
    String[] items = list.toLowerCase(Locale.ROOT).split(",", -1);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      layers.add(
          layer(
              list,
              items[i].strip(),
              Arrays.stream(items).skip(i + 1).anyMatch(LayerList::isRecurrent)));
    }
    checkOrder(list, items);
    return layers;
  }

  private static void checkOrder(String list, String[] items) {
    if (Arrays.stream(items).noneMatch(LayerList::isRecurrent)) {
      throw new InputException("--layers " + list + ": no lstm, gru or rnn among them" + FORM);
    }
    if (!isRecurrent(items[0])) {
      throw new InputException(
          "--layers "
              + list
              + ": a dense layer before the first lstm, gru or rnn would see one timestep at a time;"
              + " begin with lstm:UNITS");
    }
  }

  private static boolean isRecurrent(String item) {
    return !item.strip().startsWith("dense");
  }

  private static Layer layer(String list, String item, boolean recurrentFollows) {
    Matcher matcher = item(list, item);
    int units = units(matcher);
    String activation = matcher.group(3);
    IntFunction<Recurrent.Builder<?>> recurrent = RECURRENT.get(matcher.group(1));
    if (recurrent == null) {
      return activation == null ? Dense.of(units) : Dense.of(units, activation(list, activation));
    }
    Recurrent.Builder<?> builder = recurrent.apply(units).returnSequences(recurrentFollows);
    return (activation == null ? builder : builder.activation(activation(list, activation)))
        .build();
  }

  private static Matcher item(String list, String item) {
    Matcher matcher = LAYER.matcher(item.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new InputException("--layers " + list + ": \"" + item + "\" is no layer" + FORM);
    }
    return matcher;
  }

  private static int units(Matcher item) {
    return Integer.parseInt(item.group(2));
  }

  private static Activation activation(String list, String name) {
    return Arrays.stream(Activation.values())
        .filter(activation -> activation.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--layers "
                        + list
                        + ": no activation "
                        + name
                        + "; there are "
                        + Arrays.stream(Activation.values())
                            .map(activation -> activation.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }
}
