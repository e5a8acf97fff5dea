package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train} refuses, word for word, before it writes anything. */
class TrainRefusalsTest {
  private static final int ROWS = 60;

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void write() {
    data = Calendars.write(path("data.csv"), ROWS, LocalDate.of(2024, 2, 1)::plusDays);
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private void refused(String message, String... options) {
    Terminal run = Trained.tried(data, path("out"), options).run();
    assertEquals("lanewise: " + message.replace("DIR", "" + directory) + "\n", run.err());
    assertEquals(2, run.exit());
    assertFalse(Files.exists(path("out")));
  }

  /** Options are divided by blanks; "_" stands for one in an option. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--target u | DIR/data.csv: expected a column \"u\", got the columns t, v, w",
        "--target t | DIR/data.csv, row 2, column \"t\": expected a number or a missing cell, got \"2024-02-01\"; correct the cell; or where it stands for a missing value, --missing \"2024-02-01\"",
        "--target v,v | --target v,v names a column twice",
        "--target v --features x | DIR/data.csv: expected a column \"x\", got the columns t, v, w",
        "--target v --time x | DIR/data.csv: expected a column \"x\", got the columns t, v, w",
        "--target v --time v | DIR/data.csv, row 2, column \"v\": expected a time in 9 of 10 cells, got \"20.84\"; 32 of 60 are, as HH.mm: correct the others, name other columns, or say how they are written: --time-format dd/MM/yyyy",
        "--target v --time \"t | --time \"t: expected names with commas between them, in quotes where they hold one (\"a,b\",c), got \"t",
        "--target v --time-format dd.MM.yyyy | --time-format dd.MM.yyyy: expected --time COL beside it",
        "--target v --time t --time-format dd.MM.yyyy | DIR/data.csv, row 2, column \"t\": expected a time as dd.MM.yyyy in 9 of 10 cells, got \"2024-02-01\"; 0 of 60 are: correct --time-format",
        "--target v --time t --time-format bogus | DIR/data.csv: expected a pattern of java.time, such as dd/MM/yyyy HH:mm, got \"bogus\"; Unknown pattern letter: b",
        "--target v --decimal x | --decimal x: expected \".\" or \",\"",
        "--target v --decimal .. | --decimal ..: expected \".\" or \",\"",
        "--target v --separator ab | --separator ab: expected a sign such as \";\", or tab",
        "--target v --separator a | --separator a: expected a sign such as \";\", or tab",
        "--target v --charset klingon | --charset klingon: expected the name of an encoding, such as UTF-8 or windows-1252",
        "--target v --series x | DIR/data.csv: expected a column \"x\", got the columns t, v, w",
        "--target v --series v | DIR/data.csv, column \"v\": expected the names of the series, got it as a target or feature too; leave it out of the features",
        "--target v --scaling both | --scaling both: expected series or all",
        "--target v --season 1 | --season 1: expected 2 rows or more, such as 12 for months, or 0 for none",
        "--target v --season -7 | --season -7: expected 2 rows or more, such as 12 for months, or 0 for none",
        "--target v --fill nearest | --fill nearest: expected one of forward, interpolate, drop, mask",
        "--target v --calendar hour,tide | --calendar tide: expected one of hour, weekday, month",
        "--target v --horizon 0 | --horizon 0: expected 1 or more, or a range such as 1..7 for all seven",
        "--target v --horizon 7..1 | --horizon 7..1: expected 1 or more, or a range such as 1..7 for all seven",
        "--target v --horizon week | --horizon week: expected 1 or more, or a range such as 1..7 for all seven",
        "--target v --layers embedding:2,flatten | --layers embedding:2,flatten: embedding:DIM takes ids, but a forecast reads scaled numbers, and a column of text as a 0 or 1 for each of its values; leave it out, or learn classes of rows of ids with --classify COL",
        "--target v --horizon 1..7 | --layers lstm:2,dense:1: the last layer gives 1 value a window, expected 7, one a forecast; end the list with dense:7",
        "--target v --horizon 50 | DIR/data.csv: 60 rows, of which --validation 0.2 leaves 48 to train on; --window 4 and --horizon 50, with 1 before for the change, need 55 or more. Bring more rows or lower --window",
        "--target v --validation 1 | --validation 1.0: expected a fraction from 0 to below 1, such as 0.2",
        "--target v --validation -0.1 | --validation -0.1: expected a fraction from 0 to below 1, such as 0.2",
        "--target v --validation 0.99 | DIR/data.csv: 60 rows, of which --validation 0.99 leaves 1 to train on; --window 4 and --horizon 1, with 1 before for the change, need 6 or more. Bring more rows or lower --window",
        "--target v --window 100 | DIR/data.csv: 60 rows, of which --validation 0.2 leaves 48 to train on; --window 100 and --horizon 1, with 1 before for the change, need 102 or more. Bring more rows or lower --window",
        "--target v --epochs 0 | --epochs 0: expected 1 or more",
        "--target v --batch 0 | --batch 0: expected 1 or more",
        "--target v --threads -1 | --threads -1: expected 1 or more, or 0 for all cores",
        "--target v --lr 0 | --lr 0.0: expected a number above 0, such as 0.001",
        "--target v --loss square | --loss square: expected one of mse, mae, huber, binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy, pinball, gaussian_nll",
        "--target v --loss pinball:0.1:0.9 | --loss pinball:0.1:0.9: train forecasts one number: expected mse, mae, huber, huber:0.5, or pinball:0.9 of one quantile; fit takes the others",
        "--target v --loss gaussian_nll | --loss gaussian_nll: train forecasts one number: expected mse, mae, huber, huber:0.5, or pinball:0.9 of one quantile; fit takes the others",
        "--target v --optimizer lion | --optimizer lion: expected one of adam, adamw, rmsprop, sgd",
        "--target v --clip 0 | --clip 0.0: expected a number above 0, such as 1",
        "--target v --clip NaN | --clip NaN: expected a number above 0, such as 1",
        "--target v --schedule linear | --schedule linear: expected cosine, cosine:warmup=100, exponential:0.96/1000 or piecewise:1000=0.0003,2000=0.0001",
        "--target v --schedule exponential:0.9/0 | --schedule exponential:0.9/0: expected cosine, cosine:warmup=100, exponential:0.96/1000 or piecewise:1000=0.0003,2000=0.0001",
        "--target v --schedule piecewise:20=0.1,20=0.2 | --schedule piecewise:20=0.1,20=0.2: expected updates that ascend, got 20 after 20",
        "--target v --epochs 2 --schedule cosine:warmup=999 | --schedule cosine:warmup=999: the training has 4 updates, expected a warm-up of fewer"
      })
  void wrongValuesOfOptions(String options, String message) {
    refused(message, options.split(" ", -1));
  }

  @Test
  void wordsThatAreNoNumbers() {
    for (String option : List.of("--season", "--window", "--epochs")) {
      refused(
          "Invalid value for option '"
              + option
              + "': 'ten' is not an int\nUsage: lanewise train --help",
          "--target",
          "v",
          option,
          "ten");
    }
  }

  @Test
  void aLogarithmOfNothing() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    lines.set(8, "2024-02-08,-1.5,2");
    Files.write(data, lines);
    refused(
        "DIR/data.csv: target \"v\": a logarithm needs numbers above 0, got -1.5; leave --log out",
        "--target",
        "v",
        "--log");
  }

  @Test
  void aCalendarWithoutTimes() {
    Calendars.write(data, ROWS, i -> "row " + (i * 7919 % ROWS));
    refused(
        "DIR/data.csv: --calendar needs the times of the rows, got none; name their columns: --time COL",
        "--target",
        "v",
        "--calendar",
        "month");
  }

  @Test
  void aTargetWithoutANumber() throws IOException {
    Files.write(data, Files.readAllLines(data).stream().map(line -> line + ",").toList());
    Files.write(
        data, Files.readAllLines(data).stream().map(line -> line.replace("w,", "w,x")).toList());
    refused(
        "DIR/data.csv, column \"x\": expected numbers, got no value in any row; leave the column out",
        "--target",
        "x");
  }

  @Test
  void textsThatAreNoCategories() throws IOException {
    List<String> lines = new ArrayList<>(List.of("v,note"));
    for (int i = 0; i < 200; i++) {
      lines.add(i % 7 + ",note " + i * 31 % 100);
    }
    Files.write(data, lines);
    refused(
        "DIR/data.csv: column \"note\" holds 100 different texts, expected at most 64 for a feature; leave it out, or group"
            + " its values",
        "--target",
        "v",
        "--features",
        "v,note");
  }

  @Test
  void severalSeriesTakenForOne() {
    Calendars.shops(data, 40);
    refused(
        "DIR/data.csv, column \"day\": expected each time once, for the rows are taken for one series, got repeated times in"
            + " 40 rows; --series \"shop\" forecasts each of the 2 values of that column as a series of its own",
        "--target",
        "sales");
  }

  @Test
  void timesThatRepeatForNoReasonThatIsSeen() throws IOException {
    List<String> lines = new ArrayList<>(List.of("day,v"));
    for (int i = 0; i < 60; i++) {
      lines.add(LocalDate.of(2024, 1, 1).plusDays(i / 2) + "," + i * 7 % 11);
    }
    Files.write(data, lines);
    refused(
        "DIR/data.csv, column \"day\": expected each time once, got repeated times in 30 of 60 rows; add the rows of a time"
            + " up, or name the column that tells them apart: --series COL",
        "--target",
        "v");
  }

  @Test
  void seriesThatAreAllTooShort() {
    Calendars.shops(data, 5);
    refused(
        "DIR/data.csv: the longest series, \"Harbour\": 5 rows, of which --validation 0.2 leaves 4 to train on; --window 4 and"
            + " --horizon 1 need 5 or more. Bring more rows or lower --window",
        "--target",
        "sales",
        "--series",
        "shop");
  }

  @Test
  void aTableOfAHeaderAlone() throws IOException {
    Files.writeString(data, "t,v,w\n");
    refused(
        "DIR/data.csv: expected rows of data after the header t, v, w, got none", "--target", "v");
  }

  @Test
  void gapsThatLeaveNoWindow() throws IOException {
    List<String> lines = Files.readAllLines(data);
    List<String> some = new ArrayList<>(List.of("t,v,w"));
    for (int i = 1; i <= ROWS; i++) {
      if (i % 4 != 0) {
        some.add(lines.get(i));
      }
    }
    Files.write(data, some);
    refused(
        "DIR/data.csv: no window of 4 rows without a gap to train on; lower --window, or fill the gaps (--fill forward)",
        "--target",
        "v",
        "--fill",
        "drop");
  }
}
