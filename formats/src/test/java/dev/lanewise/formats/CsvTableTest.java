package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Refusals.refusedArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("t.csv");
  }

  private CsvTable table(String text) throws IOException {
    Files.writeString(file, text);
    return CsvTable.read(file);
  }

  /** Expects reading the columns as numbers to be refused. */
  private void numbersRefused(String text, String message, String... columns) throws IOException {
    CsvTable table = table(text);
    refused(file, message, () -> table.numbers(List.of(columns)));
  }

  private void refusedTable(String text, String message) throws IOException {
    Files.writeString(file, text);
    refused(file, message, () -> CsvTable.read(file));
  }

  @Test
  void readsColumnsInTheOrderOfTheNames() throws IOException {
    CsvTable table = table("date,a,b\n2012-01-01,1,2.5\n2012-01-02, -3e2 ,+.5\n");
    assertEquals(List.of("date", "a", "b"), table.columns());
    assertEquals(2, table.rows());
    Tensor numbers = table.numbers(List.of("b", "a"));
    assertEquals(Shape.of(2, 2), numbers.shape());
    assertArrayEquals(new float[] {2.5f, 1, 0.5f, -300}, numbers.toArray());
    assertEquals(List.of("2012-01-01", "2012-01-02"), table.text("date"));
    assertTrue(table.isNumeric("a"));
    assertFalse(table.isNumeric("date"));
  }

  @Test
  void readsQuotesByteOrderMarksAndEveryLineEnd() throws IOException {
    CsvTable table = table("\ufeff\"a, b\", c \r\n\"1\",\"x \"\"y\"\"\nz\"\r\n2,w\r\n\r\n\n");
    assertEquals(List.of("a, b", "c"), table.columns());
    assertArrayEquals(new float[] {1, 2}, table.numbers(List.of("a, b")).toArray());
    assertEquals(List.of("x \"y\"\nz", "w"), table.text("c"));
  }

  @Test
  void namesTheRowOfAMultiLineFileByItsFirstLine() throws IOException {
    numbersRefused(
        "a,b\n\"x\ny\",1\nz,two\n",
        ", row 4, column \"b\": expected a number, got \"two\";"
            + " correct the cell, or leave the column out",
        "b");
  }

  @Test
  void listsTheColumnsWhereOneIsMissing() throws IOException {
    numbersRefused(
        "date,temp_max\n1,2\n",
        ": expected a column \"temp_mx\", got the columns date, temp_max;"
            + " did you mean \"temp_max\"?",
        "temp_mx");
    numbersRefused(
        "date,temp_max\n1,2\n",
        ": expected a column \"snow\", got the columns date, temp_max",
        "snow");
  }

  @Test
  void refusesTextInANumericColumn() throws IOException {
    numbersRefused(
        "a,b\n1,2\n3,warm\n",
        ", row 3, column \"b\": expected a number, got \"warm\";"
            + " correct the cell, or leave the column out",
        "a",
        "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "0x1p3", "1d", "1_000", "--1", "1e", "e", "1.2.3"})
  void refusesNumbersThatOnlyJavaOrNobodyWrites(String cell) throws IOException {
    numbersRefused(
        "a\n" + cell + "\n",
        ", row 2, column \"a\": expected a number, got \""
            + cell
            + "\"; correct the cell, or leave the column out",
        "a");
  }

  @Test
  void refusesAnEmptyCell() throws IOException {
    numbersRefused(
        "a,b\n1,2\n3, \n",
        ", row 3, column \"b\": expected a number, got an empty cell;"
            + " fill it in, leave the row out, or leave the column out",
        "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "inf", "-Infinity", "1e39"})
  void refusesNumbersThatAreNotFinite(String cell) throws IOException {
    numbersRefused(
        "a,b\n1," + cell + "\n",
        ", row 2, column \"b\": expected a finite float32, got \""
            + cell
            + "\"; fill it in, leave the row out, or leave the column out",
        "b");
  }

  @Test
  void refusesATableWithoutRowsOrHeader() throws IOException {
    refusedTable("", ", row 1: expected a header of column names, got an empty file");
    refusedTable("\n\n", ", row 1: expected a header of column names, got an empty file");
    refusedTable("# a\n", ", row 1: expected a header of column names, got nothing but comments");
    refusedTable("\na\n", ": expected rows of data after the header a, got none");
    refusedTable("a,b\n\n", ": expected rows of data after the header a, b, got none");
  }

  @Test
  void readsAroundColumnsWithoutANameOrNamedTwice() throws IOException {
    CsvTable table = table("a,,b,,b\n1,2,3,4,5\n6,7,8,9,10\n");
    assertEquals(List.of("a", "", "b", "", "b"), table.columns());
    assertArrayEquals(new float[] {1, 6}, table.numbers(List.of("a")).toArray());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, table.numbers().toArray());
    String again =
        ": expected the column name \"%s\" once, got it again;"
            + " rename one; a column that is not used may have any name";
    refused(file, again.formatted("b"), () -> table.numbers(List.of("b")));
    refused(file, again.formatted(""), () -> table.text(""));
    refused(file, again.formatted("b"), () -> table.doubles("b"));
  }

  @Test
  void showsNamesThatHoldCommasInQuotes() throws IOException {
    numbersRefused(
        "\"a, b\",,c\n1,2,3\n",
        ": expected a column \"snow\", got the columns \"a, b\", \"\", c",
        "snow");
  }

  @Test
  void readsDoublesThatFloat32DoesNotHold() throws IOException {
    CsvTable table = table("a,b\n100000000.390,1e39\n100000001,-2\n");
    assertArrayEquals(new double[] {100000000.390, 100000001}, table.doubles("a"));
    assertArrayEquals(new double[] {1e39, -2}, table.doubles("b"));
    CsvTable gaps = table("a,b,c,d\n1,NaN, ,x\n");
    String remedy = "; fill it in, leave the row out, or leave the column out";
    String cell = ", row 2, column \"%s\": expected a%s number, got %s";
    refused(file, cell.formatted("b", " finite", "\"NaN\"") + remedy, () -> gaps.doubles("b"));
    refused(file, cell.formatted("c", "", "an empty cell") + remedy, () -> gaps.doubles("c"));
    refused(
        file,
        cell.formatted("d", "", "\"x\"; correct the cell, or leave the column out"),
        () -> gaps.doubles("d"));
    assertEquals(1.0e9, table("a\n1000000000\n").doubles("a")[0]);
  }

  @Test
  void readsAndWritesStreams() throws IOException {
    String text = "a,b\n1,2\n3,4\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CsvTable table = CsvTable.read(new ByteArrayInputStream(bytes), Path.of("stdin"));
    assertArrayEquals(new float[] {1, 2, 3, 4}, table.numbers().toArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.write(Channels.newChannel(out));
    assertEquals(text, out.toString(StandardCharsets.UTF_8));
    refused(
        Path.of("stdin"),
        ", row 1: expected a header of column names, got an empty file",
        () -> CsvTable.read(InputStream.nullInputStream(), Path.of("stdin")));
  }

  /** Each table, and what is said of it after its name. */
  private static Stream<Arguments> raggedTables() {
    String one = ": expected 1 cell, one a column of the header, got 2; ";
    String two = ": expected 2 cells, one a column of the header, got %d; ";
    String footer =
        "this and what follows seem to be a footer: remove it; or the file is cut short: copy it again";
    String comma =
        "write decimals with a point, or with \";\" between the cells; quote cells that hold what"
            + " separates";
    String first =
        "where the first column has no name, give it one; where commas are in numbers, write them"
            + " with a point, or with \";\" between the cells";
    return Stream.of(
        // After the last row.
        arguments("a,b\n1,2\n3\n", ", row 3" + two.formatted(1) + footer),
        arguments("a,b\n1,2\n3,4\n\n5\n", ", row 5" + two.formatted(1) + footer),
        // Single rows, and all.
        arguments("a,b\n1,2\n3,5,4\n5,6\n", ", row 3" + two.formatted(3) + comma),
        arguments("a,b\n1,2,3\n", ", row 2" + two.formatted(3) + first),
        arguments("v\n1,5\n2,5\n", ", row 2" + one + comma),
        arguments(
            "a,b\n1,2\n3\n5,6\n",
            ", row 3" + two.formatted(1) + "a cell is missing, or the comma before it"),
        arguments(
            "a,b\n1\n3\n",
            ", row 2" + two.formatted(1) + "a cell is missing, or the comma before it"));
  }

  @ParameterizedTest
  @MethodSource("raggedTables")
  void namesTheCauseOfARowOfAnotherWidth(String text, String message) throws IOException {
    refusedTable(text, message);
  }

  @Test
  void refusesBrokenQuotesAndDirectories() throws IOException {
    refusedTable(
        "a,b\n1,\"2\n",
        ": expected CSV, got \"Unclosed quoted field at end of input (record starting at line 2)\";"
            + " check its quotes");
    refused(directory, ": expected a file, got a directory", () -> CsvTable.read(directory));
  }

  @Test
  void writesNumbersThatReadBackTheSame() throws IOException {
    float[] values = {0.1f, 1 / 3f, -1e-30f, 3.4028235e38f};
    CsvTable.of(List.of("a", "b"), Tensor.of(values, 2, 2)).write(file);
    assertEquals("a,b\n0.1,0.33333334\n-1.0E-30,3.4028235E38\n", Files.readString(file));
    assertArrayEquals(values, CsvTable.read(file).numbers(List.of("a", "b")).toArray());
  }

  @Test
  void writesTextThatReadsBackTheSame() {
    List<List<String>> rows = List.of(List.of("x, \"y\"\nz", "1"), List.of("ü", ""));
    CsvTable.of(List.of("a", "b"), rows).write(file);
    assertEquals(List.of("x, \"y\"\nz", "ü"), CsvTable.read(file).text("a"));
    assertEquals(List.of("1", ""), CsvTable.read(file).text("b"));
  }

  @Test
  void refusesTablesOfAnotherWidth() {
    refusedArgument(
        "CsvTable.of: 2 columns need values (rows, 2), got (2, 3)",
        () -> CsvTable.of(List.of("a", "b"), Tensor.zeros(2, 3)));
    refusedArgument(
        "CsvTable.of: row 1 has 1 cell for 2 columns",
        () -> CsvTable.of(List.of("a", "b"), List.of(List.of("1", "2"), List.of("3"))));
  }
}
