package dev.lanewise.formats;

import static dev.lanewise.formats.FormatErrors.plural;
import static dev.lanewise.formats.FormatErrors.quoted;

import java.nio.file.Path;

/** Builds the exceptions of {@link CsvWidths} and of columns that cannot be told apart. */
final class CsvErrors {
  private CsvErrors() {}

  /** A row that is not as wide as the header. */
  private static FormatException width(Path file, long row, int expected, int got, String remedy) {
    String cells = plural(expected, "cell") + ", one a column of the header";
    return new FormatException(file, "row " + row, cells, Integer.toString(got), remedy, null);
  }

  static FormatException separator(Path file, long row, int expected, int got, char separator) {
    String shown = separator == '\t' ? "tabs" : "\"" + separator + "\"";
    String remedy =
        "the header's names are separated by "
            + shown
            + ": write the file with commas between the cells and points in the numbers";
    return width(file, row, expected, got, remedy);
  }

  static FormatException lastComma(Path file, long row, int expected, int got) {
    String remedy =
        "the rows end in a comma, the header does not: add one there, or remove those of the rows";
    return width(file, row, expected, got, remedy);
  }

  static FormatException preamble(Path file, int expected, int got, long header) {
    return new FormatException(
        file,
        "row 1",
        "a header of " + plural(expected, "column") + ", as wide as most rows",
        plural(got, "cell"),
        "the header seems to be row " + header + ": remove the rows before it",
        null);
  }

  static FormatException footer(Path file, long row, int expected, int got) {
    String remedy =
        "this and what follows seem to be a footer: remove it; or the file is cut short: copy it"
            + " again";
    return width(file, row, expected, got, remedy);
  }

  static FormatException moreCells(Path file, long row, int expected, int got) {
    String remedy = "write decimals with a point, and quote other cells that hold commas";
    return width(file, row, expected, got, remedy);
  }

  static FormatException fewerCells(Path file, long row, int expected, int got) {
    String remedy = "a cell is missing, or the comma before it";
    return width(file, row, expected, got, remedy);
  }

  static FormatException columnTwice(Path file, String name) {
    String remedy = "rename one; a column that is not used may have any name";
    return new FormatException(
        file, "row 1", "the column name " + quoted(name) + " once", "it again", remedy, null);
  }

  static FormatException notFinite(Path file, String where, String cell) {
    String remedy = "fill it in, leave the row out, or leave the column out";
    return new FormatException(file, where, "a finite number", quoted(cell), remedy, null);
  }

  static IllegalArgumentException line(String text) {
    return new IllegalArgumentException(
        "expected names with commas between them, in quotes where they hold one (\"a,b\",c), got "
            + text);
  }
}
