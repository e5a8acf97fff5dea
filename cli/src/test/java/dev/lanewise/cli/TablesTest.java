package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Public tables, each in its own dialect, are read right by one command. */
class TablesTest {
  private static final Path TABLES = Path.of("../formats/src/test/resources/tables");

  @TempDir private Path directory;

  private static Arguments table(
      String name, double naive, double seasonal, List<String> options, String... lines) {
    return arguments(name, naive, seasonal, options, lines);
  }

  private static List<String> options(String... options) {
    return List.of(options);
  }

  private static Stream<Arguments> tables() {
    return Stream.of(
        table(
            "01-airline",
            44.72,
            41.31,
            options("--target", "Passengers", "--season", "12"),
            "time in Month (yyyy-MM), 1949-01 to 1960-12",
            "rows are 1 month apart",
            "\"Passengers\" reaches from 310 to 622 in the rows held back, beyond the 104 to 491 of"
                + " those trained on"),
        table(
            "04-air-eu",
            0.5429,
            0.8455,
            options("--target", "CO(GT)", "--season", "24", "--missing", "-200"),
            "time in Time (HH.mm.ss), 18:00 to 04:00",
            "rows are 1 hour apart",
            "69 missing cells filled with the value before"),
        table(
            "05-beijing",
            21.11,
            82.06,
            options(
                "--target", "pm2.5", "--season", "24", "--features", "pm2.5,DEWP,TEMP,PRES,cbwd"),
            "time in year,month,day,hour (year, month, day, hour), 2010-01-01T00:00 to"
                + " 2010-02-22T00:00",
            "rows are 1 hour apart",
            "24 rows left out before \"pm2.5\" begins",
            "68 missing cells filled with the value before",
            "\"cbwd\" is text: 4 columns, each 1 where it is NE,NW,SE,cv"),
        table(
            "06-tesla",
            8.3625,
            Double.NaN,
            options("--target", "close"),
            "time in date (yyyy/MM/dd), 2015-10-15 to 2018-10-15",
            "1 row left out without a time, the first in line 2: \"11:34\"",
            "rows are on weekdays",
            "the newest row is the first: sorted by time"),
        table(
            "07-seoul",
            66.17,
            70.94,
            options(
                "--target",
                "Rented Bike Count",
                "--season",
                "24",
                "--features",
                "Rented Bike Count,Hour,Seasons,Holiday"),
            "time in Date,Hour (dd/MM/yyyy and hour), 2017-12-01T00:00 to 2018-01-05T08:00",
            "rows are 1 hour apart",
            "\"Seasons\" is text: a column 1 where it is Winter",
            "nothing to learn from Seasons, the same in all rows trained on"),
        table(
            "08-opsd",
            58.28,
            94.11,
            options("--target", "Wind", "--season", "7"),
            "time in Date (ISO), 2009-09-11 to 2012-07-26",
            "rows are 1 day apart",
            "112 rows left out before \"Wind\" begins",
            "1 missing cell filled with the value before"),
        table(
            "08-opsd",
            107.21,
            66.72,
            options("--target", "Consumption", "--season", "7"),
            "rows are 1 day apart"),
        table(
            "09-covid",
            210063,
            Double.NaN,
            options("--target", "US", "--season", "0"),
            "time in Date (ISO), 2020-01-22 to 2022-04-16",
            "rows are 1 day apart",
            "\"US\" reaches from 46481747 to 80625120 in the rows held back, beyond the 1 to 46384890 of"
                + " those trained on"),
        table(
            "10-wiki",
            0.3584,
            0.4785,
            options("--target", "y", "--season", "7"),
            "time in ds (ISO), 2007-12-10 to 2012-03-09",
            "rows are 1 day apart",
            "53 rows absent, 1 day apart: filled with the value before"),
        table(
            "11-machine",
            0.7748,
            Double.NaN,
            options("--target", "value"),
            "time in timestamp (ISO), 2014-01-04T12:30 to 2014-01-10T00:45",
            "rows are 5 minutes apart",
            "sorted by time",
            "12 rows left out whose time repeats, the first of each kept"),
        table(
            "13-rome",
            0.9671,
            1.6382,
            options("--target", "temperature_2m", "--season", "24"),
            "time in time (epoch seconds), 2020-01-01T00:00Z to 2020-03-28T07:00Z",
            "rows are 1 hour apart"),
        table(
            "14-co2",
            1.1992,
            2.5046,
            options("--target", "average", "--season", "12"),
            "time in year,month (year, month), 1958-03 to 2024-12",
            "rows are 1 month apart"),
        table(
            "15-air-iso",
            1.1533,
            1.7322,
            options("--target", "T", "--season", "24"),
            "time in DateTime (ISO with Z), 2004-03-10T21:00Z to 2004-03-29T13:00Z",
            "rows are 1 hour apart"));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void areReadByOneCommand(
      String name, double naive, double seasonal, List<String> options, String[] lines) {
    Path out = directory.resolve("out");
    Trained trained = Trained.of(table(name), out, options.toArray(String[]::new));
    trained.says(lines);
    assertEquals(naive, trained.naive(), half(naive));
    if (!Double.isNaN(seasonal)) {
      assertEquals(seasonal, trained.seasonalNaive(), half(seasonal));
    }
  }

  private static Path table(String name) {
    return TABLES.resolve(name + ".csv");
  }

  /** Half of the last digit that is given. */
  private static double half(double value) {
    String text = Double.toString(value);
    int digits = text.endsWith(".0") ? 0 : text.length() - 1 - text.indexOf('.');
    return 0.5001 * Math.pow(10, -digits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01-airline | Passengers | 144 rows, 2 columns",
        "04-air-eu | CO(GT) | 779 rows, 14 columns, separated by \";\", decimal comma",
        "05-beijing | pm2.5 | 1249 rows, 13 columns",
        "06-tesla | close | 757 rows, 6 columns",
        "07-seoul | Hour | 849 rows, 14 columns",
        "13-rome | temperature_2m | 2096 rows, 4 columns, header in row 4 after 3 other rows",
        "14-co2 | average | 802 rows, 8 columns, 40 comment lines",
        "15-air-iso | T | 449 rows, 16 columns, 20 rows without a value at the end left out"
      })
  void sayHowTheyAreWritten(String name, String target, String dialect) {
    Path data = table(name);
    Trained trained = Trained.of(data, directory.resolve("out"), "--target", target);
    trained.says("read " + data + ": " + dialect);
  }

  @Test
  void aCodeThatLooksLikeANumberIsPointedOut() {
    Path out = directory.resolve("out");
    Trained kept = Trained.of(table("04-air-eu"), out, "--target", "CO(GT)");
    kept.says(
        "\"CO(GT)\" is -200 in 69 rows, far from the rest: --missing -200 takes it for missing");
    assertTrue(kept.naive() > 1, kept.run().out());
  }

  /** What a user gets who only names the target, and the window where a year has twelve rows. */
  @ParameterizedTest
  @CsvSource({
    "01-airline, Passengers, 20, --window=12",
    "14-co2, average, 0.5, --window=30",
    "09-covid, US, 150000, --window=30",
    "08-opsd, Consumption, 66.72, --window=30"
  })
  void areForecastWell(String name, String target, double below, String window) {
    Path out = directory.resolve("out");
    Terminal run =
        Terminal.run(
            "train",
            "--data",
            "" + table(name),
            "--target",
            target,
            window,
            "--seed",
            "1",
            "--out",
            "" + out);
    assertEquals(0, run.exit(), run.err());
    Trained trained = new Trained(run, out);
    assertTrue(trained.error() < below, run.out());
  }
}
