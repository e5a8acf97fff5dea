package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of columns as options give them: with commas between them, in quotes where one holds one.
 */
final class ColumnNames {
  private static final Pattern UNIT = Pattern.compile("\\s*(\\([^()]*\\)|\\[[^\\[\\]]*\\])$");

  private ColumnNames() {}

  /**
   * A name may lack the unit that the column's own has in brackets, where only one is so called.
   */
  static String column(String name, List<String> known) {
    if (known.contains(name)) {
      return name;
    }
    List<String> withUnit =
        known.stream()
            .filter(column -> UNIT.matcher(column).replaceFirst("").equals(name))
            .toList();
    return withUnit.size() == 1 ? withUnit.get(0) : name;
  }

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
      parsed.forEach(name -> names.add(column(name, known)));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new InputException(option + " " + CsvLine.join(names) + " names a column twice");
    }
    return names;
  }
}
