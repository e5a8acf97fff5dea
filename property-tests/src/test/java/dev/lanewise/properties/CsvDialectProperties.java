package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.CsvColumn;
import dev.lanewise.formats.CsvDialect;
import dev.lanewise.formats.CsvOptions;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.FormatException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Tables in any dialect are read as what was written, or the doubt is said. */
@Tag("no-kernels")
class CsvDialectProperties {
  private static final Path NAME = Path.of("t.csv");

  @Provide
  Arbitrary<CsvMarks> marks() {
    return Combinators.combine(
            Arbitraries.of(',', ';', '\t', '|'),
            Arbitraries.of('.', ','),
            Arbitraries.of("", "mark", " ", "'", "\u00a0"),
            Arbitraries.of("", "$", "USD ", "\u20ac"),
            Arbitraries.of("", "%", " \u20ac", " EUR"),
            Arbitraries.of('-', '('))
        .as(
            (separator, decimal, thousands, before, after, negative) ->
                new CsvMarks(
                    separator,
                    decimal,
                    thousands.equals("mark") ? (decimal == '.' ? "," : ".") : thousands,
                    after.isEmpty() ? before : "",
                    after,
                    negative));
  }

  @Provide
  Arbitrary<CsvAround> arounds() {
    return Combinators.combine(
            Arbitraries.of(CsvAround.Header.class),
            Arbitraries.of(CsvAround.Preamble.class),
            Arbitraries.of(true, false),
            Arbitraries.of(CsvAround.Footer.class),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(CsvAround.Encoding.class))
        .as(CsvAround::new)
        .filter(CsvAround::isPossible);
  }

  /** (columns, rows), some missing; the first number of each column says where its decimals are. */
  private static double[][] numbers(Random random) {
    double[][] numbers = new double[1 + random.nextInt(3)][4 + random.nextInt(30)];
    for (double[] column : numbers) {
      double size = Math.pow(10, random.nextInt(10) - 3);
      boolean whole = random.nextInt(3) == 0;
      for (int row = 0; row < column.length; row++) {
        double number = random.nextGaussian() * size;
        column[row] = whole ? Math.rint(number) : number;
        if (random.nextInt(6) == 0) {
          column[row] = Double.NaN;
        }
      }
      column[0] = 1234567.25 * (random.nextBoolean() ? 1 : -1);
      column[column.length - 1] = random.nextInt(1000);
    }
    return numbers;
  }

  @Property(tries = 2000)
  void tablesAreReadAsTheyWereWritten(
      @ForAll("marks") CsvMarks marks, @ForAll("arounds") CsvAround around, @ForAll long seed) {
    CsvWriting written = new CsvWriting(marks, around, numbers(new Random(seed)), seed);
    CsvTable table = CsvTable.read(new ByteArrayInputStream(written.bytes), NAME);
    assertEquals(written.names, table.columns());
    assertEquals(written.lines.length, table.rows());
    assertEquals(written.dates, table.text(written.names.get(0)));
    assertEquals(written.words, table.text(written.names.get(written.names.size() - 1)));
    for (int column = 0; column < written.numbers.length; column++) {
      String name = written.names.get(1 + column);
      double[] numbers = written.numbers[column];
      assertEquals(CsvColumn.Kind.NUMBERS, table.kind(name));
      assertArrayEquals(numbers, table.numbersOrNaN(name));
      long missing = Arrays.stream(numbers).filter(Double::isNaN).count();
      assertEquals(missing, table.missing(name));
    }
    for (int row = 0; row < written.lines.length; row++) {
      assertEquals(written.lines[row], table.line(row));
    }
    checkDialect(table.dialect(), marks, around);
  }

  private static void checkDialect(CsvDialect dialect, CsvMarks marks, CsvAround around) {
    assertEquals(marks.separator(), dialect.separator());
    assertEquals(marks.decimal(), dialect.decimal());
    assertEquals(marks.after().equals("%"), dialect.percent());
    assertEquals(around.units(), dialect.units());
    boolean named = around.header() != CsvAround.Header.NONE;
    boolean two = around.header() == CsvAround.Header.TWO_ROWS;
    assertEquals(two ? 2 : named ? 1 : 0, dialect.headerRows());
    int before =
        switch (around.preamble()) {
          case NONE -> 0;
          case TITLE -> 1;
          case TABLE -> 3;
        };
    assertEquals(before, dialect.rowsBefore());
    assertEquals(around.footer() == CsvAround.Footer.EMPTY ? 2 : 0, dialect.emptyRows());
    boolean footer =
        around.footer() == CsvAround.Footer.TOTAL || around.footer() == CsvAround.Footer.SOURCE;
    assertEquals(footer ? 1 : 0, dialect.footers());
    assertEquals(around.trailing() ? 1 : 0, dialect.emptyColumns());
  }

  /** Numbers of a thousand and more without decimals, all of which have two readings. */
  @Property(tries = 300)
  void aDoubtIsSaidAndAnOptionEndsIt(
      @ForAll("arounds") CsvAround around, @ForAll("doubtful") CsvMarks marks, @ForAll long seed) {
    Random random = new Random(seed);
    double[][] numbers = new double[1 + random.nextInt(2)][4 + random.nextInt(9)];
    for (double[] column : numbers) {
      Arrays.setAll(column, row -> 1000 + random.nextInt(999_000));
    }
    CsvWriting written = new CsvWriting(marks, around, numbers, seed);
    CsvTable open = CsvTable.read(new ByteArrayInputStream(written.bytes), NAME);
    String name = written.names.get(1);
    String cell = marks.write(numbers[0][0]);
    FormatException refused = assertThrows(FormatException.class, () -> open.numbersOrNaN(name));
    assertEquals("one reading", refused.expected());
    assertEquals(open.text(name).get(0).strip(), cell);
    assertEquals(
        "CsvOptions.decimal('.') reads the first, CsvOptions.decimal(',') the second, in the whole"
            + " table",
        refused.remedy());
    for (char decimal : new char[] {'.', ','}) {
      CsvOptions options = CsvOptions.builder().decimal(decimal).build();
      CsvTable table = CsvTable.read(new ByteArrayInputStream(written.bytes), NAME, options);
      double factor = decimal == '.' ? 1 : 1000;
      for (int column = 0; column < numbers.length; column++) {
        double[] expected = Arrays.stream(numbers[column]).map(each -> each / factor).toArray();
        assertArrayEquals(expected, table.numbersOrNaN(written.names.get(1 + column)));
      }
    }
  }

  @Provide
  Arbitrary<CsvMarks> doubtful() {
    return Arbitraries.of(',', '\t', '|')
        .map(separator -> new CsvMarks(separator, '.', ",", "", "", '-'));
  }
}
