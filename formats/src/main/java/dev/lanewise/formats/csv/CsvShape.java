package dev.lanewise.formats.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How wide a table is and which of its columns hold numbers or times, told from all rows and from
 * its last ones.
 *
 * @param width the columns, empty ones at the end not counted
 * @param raw the cells that most rows have
 * @param data by column: whether most of its cells are numbers or times
 * @param readings by column: how all its numbers can be read, as {@link CsvNumeral#read} says; 0
 *     where there is no such way
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CsvShape(int width, int raw, boolean[] data, int[] readings) {
  private static final int MOST_ROWS = 500;
  private static final int FIRST_ROWS = 64;
  private static final double MOST = 0.8;

  /** Of one row or more. */
  static CsvShape of(List<String[]> rows) {
    int raw = commonest(rows);
    int width = 1;
    for (int row = 0; row < rows.size() && width < raw; row++) {
      if (rows.get(row).length == raw) {
        width = Math.max(width, CsvCell.filled(rows.get(row)));
      }
    }
    // A header that names empty columns, but not all of the separators.
    for (int row = 0; row + 1 < Math.min(FIRST_ROWS, rows.size()); row++) {
      int filled = CsvCell.filled(rows.get(row));
      if (filled > width && filled < raw && rows.get(row + 1).length == raw) {
        width = filled;
      }
    }
    CsvShape plain = new CsvShape(width, raw, new boolean[width], new int[width]);
    plain.findData(rows);
    return plain;
  }

  /** The width that most rows have; of two the larger. */
  private static int commonest(List<String[]> rows) {
    Map<Integer, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.length, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  private void findData(List<String[]> rows) {
    List<String[]> usual = new ArrayList<>();
    for (int row = rows.size() - 1; row >= 0 && usual.size() < MOST_ROWS; row--) {
      String[] cells = rows.get(row);
      if (fits(cells) && !isEmpty(cells) && !CsvCell.isFooter(cells[0])) {
        usual.add(cells);
      }
    }
    // The last rows, since the first may be names.
    int last = Math.min(usual.size(), Math.max(1, 2 * usual.size() / 5));
    for (int column = 0; column < width; column++) {
      int values = 0;
      int known = 0;
      int all = CsvNumeral.POINT | CsvNumeral.COMMA;
      for (String[] row : usual.subList(0, last)) {
        if (!CsvCell.isMissing(row[column])) {
          known++;
          values += CsvCell.isData(row[column]) ? 1 : 0;
          all &= new CsvNumeral().read(row[column]);
        }
      }
      readings[column] = known > 0 ? all : 0;
      data[column] = known > 0 && values >= MOST * known;
    }
  }

  /** Whether a row has a cell a column, and no more but blank ones. */
  boolean fits(String[] row) {
    return row.length == width || (row.length > width && CsvCell.filled(row) <= width);
  }

  /** Whether a row has no value at all. */
  boolean isEmpty(String[] row) {
    for (String cell : row) {
      if (!CsvCell.isMissing(cell)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a row has a name at its beginning and nothing else. */
  boolean isTitle(String[] row) {
    return width > 1 && CsvCell.filled(row) == 1 && CsvCell.isName(row[0]);
  }

  /** Whether a row can be one of the table: as wide, and more than a title. */
  boolean isRow(String[] row) {
    return fits(row) && CsvCell.filled(row) > 0 && !isTitle(row);
  }

  /** Whether there are names, and no value, where the other rows have numbers or times. */
  boolean isNames(String[] row) {
    return fits(row) && count(row, true) > 0 && count(row, false) == 0;
  }

  /** Whether there is a value, and no name, where the other rows have numbers or times. */
  boolean isData(String[] row) {
    return fits(row) && count(row, false) > 0 && count(row, true) == 0;
  }

  /** Whether a number is written as those of its column cannot be: then it is a name. */
  boolean hasOtherNumber(String[] row) {
    for (int column = 0; column < width; column++) {
      int reading = new CsvNumeral().read(row[column]);
      if (readings[column] != 0 && reading != 0 && (reading & readings[column]) == 0) {
        return true;
      }
    }
    return false;
  }

  /** The names, or the values, in the columns of numbers and times. */
  int count(String[] row, boolean names) {
    int count = 0;
    for (int column = 0; column < width; column++) {
      if (data[column] && (names ? CsvCell.isName(row[column]) : CsvCell.isData(row[column]))) {
        count++;
      }
    }
    return count;
  }
}
