package dev.lanewise.formats;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lanewise.formats.csv.CsvCells;
import dev.lanewise.formats.csv.CsvColumns;
import dev.lanewise.formats.csv.CsvContent;
import dev.lanewise.formats.csv.CsvErrors;
import dev.lanewise.formats.csv.CsvInput;
import dev.lanewise.formats.csv.CsvMissing;
import dev.lanewise.formats.csv.CsvNotation;
import dev.lanewise.formats.csv.CsvNumber;
import dev.lanewise.formats.csv.CsvNumeral;
import dev.lanewise.formats.csv.CsvSuspect;
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
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of text (CSV and its kin) in memory: a header of column names, and rows that can be read
 * as numbers column by column.
 *
 * <p>How it is written is found: what separates the cells, where the header is, how numbers are
 * written, how the bytes are text. {@link #dialect()} says what was found and what was left out;
 * {@link CsvOptions} says it instead. What is left out is around the data alone: a row in it that
 * is wider or narrower than the others is an error. A column may lack a name, or share one with
 * another; it is then read with all others, but not by its name. Immutable.
 *
 * <p>A cell is missing that is blank or one of {@link CsvOptions#missing()}. In a column of numbers
 * it also is in case of {@code NA}, {@code N/A}, {@code #N/A}, {@code NaN}, {@code null}, {@code
 * None}, in any case of letters, and of dashes, {@code ?}, {@code .}, {@code ..}, {@code *} and
 * {@code ***}. In a column of text {@code None} and the signs are values, and so are these words in
 * other letters than {@code NA}, {@code N/A}, {@code n/a}, {@code #N/A}, {@code NaN}, {@code nan},
 * {@code null} and {@code NULL}.
 *
 * <p>Numbers are decimal, with or without exponent; with a point or a comma before the decimals and
 * thousands apart or not; with a currency, a percent sign ({@code 12.5%} is 12.5) or in
 * parentheses, which make them negative. {@code 1,234} alone has two readings: other cells of its
 * column decide, then other columns, then a semicolon between the cells, which goes with decimal
 * commas. Where none does, reading the column as numbers is an error. So it is for {@code 1.234}
 * between semicolons; elsewhere that is a little more than 1.
 *
 * <p>Errors name a row by the number of its first line in the file: the first is row 1.
 */
public final class CsvTable {
  private final Path file;
  private final List<String> columns;
  private final List<String[]> rows;
  private final int[] lines;
  private final CsvOptions options;
  private final CsvDialect dialect; // but for what the numbers say

  /** Found where it is asked for, since a table to be written needs none. */
  private volatile @Nullable CsvColumns notations;

  private CsvTable(Path file, CsvContent content, CsvOptions options) {
    this.file = file;
    this.columns = List.copyOf(content.columns());
    this.rows = content.rows();
    this.lines = content.lines();
    this.options = options;
    this.dialect = content.dialect();
  }

  /**
   * Reads a file of one row of data or more, and finds how it is written.
   *
   * @param file the file
   * @return the table
   * @throws FormatException when the file cannot be read, is malformed, or has no row
   */
  public static CsvTable read(Path file) {
    return read(file, CsvOptions.of());
  }

  /**
   * Reads a file of which something is known.
   *
   * @param file the file
   * @param options what is not to be found
   * @return the table
   * @throws FormatException as {@link #read(Path)} does
   */
  public static CsvTable read(Path file, CsvOptions options) {
    return new CsvTable(file, input(options).read(file), options);
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
    return read(bytes, name, CsvOptions.of());
  }

  /**
   * Reads what {@link #read(Path, CsvOptions)} reads from a stream, to its end.
   *
   * @param bytes where from. Closed
   * @param name what errors call it
   * @param options what is not to be found
   * @return the table
   * @throws FormatException as {@link #read(Path)} does
   */
  public static CsvTable read(InputStream bytes, Path name, CsvOptions options) {
    return new CsvTable(name, input(options).read(bytes, name), options);
  }

  private static CsvInput input(CsvOptions options) {
    return new CsvInput(options.separator(), options.charset(), options.header());
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
        throw CsvErrors.tableRow(row, rows.get(row).size(), columns.size());
      }
    }
    int[] lines = new int[rows.size()];
    Arrays.setAll(lines, row -> row + 2);
    List<String[]> cells = rows.stream().map(row -> row.toArray(String[]::new)).toList();
    CsvDialect dialect = CsvDialect.plain(cells.size(), columns.size());
    CsvContent content = new CsvContent(columns, cells, lines, dialect);
    return new CsvTable(Path.of("table"), content, CsvOptions.of());
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
      throw CsvErrors.tableShape(values.shape(), columns.size());
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
   * How the table is written, and what was left out of it.
   *
   * @return what was found; its text is one line for people
   */
  public CsvDialect dialect() {
    return dialect.withNumbers(notations().decimal(), notations().isPercent());
  }

  /**
   * Where a row is in the file.
   *
   * @param row counted from 0, the header not counted
   * @return the number of its first line, counted from 1
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public int line(int row) {
    return lines[Objects.checkIndex(row, rows.size())];
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

  /** The file, or what errors call it. */
  Path file() {
    return file;
  }

  /**
   * The text of a cell.
   *
   * @param row counted from 0, the header not counted
   * @param column its name
   * @return the text as the file has it
   * @throws FormatException when there is no such column, or there are two
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public String cell(int row, String column) {
    return rows.get(row)[index(column)];
  }

  /**
   * What the cells of a column are.
   *
   * @param column its name
   * @return the kind; {@link CsvColumn.Kind#NUMBERS} also where a doubt about their decimals is
   *     left
   * @throws FormatException when there is no such column, or there are two
   */
  public CsvColumn.Kind kind(String column) {
    return found(column).kind();
  }

  /**
   * How many cells of a column are missing: among text fewer words say so than among numbers, see
   * above.
   *
   * @param column its name
   * @return how many
   * @throws FormatException when there is no such column, or there are two
   */
  public long missing(String column) {
    return found(column).missing();
  }

  private CsvColumn found(String column) {
    CsvNotation found = notations().get(index(column));
    return new CsvColumn(found.kind(), found.missing());
  }

  /**
   * A number of a column that seems to stand for a missing value: its smallest or its largest,
   * there three times or more and in one row of 200 or more, and further from the other numbers
   * than they are from each other. A negative code such as -1, -99, -200 or -9999 below numbers
   * that are all positive needs a tenth of that.
   *
   * @param column its name
   * @return empty where there is none, and where the column is not one of numbers
   * @throws FormatException when there is no such column, or there are two
   */
  public OptionalDouble suspectedCode(String column) {
    CsvNotation found = notations().get(index(column));
    return found.kind() == CsvColumn.Kind.NUMBERS && found.openRow() < 0
        ? CsvSuspect.find(numbersOrNaN(column))
        : OptionalDouble.empty();
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
    CsvNotation found = notations().get(at);
    if (found.kind() != CsvColumn.Kind.NUMBERS || found.missing() > 0 || found.openRow() >= 0) {
      return false;
    }
    CsvNumeral numeral = new CsvNumeral();
    return rows.stream()
        .allMatch(row -> Float.isFinite(CsvNumber.parseFloat(numeral, row[at], found.decimal())));
  }

  /**
   * Columns as numbers, in the order of the names, rounded to the nearest float32.
   *
   * @param names the columns
   * @return a new tensor (rows, names)
   * @throws FormatException when there is no such column or there are two, or a cell is missing,
   *     text, or infinite
   */
  public Tensor numbers(List<String> names) {
    return numbers(names.stream().mapToInt(this::index).toArray());
  }

  /**
   * All columns as {@link #numbers(List)} gives them, whatever their names.
   *
   * @return a new tensor (rows, columns)
   * @throws FormatException when a cell is missing, text, or infinite
   */
  public Tensor numbers() {
    return numbers(IntStream.range(0, columns.size()).toArray());
  }

  private Tensor numbers(int[] at) {
    Tensor numbers = Tensor.zeros(rows.size(), at.length);
    for (int i = 0; i < at.length; i++) {
      CsvCells cells = cells(at[i]);
      for (int row = 0; row < rows.size(); row++) {
        numbers.set(cells.toFloat(row), row, i);
      }
    }
    return numbers;
  }

  /**
   * A column as numbers, each rounded to the nearest double: what to scale before it is rounded to
   * float32, where it moves little at a large offset.
   *
   * @param column its name
   * @return a new array, one number a row
   * @throws FormatException when there is no such column or there are two, or a cell is missing,
   *     text, or infinite
   */
  public double[] doubles(String column) {
    CsvCells cells = cells(index(column));
    double[] values = new double[rows.size()];
    Arrays.setAll(values, cells::toDouble);
    return values;
  }

  /**
   * A column as {@link #doubles} gives it, where cells may be missing.
   *
   * @param column its name
   * @return a new array, one number a row, NaN where it is missing
   * @throws FormatException when there is no such column or there are two, or a cell is neither
   *     missing nor a finite number
   */
  public double[] numbersOrNaN(String column) {
    CsvCells cells = cells(index(column));
    double[] values = new double[rows.size()];
    Arrays.setAll(values, cells::toDoubleOrNaN);
    return values;
  }

  private CsvCells cells(int at) {
    CsvNotation found = notations().get(at);
    return new CsvCells(file, columns.get(at), at, rows, lines, found, words());
  }

  private CsvMissing words() {
    return new CsvMissing(options.missing());
  }

  private CsvColumns notations() {
    CsvColumns found = notations;
    if (found == null) {
      char separator = dialect.separator();
      found = new CsvColumns(rows, columns.size(), separator, options.decimal(), words());
      notations = found;
    }
    return found;
  }

  private int index(String column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      throw CsvErrors.noColumn(file, column, columns);
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
