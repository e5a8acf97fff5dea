package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.lstm.Labels;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model file of {@code train --classify} says beside the network.
 *
 * @param column what the class is called
 * @param names of the classes, in the order of the network's outputs
 * @param features the columns of a row, in order
 * @param steps that a row has
 */
record Classes(String column, List<String> names, List<String> features, int steps) {
  private static final String CLASSIFY = "classify";
  private static final String NAMES = "classes";
  private static final String STEPS = "steps";

  /** What a file says, where it is of a classifier. */
  static Optional<Classes> of(Map<String, String> metadata) {
    String column = metadata.get(CLASSIFY);
    List<String> names = list(metadata, NAMES);
    List<String> features = list(metadata, PredictInput.FEATURES);
    String steps = metadata.getOrDefault(STEPS, "");
    boolean whole = steps.matches("[1-9][0-9]{0,8}");
    if (column == null || !whole || names.isEmpty() || features.isEmpty()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(steps);
    return features.size() % count == 0
        ? Optional.of(new Classes(column, names, features, count))
        : Optional.empty();
  }

  private static List<String> list(Map<String, String> metadata, String key) {
    String text = metadata.get(key);
    return text == null ? List.of() : ColumnNames.parse("metadata \"" + key + "\"", text);
  }

  /** As the file says it. */
  Map<String, String> metadata() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put(CLASSIFY, column);
    text.put(NAMES, CsvLine.join(names));
    text.put(PredictInput.FEATURES, CsvLine.join(features));
    text.put(STEPS, Integer.toString(steps));
    return text;
  }

  /** A table's rows as the network takes them. */
  Tensor rows(Tensor numbers) {
    return numbers.reshape(numbers.dim(0), steps, features.size() / steps);
  }

  /** Probabilities, with the name of the likeliest class before those of a row. */
  OutputArray of(Tensor y) {
    List<String> columns = new ArrayList<>(List.of(column));
    names.forEach(name -> columns.add(column + "=" + name));
    List<List<String>> likeliest =
        Arrays.stream(Labels.largest(y).toIntArray())
            .mapToObj(index -> List.of(names.get(index)))
            .toList();
    return OutputArray.of(columns, y, likeliest);
  }
}
