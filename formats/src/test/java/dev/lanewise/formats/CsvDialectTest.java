package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDialectTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("t.csv");
  }

  private CsvTable table(String text) throws IOException {
    return table(text, StandardCharsets.UTF_8);
  }

  private CsvTable table(String text, Charset charset) throws IOException {
    Files.writeString(file, text, charset);
    return CsvTable.read(file);
  }

  private CsvTable table(String text, CsvOptions options) throws IOException {
    Files.writeString(file, text);
    return CsvTable.read(file, options);
  }

  /** Expects a table to be read, and what is said of it. */
  private CsvTable says(String dialect, String text) throws IOException {
    CsvTable table = table(text);
    assertEquals(dialect, table.dialect().toString());
    return table;
  }

  @ParameterizedTest
  @CsvSource({"';', 'separated by \";\"'", "'\t', separated by tabs", "'|', 'separated by \"|\"'"})
  void findsTheSeparator(String separator, String said) throws IOException {
    String text = "date,t,u\n2020-01-01,1.5,x\n2020-01-02,2.5,y\n".replace(",", separator);
    CsvTable table = says("2 rows, 3 columns, " + said, text);
    assertArrayEquals(new double[] {1.5, 2.5}, table.doubles("t"));
    String quoted = "a,b\n\"x,y\",1\nz,2\n".replace(",", separator);
    assertEquals(
        List.of("x" + separator + "y", "z"), says("2 rows, 2 columns, " + said, quoted).text("a"));
  }

  @Test
  void findsBlanksWhereAllRowsAreNumbers() throws IOException {
    CsvTable table =
        says(
            "3 rows, 3 columns, separated by blanks",
            "year  month   value\n1749   1   96.7\n 1749  2  104.3 \n1749 12 -1\n");
    assertArrayEquals(new double[] {96.7, 104.3, -1}, table.doubles("value"));
    says("2 rows, 1 column", "a text\nof two\nwords each\n");
  }

  @Test
  void takesTheSeparatorThatAFileNames() throws IOException {
    says(
        "1 row, 2 columns, separated by \";\", decimal comma, header in row 2 after 1 other row",
        "sep=;\na;b\n1;2,5\n");
  }

  @Test
  void readsDecimalCommas() throws IOException {
    CsvTable table =
        says(
            "2 rows, 3 columns, separated by \";\", decimal comma",
            "a;b;c\n1,5;1.234;1.234.567,25\n-2,25;12.345;0,5\n");
    assertArrayEquals(new double[] {1.5, -2.25}, table.doubles("a"));
    assertArrayEquals(new double[] {1234, 12345}, table.doubles("b"));
    assertArrayEquals(new double[] {1234567.25, 0.5}, table.doubles("c"));
  }

  @Test
  void readsThousandsCurrenciesPercentAndParentheses() throws IOException {
    CsvTable table =
        says(
            "3 rows, 6 columns, percent signs dropped (12.5% is 12.5)",
            """
            a,b,c,d,e,f
            " $1,493,660 ","(1,234.50)",12.5%,12.30 \u20ac,1 234 567,1'234.5
            "-$1,611,968.25",7,\u22123 %,CHF,1\u202f234,2
            $5,-1,0,1 \u20ac,12,-3
            """);
    assertArrayEquals(new double[] {1493660, -1611968.25, 5}, table.doubles("a"));
    assertArrayEquals(new double[] {-1234.5, 7, -1}, table.doubles("b"));
    assertArrayEquals(new double[] {12.5, -3, 0}, table.doubles("c"));
    assertEquals(CsvColumn.Kind.TEXT, table.kind("d"));
    assertArrayEquals(new double[] {1234567, 1234, 12}, table.doubles("e"));
    assertArrayEquals(new double[] {1234.5, 2, -3}, table.doubles("f"));
  }

  @ParameterizedTest
  @CsvSource({
    "12.5 \u20ac, 12.5",
    "USD 3, 3",
    "3 EUR, 3",
    "US$4, 4",
    "($5), -5",
    "\u20ac -6, -6",
    "-1e3, -1000",
    "+.5, 0.5",
    "7., 7",
    "1 234.5, 1234.5"
  })
  void readsNumbersOfPeople(String cell, double value) throws IOException {
    assertEquals(value, table("a;b\n" + cell + ";x\n").doubles("a")[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 23",
        "12.34.56",
        "18.00.00",
        "1,23,456",
        "1'2",
        "5 apples",
        "$",
        "%",
        "(",
        "1-"
      })
  void leavesTextAlone(String cell) throws IOException {
    CsvTable table = table("a;b\n" + cell + ";1.5\n");
    assertEquals(CsvColumn.Kind.TEXT, table.kind("a"));
  }

  @Test
  void asksWhereANumberHasTwoReadings() throws IOException {
    CsvTable table = table("a,b\nx,\"1,234\"\ny,2\n");
    refused(
        file,
        ", row 2, column \"b\": expected one reading, got \"1,234\", which is 1234 or 1.234;"
            + " CsvOptions.decimal('.') reads the first, CsvOptions.decimal(',') the second, in the"
            + " whole table",
        () -> table.numbersOrNaN("b"));
    assertEquals(false, table.isNumeric("b"));
    String text = "a,b\nx,\"1,234\"\ny,2\n";
    assertEquals(1234, table(text, CsvOptions.builder().decimal('.').build()).doubles("b")[0]);
    assertEquals(1.234, table(text, CsvOptions.builder().decimal(',').build()).doubles("b")[0]);
  }

  @Test
  void asksOfPointsBetweenSemicolons() throws IOException {
    CsvTable table = table("a;b\n01.01.2020;1.234\n02.01.2020;22.345\n");
    refused(
        file,
        ", row 2, column \"b\": expected one reading, got \"1.234\", which is 1.234 or 1234;"
            + " CsvOptions.decimal('.') reads the first, CsvOptions.decimal(',') the second, in the"
            + " whole table",
        () -> table.doubles("b"));
    assertEquals(0.234, table("a;b\nx;0.234\n").doubles("b")[0]);
  }

  @Test
  void refusesDataBelowOtherRowsThatNothingNames() throws IOException {
    Files.writeString(file, "By me\nIn 2020\n1,2\n3,4\n5,6\n");
    refused(
        file,
        ", row 1: expected a header, got a row of another width than the data; remove it; or"
            + " CsvOptions.header(false) leaves it out and names the columns c1, c2, ..",
        () -> CsvTable.read(file));
    CsvTable table = CsvTable.read(file, CsvOptions.builder().header(false).build());
    assertEquals(
        "3 rows, 2 columns, no header: columns are named c1..c2, rows after 2 other rows",
        table.dialect().toString());
  }

  @Test
  void letsOtherColumnsDecideIt() throws IOException {
    assertEquals(1234, table("a,b\n1.5,\"1,234\"\n").doubles("b")[0]);
    assertEquals(1.234, table("a\tb\n1,5\t1,234\n").doubles("b")[0]);
    assertEquals(1.234, table("a;b\nx;1,234\n").doubles("b")[0]);
    assertEquals(1.234, table("a,b\nx,1.234\n").doubles("b")[0]);
    assertEquals(1234, table("a,b\nx,\"1,234\"\ny,\"1,234,567\"\n").doubles("b")[0]);
    CsvTable both = table("a;b;c\n1,5;2.5;1,234\n");
    assertArrayEquals(new double[] {1.5}, both.doubles("a"));
    assertArrayEquals(new double[] {2.5}, both.doubles("b"));
    assertThrows(FormatException.class, () -> both.doubles("c"));
  }

  @Test
  void refusesAColumnOfSeveralUnits() throws IOException {
    CsvTable table = table("a;b;c\n5%;$1;1,5\n0.5;\u20ac1;1.5\n");
    String cell =
        ", row 3, column \"%s\": expected the unit of the cells above, got \"%s\"; write"
            + " all cells in one unit, or leave the column out";
    refused(file, cell.formatted("a", "0.5"), () -> table.numbersOrNaN("a"));
    refused(file, cell.formatted("b", "\u20ac1"), () -> table.numbersOrNaN("b"));
    refused(
        file,
        ", row 2, column \"c\": expected a number with a decimal point, got \"1,5\"; write all"
            + " cells of the column alike, or leave it out",
        () -> table.numbersOrNaN("c"));
  }

  @Test
  void leavesCommentsOut() throws IOException {
    CsvTable table =
        says(
            "2 rows, 2 columns, 3 comment lines",
            "# made, by \"me\n# in 2020\ndate,t\n2020-01-01,1\n#2020-01-02,7\n2020-01-03,2\n");
    assertEquals(List.of("2020-01-01", "2020-01-03"), table.text("date"));
    assertEquals(6, table.line(1));
  }

  @Test
  void takesACommentForTheHeaderWhereDataFollows() throws IOException {
    CsvTable table =
        says("2 rows, 2 columns, 1 comment line", "# by me\n#date,v\n2020-01-01,1\n2020-01-02,3\n");
    assertEquals(List.of("date", "v"), table.columns());
    assertEquals(2, table.dialect().headerLine());
    CsvTable ranks = table("rank,v\n#1,5\n#2,6\n");
    assertEquals(List.of("#1", "#2"), ranks.text("rank"));
    assertEquals(List.of("#N/A", "1"), table("v,w\n#N/A,2\n1,3\n").text("v"));
  }

  @Test
  void findsTheHeaderBelowOtherRows() throws IOException {
    CsvTable title =
        says("2 rows, 3 columns, header in row 2 after 1 other row", "Rome\nd,t,u\nx,1,2\ny,3,4\n");
    assertEquals(List.of("d", "t", "u"), title.columns());
    says(
        "3 rows, 3 columns, header in row 4 after 3 other rows",
        "lat,lon\n41.9,12.5\n\ntime,t,u\nx,1,2\ny,3,4\nz,5,6\n");
    CsvTable sameWidth =
        says(
            "4 rows, 2 columns, header in row 4 after 3 other rows",
            "lat,lon\n41.9,12.5\n\nday,t\n1,1\n2,3\n3,5\n4,6\n");
    assertEquals(List.of("day", "t"), sameWidth.columns());
    says(
        "2 rows, 3 columns, header in row 3 after 2 other rows",
        "My table,,\n,,\na,b,c\n1,2,3\n4,5,6\n");
  }

  @Test
  void namesColumnsWithoutAHeader() throws IOException {
    CsvTable table =
        says(
            "4 rows, 3 columns, separated by \";\", decimal comma, no header: columns are named"
                + " c1..c3",
            " 12;  3,5; -1\n 13; 14,5;  7\n 14;  4,5; -1\n 15;  4,5;  8\n");
    assertArrayEquals(new double[] {3.5, 14.5, 4.5, 4.5}, table.doubles("c2"));
    assertEquals(1, table.line(0));
    CsvOptions given = CsvOptions.builder().header(false).missing(List.of("-1")).build();
    CsvTable read = table("a;b\n12;-1,0\n13;7,5\n", given);
    assertEquals(List.of("a", "12", "13"), read.text("c1"));
    assertEquals(
        List.of("1", "2", "3"),
        table("1,2,3\n1.5,2,3\n", CsvOptions.builder().header(true).build()).columns());
  }

  @Test
  void keepsNumbersThatCountAsNames() throws IOException {
    CsvTable table = says("2 rows, 4 columns", "country,2000,2001,2002\nA,1.5,2,3\nB,2,3,4\n");
    assertEquals(List.of("country", "2000", "2001", "2002"), table.columns());
  }

  @Test
  void leavesARowOfUnitsOut() throws IOException {
    CsvTable table =
        says(
            "2 rows, 3 columns, a row of units left out",
            "date,t,w\nyyyy-mm-dd,\u00b0C,(m/s)\n2020-01-01,1.5,2\n2020-01-02,1.5,2\n");
    assertEquals(3, table.line(0));
    says(
        "2 rows, 2 columns, a row of units left out",
        "date,t\n,[mg]\n2020-01-01,1\n2020-01-02,2\n");
  }

  @Test
  void joinsHeadersOfSeveralRows() throws IOException {
    CsvTable table =
        says(
            "3 rows, 5 columns, header of 2 rows joined",
            """
            ,Temp,,Wind,
            date,min,max,avg,gust
            2020-01-01,1,2,3,4
            2020-01-02,1.5,2,3,4
            2020-01-03,1,2,3,4
            """);
    assertEquals(List.of("date", "Temp min", "Temp max", "Wind avg", "Wind gust"), table.columns());
    CsvTable prices =
        says(
            "2 rows, 3 columns, header of 3 rows joined",
            "Price,Close,High\nTicker,AAPL,AAPL\nDate,,\n2020-01-01,1.5,2\n2020-01-02,1.5,2\n");
    assertEquals(List.of("Price Ticker Date", "Close AAPL", "High AAPL"), prices.columns());
  }

  @Test
  void leavesFootersOut() throws IOException {
    CsvTable table =
        says(
            "2 rows, 2 columns, 2 rows of a footer left out",
            "date,t\n2020-01-01,1\n2020-01-02,2\n\nTotal\nSource: x, y, and z\n");
    assertArrayEquals(new double[] {1, 2}, table.doubles("t"));
    says(
        "2 rows, 2 columns, 2 rows without a value at the end left out, 1 row of a footer left out",
        "date,t\n2020-01-01,1\n2020-01-02,2\nNA,NA\nNA,\nTotal,3\n");
  }

  @Test
  void leavesSeparatorsAndBlankLinesOut() throws IOException {
    CsvTable table =
        says("2 rows, 2 columns, 1 empty column at the end left out", "a,b,\n1,2,\n3,4,\n");
    assertEquals(List.of("a", "b"), table.columns());
    says("2 rows, 2 columns, 1 empty column at the end left out", "a,b\n1,2,\n3,4,\n");
    says("3 rows, 2 columns, 1 row with a separator at the end", "a,b\n1,2\n3,4,\n5,6\n");
    says("2 rows, 2 columns, 2 blank lines left out", "a,b\n1,2\n\n\n3,4\n\n");
  }

  @Test
  void keepsBlankLinesOfOneColumnAsMissing() throws IOException {
    CsvTable table = says("3 rows, 1 column", "x\n1\n\n3\n\n");
    assertArrayEquals(new double[] {1, Double.NaN, 3}, table.numbersOrNaN("x"));
    assertEquals(3, table.line(1));
    says("3 rows, 1 column, 2 blank lines left out", "x\n\n1\n\n2\n\n3\n");
  }

  @Test
  void readsOtherEncodings() throws IOException {
    Charset windows = Charset.forName("windows-1252");
    CsvTable table = table("d\u00e4te,\u20ac\n1,2\n", windows);
    assertEquals("1 row, 2 columns, windows-1252, not UTF-8", table.dialect().toString());
    assertEquals(List.of("d\u00e4te", "\u20ac"), table.columns());
    Files.write(file, new byte[] {'a', (byte) 0x81, '\n', '1', '\n'});
    assertEquals(List.of("a\ufffd"), CsvTable.read(file).columns());
    for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      CsvTable utf16 = table("\ufeffd\u00e4te,b\n1,2.5\n", wide);
      assertEquals("1 row, 2 columns, UTF-16", utf16.dialect().toString());
      assertEquals(List.of("d\u00e4te", "b"), utf16.columns());
    }
    CsvOptions latin = CsvOptions.builder().charset(StandardCharsets.ISO_8859_1).build();
    Files.write(file, "\u00e4\n1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("1 row, 1 column, ISO-8859-1", CsvTable.read(file, latin).dialect().toString());
    CsvOptions strict = CsvOptions.builder().charset(StandardCharsets.UTF_8).build();
    refused(
        file,
        ": expected text in UTF-8, got other bytes; leave the charset out to have it found, or save"
            + " the file as CSV UTF-8",
        () -> CsvTable.read(file, strict));
  }

  @Test
  void readsEncodingsAcrossItsBuffers() throws IOException {
    StringBuilder text = new StringBuilder("n,v\n");
    for (int row = 0; row < 40_000; row++) {
      text.append("\u00fc\ud83c\udf0a,").append(row).append('\n');
    }
    CsvTable table = table(text.toString());
    assertEquals(40_000, table.rows());
    assertEquals(List.of("\u00fc\ud83c\udf0a"), table.text("n").stream().distinct().toList());
    assertEquals(39_999, table.doubles("v")[39_999]);
  }

  @Test
  void refusesBinaryFiles() throws IOException {
    Files.write(file, new byte[] {'a', ',', 0, '\n', '1', '\n'});
    refused(
        file,
        ": expected text, got NUL bytes, as binary files have; save the table as CSV UTF-8; text of"
            + " two bytes a character needs its mark",
        () -> CsvTable.read(file));
  }

  @Test
  void tellsMissingCellsFromText() throws IOException {
    CsvTable table =
        table(
            "n,t,e\n1,a,\nNA,None,-\n-,NA,NA\n?,-,?\n..,,.\n\" \",b,*\nnone,null,NaN\n\"\",x,\"\"\n");
    assertEquals(CsvColumn.Kind.NUMBERS, table.kind("n"));
    assertEquals(7, table.missing("n"));
    assertEquals(CsvColumn.Kind.TEXT, table.kind("t"));
    assertEquals(3, table.missing("t"));
    assertEquals(CsvColumn.Kind.EMPTY, table.kind("e"));
    assertEquals(8, table.missing("e"));
    assertEquals(1, table.numbersOrNaN("n")[0]);
    assertEquals(Double.NaN, table.numbersOrNaN("n")[1]);
  }

  @Test
  void takesCodesForMissing() throws IOException {
    CsvOptions codes = CsvOptions.builder().missing(List.of("-200", "err")).build();
    CsvTable table = table("a;b\n-200;1\n-200,0;err\n1,5;-200.0\n200;3\n", codes);
    assertArrayEquals(new double[] {Double.NaN, Double.NaN, 1.5, 200}, table.numbersOrNaN("a"));
    assertEquals(2, table.missing("a"));
    assertArrayEquals(new double[] {1, Double.NaN, Double.NaN, 3}, table.numbersOrNaN("b"));
    refused(
        file,
        ", row 3, column \"b\": expected a number, got \"err\", which stands for none; fill it in,"
            + " leave the row out, or leave the column out",
        () -> table.doubles("b"));
    // A code is not every cell of its digits.
    CsvTable points =
        table("a,b\n9.999,1\n1.5,2\n", CsvOptions.builder().missing(List.of("9999")).build());
    assertArrayEquals(new double[] {9.999, 1.5}, points.numbersOrNaN("a"));
  }

  @Test
  void namesTheWayOutForACellThatIsNeither() throws IOException {
    CsvTable table = table("a,b\n1,2\n3,warm\n");
    refused(
        file,
        ", row 3, column \"b\": expected a number or a missing cell, got \"warm\"; correct the cell;"
            + " or where it stands for a missing value, CsvOptions.missing(List.of(\"warm\"))",
        () -> table.numbersOrNaN("b"));
  }

  @Test
  void readsSeriesInRowsOfAStore() throws IOException {
    StringBuilder text = new StringBuilder("Store,Date,Weekly_Sales,CPI,\n");
    for (int week = 3; week >= 0; week--) {
      for (int store = 1; store <= 4; store++) {
        text.append(store)
            .append(",\"Friday, ")
            .append(5 + 7 * week)
            .append(" October 2012\",\" $1,493,66")
            .append(store)
            .append(" \",211.0")
            .append(week)
            .append(",\n");
      }
    }
    CsvTable table =
        says("16 rows, 4 columns, 1 empty column at the end left out", text.toString());
    assertEquals("Friday, 26 October 2012", table.text("Date").get(0));
    assertEquals(1493661, table.doubles("Weekly_Sales")[0]);
    assertEquals(211.03, table.doubles("CPI")[3]);
  }
}
