package dev.lanewise.formats;

import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * What was found out about a table: how it is written, and all that was left out of it. Immutable.
 *
 * @param rows the rows of data
 * @param columns the columns
 * @param separator what stands between the cells; a blank for runs of them
 * @param decimal what stands before the decimals: a comma where a column of numbers says so
 * @param percent whether numbers have a percent sign: {@code 12.5%} is read as 12.5
 * @param charset how the bytes are text
 * @param headerLine the line of the header's first row, counted from 1; 0 where there is none
 * @param headerRows the rows that the header is made of; 0 where there is none
 * @param rowsBefore the rows before the header that were left out, blank ones too
 * @param comments the lines left out that begin with {@code #}
 * @param units whether a row of units below the header was left out
 * @param blankLines the blank lines between rows that were left out
 * @param emptyRows the rows without a value that were left out at the end
 * @param footers the rows of another kind that were left out at the end: sums, sources
 * @param emptyColumns the columns without a name and a value that were left out at the end
 * @param trailing the rows that end in a separator which the others lack
 */
public record CsvDialect(
    int rows,
    int columns,
    char separator,
    char decimal,
    boolean percent,
    Charset charset,
    int headerLine,
    int headerRows,
    int rowsBefore,
    int comments,
    boolean units,
    int blankLines,
    int emptyRows,
    int footers,
    int emptyColumns,
    int trailing) {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** A table that is in no file. */
  static CsvDialect plain(int rows, int columns) {
    return new CsvDialect(
        rows, columns, ',', '.', false, StandardCharsets.UTF_8, 1, 1, 0, 0, false, 0, 0, 0, 0, 0);
  }

  /** The same with what the numbers of the table say. */
  CsvDialect withNumbers(char decimals, boolean percents) {
    return new CsvDialect(
        rows,
        columns,
        separator,
        decimals,
        percents,
        charset,
        headerLine,
        headerRows,
        rowsBefore,
        comments,
        units,
        blankLines,
        emptyRows,
        footers,
        emptyColumns,
        trailing);
  }

  /**
   * One line for people: only what is worth a word.
   *
   * @return for instance {@code 779 rows, 14 columns, separated by ";", decimal comma}
   */
  @Override
  public String toString() {
    StringJoiner line = new StringJoiner(", ");
    line.add(plural(rows, "row")).add(plural(columns, "column"));
    addWriting(line);
    addHeader(line);
    addLeftOut(line);
    return line.toString();
  }

  private void addWriting(StringJoiner line) {
    switch (separator) {
      case ',' -> {}
      case '\t' -> line.add("separated by tabs");
      case ' ' -> line.add("separated by blanks");
      default -> line.add("separated by " + quoted(String.valueOf(separator)));
    }
    if (decimal == ',') {
      line.add("decimal comma");
    }
    if (percent) {
      line.add("percent signs dropped (12.5% is 12.5)");
    }
    if (!charset.equals(StandardCharsets.UTF_8)) {
      line.add(charset + (charset.equals(WINDOWS) ? ", not UTF-8" : ""));
    }
  }

  private void addHeader(StringJoiner line) {
    if (headerRows == 0) {
      line.add("no header: columns are named " + (columns == 1 ? "c1" : "c1..c" + columns));
    }
    if (headerRows > 1) {
      line.add("header of " + headerRows + " rows joined");
    }
    if (rowsBefore > 0) {
      String found = headerRows == 0 ? "rows" : "header in row " + headerLine;
      line.add(found + " after " + plural(rowsBefore, "other row"));
    }
  }

  private void addLeftOut(StringJoiner line) {
    if (comments > 0) {
      line.add(plural(comments, "comment line"));
    }
    if (units) {
      line.add("a row of units left out");
    }
    if (blankLines > 0) {
      line.add(plural(blankLines, "blank line") + " left out");
    }
    if (emptyRows > 0) {
      line.add(plural(emptyRows, "row") + " without a value at the end left out");
    }
    if (footers > 0) {
      line.add(plural(footers, "row") + " of a footer left out");
    }
    if (emptyColumns > 0) {
      line.add(plural(emptyColumns, "empty column") + " at the end left out");
    }
    if (trailing > 0) {
      line.add(plural(trailing, "row") + " with a separator at the end");
    }
  }
}
