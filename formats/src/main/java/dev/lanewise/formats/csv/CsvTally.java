package dev.lanewise.formats.csv;

import java.util.List;

/** Counts how the cells of one column can be read. */
final class CsvTally {
  int numbers;
  int others;
  int missing;
  int missingInText;

  /** Cells that are a number with a point before the decimals alone; with a comma alone. */
  int points;

  int commas;

  /** The first row whose one mark may be before decimals or between thousands; -1 for none. */
  int openRow = -1;

  boolean openPoint;
  boolean openComma;
  int mixedRow = -1;
  boolean percent;
  private int plain;
  private String currency = "";

  static CsvTally of(List<String[]> rows, int column, CsvMissing words) {
    CsvTally tally = new CsvTally();
    CsvNumeral numeral = new CsvNumeral();
    for (int row = 0; row < rows.size(); row++) {
      tally.add(rows.get(row)[column], row, numeral, words);
    }
    return tally;
  }

  private void add(String cell, int row, CsvNumeral numeral, CsvMissing words) {
    if (CsvMissing.inNumbers(cell)) {
      missing++;
      missingInText += CsvMissing.inText(cell) ? 1 : 0;
    } else if (words.isCode(numeral, cell, '.') || words.isCode(numeral, cell, ',')) {
      missing++; // What a code looks like says nothing of the values.
      missingInText++;
    } else {
      int readings = numeral.read(cell);
      if (readings == 0) {
        others++;
      } else {
        numbers++;
        addNumber(cell, row, readings);
        addUnit(cell, row, numeral);
      }
    }
  }

  private void addNumber(String cell, int row, int readings) {
    boolean point = (readings & CsvNumeral.POINT) != 0;
    boolean comma = (readings & CsvNumeral.COMMA) != 0;
    points += point && !comma ? 1 : 0;
    commas += comma && !point ? 1 : 0;
    if (point && comma && (readings & CsvNumeral.MARKED) != 0) {
      openRow = openRow < 0 ? row : openRow;
      openPoint |= cell.indexOf('.') >= 0;
      openComma |= cell.indexOf(',') >= 0;
    }
  }

  /** Two currencies, or a percent sign here and none there, are not one column of numbers. */
  private void addUnit(String cell, int row, CsvNumeral numeral) {
    boolean mixed = false;
    if (numeral.isPercent()) {
      mixed = plain > 0;
      percent = true;
    } else if (!isZero(cell)) {
      mixed = percent;
      plain++;
    }
    String other = numeral.currency();
    if (!other.isEmpty()) {
      mixed |= !currency.isEmpty() && !currency.equals(other);
      currency = other;
    }
    mixedRow = mixed && mixedRow < 0 ? row : mixedRow;
  }

  private static boolean isZero(String cell) {
    return cell.chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  boolean isNumbers() {
    return numbers > 0 && others == 0 && mixedRow < 0 && (points == 0 || commas == 0);
  }
}
