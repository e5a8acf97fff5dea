package dev.lanewise.formats.csv;

import dev.lanewise.formats.CsvColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides how the numbers of a table are written: a column by its own cells, and one that leaves it
 * open, as {@code 1,234}, by the others. Immutable.
 */
public final class CsvColumns {
  private static final char OPEN = 0;

  private final CsvNotation[] columns;
  private final char decimal;

  /**
   * Reads all cells.
   *
   * @param separator what stands between the cells
   * @param known what stands before the decimals, where that is said
   * @param words the cells that stand for a missing value
   */
  public CsvColumns(
      List<String[]> rows, int width, char separator, Optional<Character> known, CsvMissing words) {
    CsvTally[] tallies = new CsvTally[width];
    Arrays.setAll(tallies, column -> CsvTally.of(rows, column, words));
    char table = known.orElseGet(() -> decimal(tallies, separator));
    columns = new CsvNotation[width];
    boolean comma = false;
    for (int column = 0; column < width; column++) {
      columns[column] = column(rows, column, tallies[column], table, words);
      comma |= tallies[column].commas > 0 && columns[column].kind() == CsvColumn.Kind.NUMBERS;
      comma |= tallies[column].openComma && columns[column].decimal() == ',';
    }
    decimal = comma ? ',' : '.';
  }

  /** Where all columns that say it agree; {@link #OPEN} where none does and there is a doubt. */
  private static char decimal(CsvTally[] tallies, char separator) {
    boolean points = false;
    boolean commas = false;
    boolean openPoint = false;
    boolean openComma = false;
    for (CsvTally tally : tallies) {
      if (tally.isNumbers()) {
        points |= tally.points > 0;
        commas |= tally.commas > 0;
        openPoint |= tally.openPoint;
        openComma |= tally.openComma;
      }
    }
    if (points != commas) {
      return commas ? ',' : '.';
    }
    if (points || (openPoint && openComma)) {
      return OPEN;
    }
    if (openComma) {
      return separator == ';' ? ',' : OPEN;
    }
    return openPoint && separator == ';' ? OPEN : '.';
  }

  private static CsvNotation column(
      List<String[]> rows, int column, CsvTally tally, char table, CsvMissing words) {
    char decimal = table == OPEN ? '.' : table;
    if (tally.points != tally.commas) {
      decimal = tally.points > tally.commas ? '.' : ',';
    }
    boolean undecided = tally.points == 0 && tally.commas == 0;
    int open = undecided && table == OPEN ? tally.openRow : -1;
    boolean other = decimal == '.' ? tally.commas > 0 : tally.points > 0;
    CsvColumn.Kind kind = CsvColumn.Kind.TEXT;
    long missing = tally.missingInText;
    if (tally.others == 0 && tally.mixedRow < 0 && !other) {
      kind = CsvColumn.Kind.NUMBERS;
      missing = words.hasCodes() ? missing(rows, column, decimal, words) : tally.missing;
      kind = missing == rows.size() ? CsvColumn.Kind.EMPTY : kind;
    }
    return new CsvNotation(kind, missing, decimal, open, tally.mixedRow, tally.percent);
  }

  private static long missing(List<String[]> rows, int column, char decimal, CsvMissing words) {
    CsvNumeral numeral = new CsvNumeral();
    return rows.stream()
        .map(row -> row[column])
        .filter(cell -> CsvMissing.inNumbers(cell) || words.isCode(numeral, cell, decimal))
        .count();
  }

  public CsvNotation get(int column) {
    return columns[column];
  }

  /** A comma where a column of numbers has decimals after one. */
  public char decimal() {
    return decimal;
  }

  /** Whether numbers have percent signs. */
  public boolean isPercent() {
    return Arrays.stream(columns)
        .anyMatch(each -> each.isPercent() && each.kind() == CsvColumn.Kind.NUMBERS);
  }
}
