package dev.lanewise.formats.csv;

import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.meant;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.Printable;
import dev.lanewise.tensor.Shape;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** Builds the exceptions of tables. */
public final class CsvErrors {
  private static final int LONGEST_CODE = 40;

  private CsvErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static FormatException caused(
      Path file, String where, String expected, String got, String remedy, Throwable cause) {
    return new FormatException(file, where, expected, got, remedy, cause);
  }

  /** A row that is not as wide as the header. */
  private static FormatException width(Path file, long row, int expected, int got, String remedy) {
    String cells = plural(expected, "cell") + ", one a column of the header";
    return new FormatException(file, "row " + row, cells, Integer.toString(got), remedy);
  }

  static FormatException separator(Path file, long row, int expected, int got, char separator) {
    String shown = separator == '\t' ? "tabs" : "\"" + separator + "\"";
    String remedy =
        "the header's names are separated by "
            + shown
            + ": leave the separator out to have it found";
    return width(file, row, expected, got, remedy);
  }

  static FormatException footer(Path file, long row, int expected, int got) {
    String remedy =
        "this and what follows seem to be a footer: remove it; or the file is cut short: copy it"
            + " again";
    return width(file, row, expected, got, remedy);
  }

  static FormatException moreCells(Path file, long row, int expected, int got) {
    String remedy =
        "write decimals with a point, or with \";\" between the cells; quote cells that hold what"
            + " separates";
    return width(file, row, expected, got, remedy);
  }

  static FormatException firstName(Path file, long row, int expected, int got) {
    String remedy =
        "where the first column has no name, give it one; where commas are in numbers, write them"
            + " with a point, or with \";\" between the cells";
    return width(file, row, expected, got, remedy);
  }

  static FormatException fewerCells(Path file, long row, int expected, int got) {
    String remedy = "a cell is missing, or the comma before it";
    return width(file, row, expected, got, remedy);
  }

  static FormatException noHeader(Path file, long row) {
    String remedy =
        "remove it; or CsvOptions.header(false) leaves it out and names the columns c1, c2, ..";
    return new FormatException(
        file, "row " + row, "a header", "a row of another width than the data", remedy);
  }

  static FormatException binary(Path file, Throwable cause) {
    String remedy = "save the table as CSV UTF-8; text of two bytes a character needs its mark";
    return new FormatException(file, "", "text", "NUL bytes, as binary files have", remedy, cause);
  }

  static FormatException encoding(Path file, Charset charset, Throwable cause) {
    String remedy = "leave the charset out to have it found, or save the file as CSV UTF-8";
    return new FormatException(file, "", "text in " + charset, "other bytes", remedy, cause);
  }

  static FormatException missing(Path file, String where, String cell) {
    String remedy = "fill it in, leave the row out, or leave the column out";
    String got = quoted(cell) + ", which stands for none";
    return new FormatException(file, where, "a number", got, remedy);
  }

  /** A cell that is no number in a column where cells may be missing. */
  static FormatException text(Path file, String where, String cell) {
    String code =
        "CsvOptions.missing(List.of(\"" + Printable.of(cell.strip(), LONGEST_CODE) + "\"))";
    String remedy = "correct the cell; or where it stands for a missing value, " + code;
    return new FormatException(file, where, "a number or a missing cell", quoted(cell), remedy);
  }

  static FormatException ambiguous(
      Path file, String where, String cell, String point, String comma) {
    String remedy =
        "CsvOptions.decimal('.') reads the first, CsvOptions.decimal(',') the second, in the whole"
            + " table";
    String got = quoted(cell) + ", which is " + point + " or " + comma;
    return new FormatException(file, where, "one reading", got, remedy);
  }

  static FormatException mixed(Path file, String where, String cell) {
    String remedy = "write all cells in one unit, or leave the column out";
    return new FormatException(file, where, "the unit of the cells above", quoted(cell), remedy);
  }

  /** A number in the other of the two dialects. */
  static FormatException otherDecimal(Path file, String where, String cell, char decimal) {
    String mark = decimal == '.' ? "point" : "comma";
    String remedy = "write all cells of the column alike, or leave it out";
    return new FormatException(
        file, where, "a number with a decimal " + mark, quoted(cell), remedy);
  }

  public static IllegalArgumentException separatorOption(char got) {
    return new IllegalArgumentException(
        "CsvOptions: separator must be a sign such as , or ; got " + quoted(String.valueOf(got)));
  }

  public static IllegalArgumentException decimalOption(char got) {
    return new IllegalArgumentException(
        "CsvOptions: decimal must be . or , got " + quoted(String.valueOf(got)));
  }

  public static FormatException columnTwice(Path file, String name) {
    String remedy = "rename one; a column that is not used may have any name";
    return new FormatException(
        file, "", "the column name " + quoted(name) + " once", "it again", remedy);
  }

  static FormatException notFinite(Path file, String where, String cell) {
    String remedy = "fill it in, leave the row out, or leave the column out";
    return new FormatException(file, where, "a finite number", quoted(cell), remedy);
  }

  public static IllegalArgumentException line(String text) {
    return new IllegalArgumentException(
        "expected names with commas between them, in quotes where they hold one (\"a,b\",c), got "
            + text);
  }

  static String cell(long row, String column) {
    return "row " + row + ", column " + quoted(column);
  }

  public static FormatException noColumn(Path file, String name, List<String> columns) {
    String remedy = meant(name, columns);
    List<String> shown =
        columns.stream()
            .map(each -> each.isEmpty() || each.contains(",") ? quoted(each) : each)
            .toList();
    String got = "the " + (columns.size() == 1 ? "column " : "columns ") + list(shown);
    return error(file, "", "a column " + quoted(name), got, remedy);
  }

  static FormatException notNumber(Path file, long row, String column, String cell) {
    String remedy = "correct the cell, or leave the column out";
    return error(file, cell(row, column), "a number", quoted(cell), remedy);
  }

  static FormatException emptyCell(Path file, long row, String column) {
    String remedy = "fill it in, leave the row out, or leave the column out";
    return error(file, cell(row, column), "a number", "an empty cell", remedy);
  }

  static FormatException notFiniteFloat(Path file, String where, String cell) {
    String remedy = "fill it in, leave the row out, or leave the column out";
    return error(file, where, "a finite float32", quoted(cell), remedy);
  }

  static FormatException noNames(Path file, String got) {
    return error(file, "row 1", "a header of column names", got, "");
  }

  static FormatException noRows(Path file, List<String> columns) {
    String expected = "rows of data after the header " + list(columns);
    return error(file, "", expected, "none", "");
  }

  static FormatException syntax(Path file, RuntimeException cause) {
    return caused(
        file, "", "CSV", quoted(String.valueOf(cause.getMessage())), "check its quotes", cause);
  }

  public static IllegalArgumentException tableRow(int row, int got, int columns) {
    return new IllegalArgumentException(
        "CsvTable.of: row "
            + row
            + " has "
            + plural(got, "cell")
            + " for "
            + plural(columns, "column"));
  }

  public static IllegalArgumentException tableShape(Shape shape, int columns) {
    return new IllegalArgumentException(
        "CsvTable.of: "
            + plural(columns, "column")
            + " need values (rows, "
            + columns
            + "), got "
            + shape);
  }
}
