package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public tables as they are; their origin is in the README.md beside them. */
class CsvTablesTest {
  private static Path file(String name) {
    return Resources.resource("tables/" + name + ".csv");
  }

  private static CsvTable table(String name) {
    return CsvTable.read(file(name));
  }

  private static CsvTable missing(String name, String code) {
    return CsvTable.read(file(name), CsvOptions.builder().missing(List.of(code)).build());
  }

  private static Stream<Arguments> dialects() {
    return Stream.of(
        arguments("01-airline", "144 rows, 2 columns", 2, "Passengers", 112, 432),
        arguments(
            "04-air-eu",
            "779 rows, 14 columns, separated by \";\", decimal comma",
            2,
            "AH",
            0.7578,
            0.4868),
        arguments("05-beijing", "1249 rows, 13 columns", 2, "Iws", 1.79, 0.89),
        arguments("06-tesla", "757 rows, 6 columns", 2, "volume", 4787699, 2835920),
        arguments("07-seoul", "849 rows, 14 columns", 2, "Temperature(\u00b0C)", -5.2, -5.3),
        arguments(
            "08-opsd", "1050 rows, 5 columns", 2, "Consumption", 1290.365, 1324.6770000000001),
        arguments("09-covid", "816 rows, 9 columns", 2, "US", 1, 80625120),
        arguments("10-wiki", "1499 rows, 2 columns", 2, "y", 9.59076113897809, 10.6929444132335),
        arguments("11-machine", "1600 rows, 2 columns", 2, "value", 85.63753275, 86.17564752),
        arguments(
            "13-rome",
            "2096 rows, 4 columns, header in row 4 after 3 other rows",
            5,
            "temperature_2m (\u00b0C)",
            0.2,
            9.7),
        arguments("14-co2", "802 rows, 8 columns, 40 comment lines", 42, "average", 315.71, 425.40),
        arguments(
            "15-air-iso",
            "449 rows, 16 columns, 20 rows without a value at the end left out",
            2,
            "T",
            13.6,
            Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void sayHowTheyAreWritten(
      String name, String dialect, int line, String column, double first, double last) {
    CsvTable table = table(name);
    assertEquals(dialect, table.dialect().toString());
    assertEquals(line, table.line(0));
    double[] values = table.numbersOrNaN(column);
    assertEquals(first, values[0]);
    if (!Double.isNaN(last)) {
      assertEquals(last, values[values.length - 1]);
    }
  }

  @Test
  void haveTheMissingCellsThatTheirAuthorsSay() {
    assertEquals(92, table("05-beijing").missing("pm2.5"));
    assertEquals(113, table("08-opsd").missing("Wind"));
    assertEquals(69, missing("04-air-eu", "-200").missing("CO(GT)"));
    assertEquals(27, missing("04-air-eu", "-200.0").missing("T"));
    double[] values = missing("04-air-eu", "-200").numbersOrNaN("CO(GT)");
    assertEquals(69, Arrays.stream(values).filter(Double::isNaN).count());
    assertEquals(2.6, values[0]);
  }

  @Test
  void pointAtNumbersThatStandForNone() {
    for (String column : List.of("CO(GT)", "T", "NMHC(GT)", "NO2(GT)")) {
      assertEquals(OptionalDouble.of(-200), table("04-air-eu").suspectedCode(column), column);
    }
    assertEquals(OptionalDouble.of(-200), table("15-air-iso").suspectedCode("CO(GT)"));
    assertEquals(OptionalDouble.of(-1), table("14-co2").suspectedCode("ndays"));
    assertEquals(OptionalDouble.of(-9.99), table("14-co2").suspectedCode("sdev"));
    assertEquals(OptionalDouble.of(-0.99), table("14-co2").suspectedCode("unc"));
    assertEquals(OptionalDouble.empty(), missing("04-air-eu", "-200").suspectedCode("CO(GT)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-airline",
        "05-beijing",
        "06-tesla",
        "07-seoul",
        "08-opsd",
        "09-covid",
        "10-wiki",
        "11-machine",
        "13-rome"
      })
  void pointAtNoNumberThatIsOne(String name) {
    CsvTable table = table(name);
    for (String column : table.columns()) {
      assertEquals(OptionalDouble.empty(), table.suspectedCode(column), column);
    }
  }

  @Test
  void tellNumbersFromText() {
    CsvTable seoul = table("07-seoul");
    assertEquals(CsvColumn.Kind.TEXT, seoul.kind("Seasons"));
    assertEquals(CsvColumn.Kind.NUMBERS, seoul.kind("Rainfall(mm)"));
    assertFalse(table("05-beijing").isNumeric("pm2.5"));
    assertArrayEquals(
        new double[] {270.49, 259.59, 258.78},
        Arrays.copyOf(table("06-tesla").doubles("close"), 3));
  }

  @Test
  void areAsTheirOriginsAre() throws IOException {
    assertTrue(Files.readString(file("01-airline")).startsWith("\"Month\",\"Passengers\"\r\n"));
  }
}
