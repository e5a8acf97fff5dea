package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Names of columns as options give them: with commas between them, in quotes where one holds one. */
final class ColumnNames {
  private ColumnNames() {}

  static List<String> parse(String option, String list) {
    try {
      return CsvLine.parse(list);
    } catch (IllegalArgumentException e) {
      throw new InputException(option + " " + list + ": " + e.getMessage(), e);
    }
  }

  /**
   * The names of all lists.
   *
   * @param known the columns that there are
   */
  static List<String> parse(String option, List<String> lists, List<String> known) {
    List<String> names = new ArrayList<>();
    for (String list : lists) {
      List<String> parsed = parse(option, list);
      if (known.contains(list.strip()) && !known.containsAll(parsed)) {
        throw new InputException(
            option
                + " "
                + list
                + ": a name that holds a comma is given in quotes: '"
                + CsvLine.join(List.of(list.strip()))
                + "'");
      }
      names.addAll(parsed);
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new InputException(option + " " + CsvLine.join(names) + " names a column twice");
    }
    return names;
  }
}
