package dev.lanewise.formats;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lanewise.tensor.Tensor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A CSV file (RFC 4180) in memory: a header of column names, and rows of text that can be read as
 * numbers column by column.
 *
 * <p>UTF-8, separated by commas, with or without quotes and byte order mark. Every row has as many
 * cells as the header; blank lines are allowed at the end only. A column may lack a name, or share
 * one with another; it is then read with all others, but not by its name. Immutable.
 *
 * <p>Errors name a row by the number of its first line in the file: the header is row 1.
 */
public final class CsvTable {
  private final Path file;
  private final List<String> columns;
  private final List<String[]> rows;
  private final int[] lines;

  CsvTable(Path file, List<String> columns, List<String[]> rows, int[] lines) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.lines = lines;
  }

  /**
   * Reads a file with a header and one row or more.
   *
   * @param file the file
   * @return the table
   * @throws FormatException when the file cannot be read, is malformed, or has no row
   */
  public static CsvTable read(Path file) {
    return CsvInput.read(file);
  }

  /**
   * Reads what {@link #read(Path)} reads from a stream, to its end.
   *
   * @param bytes where from. Closed
   * @param name what errors call it
   * @return the table
   * @throws FormatException as {@link #read(Path)} does
   */
  public static CsvTable read(InputStream bytes, Path name) {
    return CsvInput.read(bytes, name);
  }

  /**
   * Makes a table of text.
   *
   * @param columns the header. Copied
   * @param rows the rows, each with a cell a column. Copied
   * @return the table
   * @throws IllegalArgumentException when a row has more or fewer cells than there are columns
   */
  public static CsvTable of(List<String> columns, List<List<String>> rows) {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).size() != columns.size()) {
        throw FormatErrors.tableRow(row, rows.get(row).size(), columns.size());
      }
    }
    int[] lines = new int[rows.size()];
    Arrays.setAll(lines, row -> row + 2);
    List<String[]> cells = rows.stream().map(row -> row.toArray(String[]::new)).toList();
    return new CsvTable(Path.of("table"), columns, cells, lines);
  }

  /**
   * Makes a table of numbers, each written with the fewest digits that read back as the same
   * float32.
   *
   * @param columns the header. Copied
   * @param values (rows, columns). Not modified
   * @return the table
   * @throws IllegalArgumentException when the tensor is not 2-D with a column a name
   */
  public static CsvTable of(List<String> columns, Tensor values) {
    if (values.rank() != 2 || values.dim(1) != columns.size()) {
      throw FormatErrors.tableShape(values.shape(), columns.size());
    }
    float[] numbers = values.toArray();
    int width = columns.size();
    String[][] cells = new String[width == 0 ? 0 : numbers.length / width][width];
    for (int i = 0; i < numbers.length; i++) {
      cells[i / width][i % width] = Float.toString(numbers[i]);
    }
    return of(columns, Arrays.stream(cells).map(List::of).toList());
  }

  /**
   * The header.
   *
   * @return the names, in the order of the file
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * The number of rows.
   *
   * @return how many, the header not counted
   */
  public int rows() {
    return rows.size();
  }

  /**
   * Where a row begins in the file.
   *
   * @param row the row, from 0
   * @return the number of its first line, from 1
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public int line(int row) {
    return lines[row];
  }

  /** The file, or what errors call it. */
  Path file() {
    return file;
  }

  /**
   * The text of a column.
   *
   * @param column its name
   * @return a cell a row
   * @throws FormatException when there is no such column, or there are two
   */
  public List<String> text(String column) {
    int at = index(column);
    return rows.stream().map(row -> row[at]).toList();
  }

  /**
   * Whether {@link #numbers} would take a column.
   *
   * @param column its name
   * @return whether each of its cells is a finite number
   * @throws FormatException when there is no such column, or there are two
   */
  public boolean isNumeric(String column) {
    int at = index(column);
    return rows.stream().allMatch(row -> Float.isFinite(CsvNumber.parseFloat(row[at])));
  }

  /**
   * Columns as numbers, in the order of the names: decimal, with or without exponent, rounded to
   * the nearest float32.
   *
   * @param names the columns
   * @return a new tensor (rows, names)
   * @throws FormatException when there is no such column or there are two, or a cell is empty,
   *     text, NaN or infinite
   */
  public Tensor numbers(List<String> names) {
    return numbers(names.stream().mapToInt(this::index).toArray());
  }

  /**
   * All columns as {@link #numbers(List)} gives them, whatever their names.
   *
   * @return a new tensor (rows, columns)
   * @throws FormatException when a cell is empty, text, NaN or infinite
   */
  public Tensor numbers() {
    return numbers(IntStream.range(0, columns.size()).toArray());
  }

  /**
   * A column as numbers, each rounded to the nearest double: what to scale before it is rounded to
   * float32, where it moves little at a large offset.
   *
   * @param column its name
   * @return a new array, one number a row
   * @throws FormatException when there is no such column or there are two, or a cell is empty,
   *     text, NaN or infinite
   */
  public double[] doubles(String column) {
    int at = index(column);
    double[] values = new double[rows.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = CsvNumber.parse(rows.get(row)[at]);
      if (!Double.isFinite(values[row])) {
        throw refused(row, at, CsvErrors::notFinite);
      }
    }
    return values;
  }

  private Tensor numbers(int[] at) {
    Tensor numbers = Tensor.zeros(rows.size(), at.length);
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < at.length; i++) {
        numbers.set(number(row, at[i]), row, i);
      }
    }
    return numbers;
  }

  private float number(int row, int column) {
    float value = CsvNumber.parseFloat(rows.get(row)[column]);
    if (Float.isFinite(value)) {
      return value;
    }
    throw refused(row, column, FormatErrors::csvNotFinite);
  }

  /** Builds the exception of a number that is NaN or too large. */
  private interface NotFinite {
    FormatException of(Path file, String where, String cell);
  }

  private FormatException refused(int row, int column, NotFinite notFinite) {
    String cell = rows.get(row)[column];
    String name = columns.get(column);
    if (cell.isBlank()) {
      return FormatErrors.csvEmptyCell(file, lines[row], name);
    }
    return CsvNumber.isNumber(cell)
        ? notFinite.of(file, FormatErrors.cell(lines[row], name), cell)
        : FormatErrors.csvText(file, lines[row], name, cell);
  }

  private int index(String column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      throw FormatErrors.csvColumn(file, column, columns);
    }
    if (at != columns.lastIndexOf(column)) {
      throw CsvErrors.columnTwice(file, column);
    }
    return at;
  }

  /**
   * Writes the table, the whole file or nothing: see {@link AtomicFile}. Lines end in a line feed.
   *
   * @param target where to; replaced where it exists
   * @throws FormatException when the file cannot be written
   */
  public void write(Path target) {
    AtomicFile.write(target, contents());
  }

  /**
   * What {@link #write(Path)} writes, for {@link AtomicFile#writeAll}.
   *
   * @return writes the table
   */
  public AtomicFile.Contents contents() {
    return this::write;
  }

  /**
   * Writes the table to a channel that is open. Lines end in a line feed.
   *
   * @param channel where to; left open
   * @throws IOException when it cannot be written
   */
  public void write(WritableByteChannel channel) throws IOException {
    Writer text = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    csv.writeRecord(columns);
    rows.forEach(csv::writeRecord);
    csv.flush();
    text.flush();
  }
}
