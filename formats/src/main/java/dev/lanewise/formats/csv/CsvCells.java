package dev.lanewise.formats.csv;

import dev.lanewise.formats.FormatException;
import java.nio.file.Path;
import java.util.List;

/** The cells of one column as numbers, or what is wrong with them. Not thread-safe. */
public final class CsvCells {
  private final Path file;
  private final String name;
  private final int column;
  private final List<String[]> rows;
  private final int[] lines;
  private final char decimal;
  private final CsvMissing words;
  private final CsvNumeral numeral = new CsvNumeral();

  /**
   * Cells that can be read in one way.
   *
   * @throws FormatException when they can be read in two, or are of several units
   */
  public CsvCells(
      Path file,
      String name,
      int column,
      List<String[]> rows,
      int[] lines,
      CsvNotation found,
      CsvMissing words) {
    this.file = file;
    this.name = name;
    this.column = column;
    this.rows = rows;
    this.lines = lines;
    this.decimal = found.decimal();
    this.words = words;
    if (found.openRow() >= 0) {
      String cell = cell(found.openRow());
      throw CsvErrors.ambiguous(
          file,
          where(found.openRow()),
          cell,
          numeral.canonical(cell, '.'),
          numeral.canonical(cell, ','));
    }
    if (found.mixedRow() >= 0) {
      throw CsvErrors.mixed(file, where(found.mixedRow()), cell(found.mixedRow()));
    }
  }

  private String cell(int row) {
    return rows.get(row)[column];
  }

  private String where(int row) {
    return CsvErrors.cell(lines[row], name);
  }

  public float toFloat(int row) {
    if (isCode(row)) {
      throw CsvErrors.missing(file, where(row), cell(row));
    }
    float value = CsvNumber.parseFloat(numeral, cell(row), decimal);
    if (Float.isFinite(value)) {
      return value;
    }
    throw notNumber(row, !Float.isNaN(value) || CsvNumber.isNotFinite(cell(row)), true);
  }

  public double toDouble(int row) {
    if (isCode(row)) {
      throw CsvErrors.missing(file, where(row), cell(row));
    }
    double value = CsvNumber.parse(numeral, cell(row), decimal);
    if (Double.isFinite(value)) {
      return value;
    }
    throw notNumber(row, !Double.isNaN(value) || CsvNumber.isNotFinite(cell(row)), false);
  }

  public double toDoubleOrNaN(int row) {
    String cell = cell(row);
    if (CsvMissing.inNumbers(cell) || isCode(row)) {
      return Double.NaN;
    }
    double value = CsvNumber.parse(numeral, cell, decimal);
    if (Double.isFinite(value)) {
      return value;
    }
    if (!Double.isNaN(value) || CsvNumber.isNotFinite(cell)) {
      throw CsvErrors.notFinite(file, where(row), cell);
    }
    throw numeral.read(cell) != 0
        ? CsvErrors.otherDecimal(file, where(row), cell, decimal)
        : CsvErrors.text(file, where(row), cell);
  }

  private boolean isCode(int row) {
    return words.isCode(numeral, cell(row), decimal);
  }

  private FormatException notNumber(int row, boolean notFinite, boolean isFloat) {
    String cell = cell(row);
    if (cell.isBlank()) {
      return CsvErrors.emptyCell(file, lines[row], name);
    }
    if (notFinite) {
      return isFloat
          ? CsvErrors.notFiniteFloat(file, where(row), cell)
          : CsvErrors.notFinite(file, where(row), cell);
    }
    if (CsvMissing.inNumbers(cell)) {
      return CsvErrors.missing(file, where(row), cell);
    }
    return numeral.read(cell) != 0
        ? CsvErrors.otherDecimal(file, where(row), cell, decimal)
        : CsvErrors.notNumber(file, lines[row], name, cell);
  }
}
