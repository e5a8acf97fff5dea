package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOrderTest {
  private static final Path FILE = Path.of("t.csv");

  @TempDir private Path directory;

  private static CsvTable table(List<String> dates) {
    return CsvTable.of(
        List.of("value", "When"),
        IntStream.range(0, dates.size()).mapToObj(i -> List.of("" + i, dates.get(i))).toList());
  }

  private static List<String> dates(String pattern, int count, int hours) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    LocalDateTime start = LocalDateTime.of(2020, 1, 1, 0, 0);
    return IntStream.range(0, count)
        .mapToObj(i -> start.plusHours((long) i * hours).format(format))
        .toList();
  }

  private static void refused(List<String> dates) {
    InputException e =
        assertThrows(InputException.class, () -> TimeOrder.check(table(dates), FILE));
    assertEquals(
        "t.csv, column \"When\": expected the oldest row first, got dates that run backwards, from "
            + dates.getFirst()
            + " to "
            + dates.getLast()
            + "; sort the rows by it, the oldest first",
        e.getMessage());
  }

  private static void taken(List<String> dates) {
    assertDoesNotThrow(() -> TimeOrder.check(table(dates), FILE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd",
        "yyyy/M/d",
        "yyyy.MM.dd",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
        "yyyy-MM-dd'T'HH:mm'+01:00'",
        "d/M/yyyy",
        "dd.MM.yyyy",
        "dd-MM-yyyy HH.mm.ss",
        "M/d/yyyy",
        "MM/dd/yyyy HH:mm"
      })
  void refusesDatesThatRunBackwards(String pattern) {
    List<String> days = dates(pattern, 400, 24);
    taken(days);
    refused(days.reversed());
    List<String> few = dates(pattern, 3, 24); // no day above 12 says which is the month
    taken(few);
    refused(few.reversed());
  }

  @Test
  void refusesMonthsAndHours() {
    refused(dates("yyyy-MM", 40, 24 * 31).reversed());
    refused(dates("dd/MM/yyyy HH:mm", 40, 1).reversed());
  }

  /** A row of today at the top, a few rows out of place, and rows of one day. */
  @Test
  void looksAtMostRows() {
    List<String> rows = new ArrayList<>(dates("MM/dd/yyyy", 100, 24).reversed());
    rows.addFirst("11:34");
    Collections.swap(rows, 40, 41);
    refused(rows);
    List<String> twice = new ArrayList<>(dates("yyyy-MM-dd", 50, 24));
    twice.addAll(dates("yyyy-MM-dd", 50, 24));
    Collections.sort(twice);
    taken(twice);
    refused(twice.reversed());
    List<String> mixed = new ArrayList<>(dates("yyyy-MM-dd", 50, 24));
    Collections.shuffle(mixed, new java.util.Random(1));
    taken(mixed);
  }

  /** Numbers and text that fall are no dates. */
  @Test
  void takesWhatIsNoDate() {
    taken(
        IntStream.range(0, 50)
            .mapToObj(i -> String.format(Locale.ROOT, "%.1f", 1020 - i * 0.1))
            .toList());
    taken(IntStream.range(0, 50).mapToObj(i -> Integer.toString(2050 - i)).toList());
    taken(IntStream.range(0, 50).mapToObj(i -> "step " + (50 - i)).toList());
    taken(List.of("2020-13-01", "2020-12-01"));
    taken(List.of("2020-01-01"));
  }

  @Test
  void asksNoOtherColumnWhereOneRunsForwards() {
    List<String> days = dates("yyyy-MM-dd", 30, 24);
    CsvTable both =
        CsvTable.of(
            List.of("due", "day"),
            IntStream.range(0, 30).mapToObj(i -> List.of(days.get(29 - i), days.get(i))).toList());
    assertDoesNotThrow(() -> TimeOrder.check(both, FILE));
  }

  @Test
  void isAskedByTrainAndPredict() throws IOException {
    List<String> lines = Weather.lines(60);
    Path data = Weather.write(directory, lines);
    Path out = directory.resolve("out");
    String[] train = {
      "train",
      "--data",
      "" + data,
      "--target",
      "high",
      "--window",
      "5",
      "--epochs",
      "1",
      "--layers",
      "lstm:2,dense:1",
      "--out",
      "" + out
    };
    assertEquals(0, Terminal.run(train).exit());
    List<String> turned = new ArrayList<>(lines.subList(1, lines.size()).reversed());
    turned.addFirst(lines.getFirst());
    Files.write(data, turned);
    String message =
        "lanewise: "
            + data
            + ", column \"date\": expected the oldest row first, got dates that run backwards, from 2020-02-29 to"
            + " 2020-01-01; sort the rows by it, the oldest first\n";
    Terminal again = Terminal.run(train);
    assertEquals(message, again.err());
    assertEquals(2, again.exit());
    Path model = out.resolve("model.safetensors");
    Terminal predict =
        Terminal.run(
            "predict", "--model", "" + model, "--input", "" + data, "--out", out + "/y.csv");
    assertEquals(message, predict.err());
    assertEquals(2, predict.exit());
  }
}
