package dev.lanewise.lstm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A table of what Keras computed: names and lists of numbers. */
record KerasTable(List<String> columns, List<List<String>> rows) {

  static KerasTable of(String file) {
    try (InputStream in = KerasTable.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<List<String>> lines = text.lines().map(line -> List.of(line.split(",", -1))).toList();
      return new KerasTable(lines.getFirst(), lines.subList(1, lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(int row, String column) {
    return rows.get(row).get(columns.indexOf(column));
  }

  double[] numbers(int row, String column) {
    String text = text(row, column);
    return text.isEmpty()
        ? new double[0]
        : Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  int whole(int row, String column) {
    return Integer.parseInt(text(row, column));
  }
}
