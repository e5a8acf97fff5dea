package dev.lanewise.formats.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the header: the first row whose cells are names where the rows below have numbers or times.
 * Rows before it are another table, or text. There may be several rows of it, and a row of units.
 */
final class CsvHeader {
  private static final int DEEPEST = 64;
  private static final int NEXT = 6;
  private static final int FEWEST_NUMBERED = 3;

  private final CsvRows in;
  private final List<String[]> rows;
  private final CsvShape shape;
  private final CsvSeparator separator;
  private int first;
  private int count;
  private boolean units;
  private String[] comment = {};

  CsvHeader(CsvRows in, CsvShape shape, CsvSeparator separator, Optional<Boolean> given) {
    this.in = in;
    this.rows = in.rows();
    this.shape = shape;
    this.separator = separator;
    int names = given.orElse(true) ? lastNames() : -1;
    first = names >= 0 ? names : firstFitting();
    if (names >= 0 || given.orElseGet(this::isHeader)) {
      count = comment.length > 0 ? 0 : 1;
      addRows();
    }
  }

  /** The first row of the header; of the data where there is none. */
  int first() {
    return first;
  }

  /** The rows of the header; 0 where there is none. */
  int count() {
    return comment.length > 0 ? 1 : count;
  }

  /** Whether it is a line that begins with a comment's sign. */
  boolean isComment() {
    return comment.length > 0;
  }

  boolean hasUnits() {
    return units;
  }

  /** The first row after it. */
  int end() {
    return first + count + (units ? 1 : 0);
  }

  /** The last row that can only be a header: above it nothing, or what is no row of its table. */
  private int lastNames() {
    int found = -1;
    int data = 0;
    for (int row = 0; row < Math.min(DEEPEST, rows.size()); row++) {
      boolean blank = in.blanksAbove(row, row + 1) > 0;
      boolean opens = row == 0 || blank || !shape.isRow(rows.get(row - 1));
      boolean ownTable = data == 0 || (blank && row < rows.size() - row);
      if (opens && ownTable && isNames(row) && isFollowedByData(row)) {
        found = row;
      }
      data += shape.isData(rows.get(row)) ? 1 : 0;
    }
    return found;
  }

  private boolean isNames(int row) {
    return shape.isNames(rows.get(row)) && !shape.isTitle(rows.get(row));
  }

  private boolean isFollowedByData(int row) {
    return rows.subList(row + 1, Math.min(rows.size(), row + NEXT)).stream()
        .anyMatch(shape::isData);
  }

  private int firstFitting() {
    for (int row = 0; row < Math.min(DEEPEST, rows.size()); row++) {
      if (shape.isRow(rows.get(row))) {
        return row;
      }
    }
    return 0;
  }

  /** Whether the first row of the table, which may be one, is a header or a comment above it is. */
  private boolean isHeader() {
    String[] row = rows.get(first);
    if (!shape.fits(row) || shape.count(row, true) > 0 || shape.hasOtherNumber(row)) {
      return true;
    }
    List<String> above = separator.cells(in.commentAbove(first).strip());
    if (above.size() == shape.width() && above.stream().allMatch(CsvHeader::isWord)) {
      comment = above.toArray(String[]::new);
      return true;
    }
    return shape.count(row, false) == 0 || isNumbered(row);
  }

  /** Whether it could be a name in a header that begins as comments do. */
  private static boolean isWord(String cell) {
    return CsvCell.isName(cell) && !cell.strip().contains(" ");
  }

  /** Whether it counts its columns, or the years, as the row below does not. */
  private boolean isNumbered(String[] row) {
    return counts(row) && first + 1 < rows.size() && !counts(rows.get(first + 1));
  }

  private boolean counts(String[] row) {
    int numbers = 0;
    double last = 0;
    for (String cell : row) {
      double number = CsvNumber.parse(new CsvNumeral(), cell, '.');
      if (Double.isNaN(number)) {
        continue;
      }
      if (number != Math.rint(number) || (numbers > 0 && number != last + 1)) {
        return false;
      }
      last = number;
      numbers++;
    }
    return numbers >= FEWEST_NUMBERED && numbers >= shape.width() - 1;
  }

  /** Further rows of names, and one of units. */
  private void addRows() {
    int row = first + count;
    while (row + 1 < rows.size() && !units && shape.isNames(rows.get(row))) {
      if (count > 0 && isUnits(rows.get(row))) {
        units = true;
      } else if (count > 0 && continues(rows.get(row))) {
        count++;
      } else {
        return;
      }
      row++;
    }
  }

  private boolean isUnits(String[] row) {
    int found = 0;
    for (int column = 0; column < shape.width(); column++) {
      boolean name = shape.data()[column] && CsvCell.isName(row[column]);
      boolean unit = CsvCell.isUnit(row[column]);
      // A format of times, as yyyy-mm-dd, stands where the times do.
      if (name && column > 0 && !unit) {
        return false;
      }
      found += name && unit ? 1 : 0;
    }
    return found > 0;
  }

  /** Whether no data row could look like it: names in all of two or more columns of numbers. */
  private boolean continues(String[] row) {
    int needed = 0;
    int names = 0;
    for (int column = 0; column < shape.width(); column++) {
      boolean name = CsvCell.isName(row[column]);
      if (shape.data()[column] && (column > 0 || name)) {
        needed++;
        names += name ? 1 : 0;
      }
    }
    boolean index = shape.isTitle(row) && shape.data()[0] && shape.width() > 1;
    return index || (needed >= 2 && names == needed);
  }

  /** The columns' names, of several rows joined by blanks. */
  String[] columns() {
    String[] names = new String[shape.width()];
    if (comment.length > 0) {
      for (int column = 0; column < names.length; column++) {
        names[column] = comment[column].strip();
      }
      return names;
    }
    Arrays.fill(names, "");
    for (int row = first; row < first + count; row++) {
      String left = "";
      for (int column = 0; column < names.length; column++) {
        String name = rows.get(row)[column].strip();
        left = name.isEmpty() && row + 1 < first + count ? left : name;
        names[column] += names[column].isEmpty() || left.isEmpty() ? left : " " + left;
      }
    }
    if (count == 0) {
      Arrays.setAll(names, column -> "c" + (column + 1));
    }
    return names;
  }
}
