package dev.lanewise.cli;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the inputs of a graph come from.
 *
 * @param inputs by their names in the model, one each, in the model's order
 * @param lengths by the names of the inputs whose samples have them
 */
record GraphPaths(Map<String, Path> inputs, Map<String, Path> lengths) {
  private static final String OPTION = "--input";
  private static final String LENGTHS = "lengths";
  private static final String LENGTHS_OF = "." + LENGTHS;

  /** What Keras calls an input without a name; the number grows with each that a program makes. */
  private static final Pattern AUTOMATIC = Pattern.compile("keras_tensor(?:_([0-9]{1,9}))?");

  /**
   * Finds what is meant by the names given.
   *
   * @param values of the option {@code --input}
   */
  static GraphPaths of(Model model, List<String> values) {
    PortNames ports = PortNames.inputs(model.inputNames());
    List<String> known = new ArrayList<>(ports.names());
    ports.names().forEach(name -> known.add(name + LENGTHS_OF));
    List<NamedPaths.Given> all = NamedPaths.split(OPTION, values, known);
    Map<String, String> automatic = automatic(all, ports);
    Map<String, Path> given = new HashMap<>();
    Map<String, Path> lengths = new LinkedHashMap<>();
    for (NamedPaths.Given each : all) {
      String name = find(each.name(), ports, automatic);
      if (name != null) {
        NamedPaths.put(OPTION, given, name, each);
      } else {
        String of = lengthsOf(each, model, ports, automatic);
        NamedPaths.put(OPTION, lengths, of, each);
      }
    }
    Map<String, Path> inputs = new LinkedHashMap<>();
    for (String name : ports.names()) {
      Path path = given.get(name);
      if (path == null) {
        throw new InputException(
            OPTION
                + ": expected "
                + name
                + " too, add --input "
                + name
                + "=FILE; "
                + ports.theirs());
      }
      inputs.put(name, path);
    }
    return new GraphPaths(inputs, lengths);
  }

  private static @Nullable String find(
      String given, PortNames ports, Map<String, String> automatic) {
    String name = ports.find(given);
    return name == null ? automatic.get(given) : name;
  }

  /** The input whose lengths are meant. */
  private static String lengthsOf(
      NamedPaths.Given given, Model model, PortNames ports, Map<String, String> automatic) {
    List<String> sequences =
        model.inputs().stream().filter(Value::hasTime).map(Value::name).toList();
    String text = given.name();
    String name = null;
    if (text.endsWith(LENGTHS_OF)) {
      name = find(text.substring(0, text.length() - LENGTHS_OF.length()), ports, automatic);
    } else if (text.equals(LENGTHS) && sequences.size() == 1) {
      name = sequences.getFirst();
    } else if (!text.equals(LENGTHS)) {
      throw ports.unknown(given);
    }
    if (name == null || !sequences.contains(name)) {
      String which =
          sequences.isEmpty()
              ? "no lengths, for no input of the model is sequences"
              : "lengths of one of the sequences, "
                  + String.join(", ", sequences.stream().map(each -> each + LENGTHS_OF).toList());
      throw new InputException(OPTION + " " + given.text() + ": expected " + which);
    }
    return name;
  }

  /** The names in the model by Keras's, where all that are given are such, and it has none such. */
  private static Map<String, String> automatic(List<NamedPaths.Given> all, PortNames ports) {
    List<String> names =
        all.stream()
            .map(NamedPaths.Given::name)
            .filter(name -> !name.equals(LENGTHS) && !name.endsWith(LENGTHS_OF))
            .distinct()
            .sorted(Comparator.comparingInt(GraphPaths::number))
            .toList();
    if (names.isEmpty()
        || names.stream().anyMatch(name -> number(name) < 0 || ports.find(name) != null)) {
      return Map.of();
    }
    if (names.size() != ports.names().size()) {
      throw new InputException(
          OPTION
              + ": expected "
              + ports.names().size()
              + " of them, for Keras's own names stand for places, got "
              + String.join(", ", names)
              + "; "
              + ports.theirs());
    }
    Map<String, String> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), ports.names().get(i));
    }
    return places;
  }

  /** The number in Keras's name, 0 where it has none; -1 where it is none of Keras's. */
  private static int number(String name) {
    Matcher matcher = AUTOMATIC.matcher(name);
    if (!matcher.matches()) {
      return -1;
    }
    return matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
  }

  /** All of them, by what messages call them. */
  Map<String, Path> all() {
    Map<String, Path> all = new LinkedHashMap<>(inputs);
    lengths.forEach((name, path) -> all.put(name + LENGTHS_OF, path));
    return all;
  }
}
