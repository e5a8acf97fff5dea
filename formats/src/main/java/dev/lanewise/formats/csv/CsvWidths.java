package dev.lanewise.formats.csv;

import dev.lanewise.formats.FormatException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the cause of rows that are not as wide as the header where nothing that may be left out
 * explains it: another separator, text after the last row, or one row with a cell too many or too
 * few.
 *
 * @param columns the header
 * @param rows of any width
 * @param lines the first line of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CsvWidths(Path file, List<String> columns, List<String[]> rows, int[] lines) {
  private static final char[] SEPARATORS = {';', '\t', '|'};

  /** Refuses a row of another width than the header's. */
  void check() {
    int ragged = firstRagged();
    if (ragged < 0) {
      return;
    }
    int width = columns.size();
    int most = commonest();
    int got = rows.get(ragged).length;
    long line = lines[ragged];
    if (most != width) {
      throw headerDiffers(most, ragged);
    }
    if (endsAt(ragged)) {
      throw CsvErrors.footer(file, line, width, got);
    }
    throw got > width
        ? CsvErrors.moreCells(file, line, width, got)
        : CsvErrors.fewerCells(file, line, width, got);
  }

  /** What is wrong where most rows have another width than the header. */
  private FormatException headerDiffers(int most, int ragged) {
    int width = columns.size();
    int got = rows.get(ragged).length;
    String header = String.join(",", columns);
    for (char separator : SEPARATORS) {
      if (header.indexOf(separator) >= 0 && most > width) {
        return CsvErrors.separator(file, lines[ragged], width, got, separator);
      }
    }
    if (most == width + 1 && width > 1 && most == got) {
      return CsvErrors.firstName(file, lines[ragged], width, got);
    }
    return got > width
        ? CsvErrors.moreCells(file, lines[ragged], width, got)
        : CsvErrors.fewerCells(file, lines[ragged], width, got);
  }

  private int firstRagged() {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).length != columns.size()) {
        return row;
      }
    }
    return -1;
  }

  /** The width that most rows have; the header's where as many have that. */
  private int commonest() {
    Map<Integer, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.length, 1, Integer::sum));
    int best = columns.size();
    for (Map.Entry<Integer, Integer> each : counts.entrySet()) {
      if (each.getValue() > counts.getOrDefault(best, 0)) {
        best = each.getKey();
      }
    }
    return best;
  }

  /** Whether all rows from there to the last are of another width than the header. */
  private boolean endsAt(int row) {
    return rows.subList(row, rows.size()).stream().allMatch(each -> each.length != columns.size());
  }
}
