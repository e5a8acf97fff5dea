package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.Forecast;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps after a table's last row. */
class ForecastCommandTest {
  private static final int ROWS = 60;

  @TempDir private Path directory;

  private Path path(String name) {
    return directory.resolve(name);
  }

  private Path days() {
    return Calendars.write(path("days.csv"), ROWS, LocalDate.of(2024, 2, 1)::plusDays);
  }

  private Trained train(Path data, String... options) {
    return Trained.of(data, path("out"), options);
  }

  private static Terminal forecast(Path model, Path data, String... more) {
    Stream<String> line = Stream.of("forecast", "--model", "" + model, "--data", "" + data);
    return Terminal.run(Stream.concat(line, Stream.of(more)).toArray(String[]::new));
  }

  private static CsvTable table(Terminal run) {
    assertEquals(0, run.exit(), run.err());
    byte[] bytes = run.out().getBytes(StandardCharsets.UTF_8);
    return CsvTable.read(new ByteArrayInputStream(bytes), Path.of("stdout"));
  }

  private void refused(Terminal run, String message) {
    assertEquals("lanewise: " + message.replace("DIR", "" + directory) + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(2, run.exit());
  }

  /** The forecasts of the library, in this process. */
  private static List<String> called(Path model, Path data) {
    ForecastFile file = ForecastFile.load(model);
    CsvTable table = CsvTable.read(data, file.options().csv());
    TableFrame frame = TableFrame.of(table, file.options(), file.model().recipe());
    return file.model().forecast(frame.frame()).stream()
        .map(Forecast::value)
        .map(Numbers::exact)
        .toList();
  }

  @Test
  void isTheCallOfTheLibraryBitForBit() {
    Path data = days();
    Path model = train(data, "--target", "v", "--features", "v,w").model();
    CsvTable forecast = table(forecast(model, data));
    assertEquals(List.of("time", "step", "forecast"), forecast.columns());
    assertEquals(List.of("2024-04-01"), forecast.text("time"));
    assertEquals(List.of("1"), forecast.text("step"));
    assertEquals(called(model, data), forecast.text("forecast"));
  }

  /** On stdout nothing but the CSV: what was read stands on stderr. */
  @Test
  void saysOnStderrWhatItRead() {
    Path data = days();
    Path model = train(data, "--target", "v").model();
    Terminal run = forecast(model, data);
    assertEquals(
        "read "
            + data
            + ": 60 rows, 3 columns\ntime in t (ISO), 2024-02-01 to 2024-03-31\n"
            + "\"v\" reaches from 24.07 to 26.91 in these rows, beyond the 13.99 to 26.19 of those"
            + " trained on\n",
        run.err());
    assertEquals(2, run.out().lines().count());
    assertEquals(run, forecast(model, data, "--out", "-"));
  }

  @Test
  void aFreshProcessGivesTheSameBytes() throws Exception {
    Path data = days();
    String[] options = {"--target", "v,w", "--horizon", "1..3", "--layers", "lstm:9,dense:6"};
    Path model = train(data, options).model();
    Path stdout = path("fresh.csv");
    Process fresh =
        ChildJvm.start(
            List.of(), stdout, Main.class, "forecast", "--model", "" + model, "--data", "" + data);
    String err = new String(fresh.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, fresh.waitFor(), err);
    assertEquals(forecast(model, data).out(), Files.readString(stdout));
    assertEquals(called(model, data), CsvTable.read(stdout).text("forecast"));
  }

  @Test
  void readsAndWritesThroughPipes() throws IOException {
    Path data = days();
    Path model = train(data, "--target", "v").model();
    byte[] bytes = Files.readAllBytes(data);
    Terminal run = Terminal.runWith(bytes, "forecast", "--model", "" + model, "--data", "-");
    assertEquals(forecast(model, data).out(), run.out());
    assertTrue(run.err().startsWith("read stdin: 60 rows, 3 columns\n"), run.err());
  }

  @Test
  void writesTheTableAndAPictureIntoADirectory() throws IOException {
    Path data = days();
    Path model = train(data, "--target", "v").model();
    Path out = path("deep/forecast");
    Terminal run = forecast(model, data, "--out", "" + out);
    assertEquals(0, run.exit(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().endsWith("\n1 forecast, wrote " + out + "\n"), run.out());
    assertEquals(forecast(model, data).out(), Files.readString(out.resolve("forecast.csv")));
    assertEquals(1200, ImageIO.read(out.resolve("forecast.png").toFile()).getWidth());
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(2, files.count());
    }
  }

  private static LocalDate weekday(int i) {
    LocalDate day = LocalDate.of(2024, 1, 1);
    for (int left = i; left > 0; ) {
      day = day.plusDays(1);
      left -= day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? 1 : 0;
    }
    return day;
  }

  private static Arguments calendar(IntFunction<Object> time) {
    return arguments(time);
  }

  private static Stream<Arguments> calendars() {
    return Stream.of(
        calendar(YearMonth.of(2019, 5)::plusMonths),
        calendar(i -> YearMonth.of(2019, 5).plusMonths(i).atEndOfMonth()),
        calendar(LocalDate.of(2024, 1, 5)::plusDays),
        calendar(i -> LocalDate.of(2024, 1, 5).plusWeeks(i)),
        calendar(ForecastCommandTest::weekday),
        calendar(LocalDateTime.of(2024, 2, 27, 0, 0)::plusHours),
        calendar(i -> LocalDateTime.of(2023, 12, 31, 12, 0).plusMinutes(15L * i)),
        calendar(i -> Instant.parse("2024-02-27T01:30:00Z").plusSeconds(7200L * i)),
        calendar(i -> 1960 + i));
  }

  /** The times that come are those that the next rows would have. */
  @ParameterizedTest
  @MethodSource("calendars")
  void datesGoOn(IntFunction<Object> time) {
    Path data = Calendars.write(path("data.csv"), ROWS, time);
    String[] options = {"--target", "v", "--horizon", "1..5", "--layers", "lstm:2,dense:5"};
    Path model = train(data, options).model();
    List<String> expected = new ArrayList<>();
    for (int i = ROWS; i < ROWS + 5; i++) {
      expected.add(time.apply(i).toString().replaceFirst("(T\\d\\d:\\d\\d):00Z", "$1Z"));
    }
    assertEquals(expected, table(forecast(model, data)).text("time"));
  }

  @Test
  void seriesInRows() {
    Path data = Calendars.shops(path("shops.csv"), 50);
    Path model = train(data, "--target", "sales", "--series", "shop").model();
    CsvTable forecast = table(forecast(model, data));
    assertEquals(List.of("shop", "time", "step", "forecast"), forecast.columns());
    assertEquals(List.of("Harbour", "Mill, north"), forecast.text("shop"));
    assertEquals(List.of("2021-04-20", "2021-04-20"), forecast.text("time"));
    assertEquals(called(model, data), forecast.text("forecast"));
    double[] values = forecast.doubles("forecast");
    assertTrue(
        values[0] > 500 && values[1] < 50, "each in its own size: " + forecast.text("forecast"));
  }

  /** A shop that opened later is forecast by the scale of its own rows. */
  @Test
  void aSeriesThatTheModelDoesNotKnow() throws IOException {
    Path data = Calendars.shops(path("shops.csv"), 50);
    Path model = train(data, "--target", "sales", "--series", "shop").model();
    List<String> expected = called(model, data);
    List<String> lines =
        Files.readAllLines(data).stream().map(each -> each.replace("Harbour", "Quay")).toList();
    Terminal run = forecast(model, Calendars.write(path("other.csv"), lines));
    CsvTable forecast = table(run);
    String warning =
        "\"shop\" is \"Quay\" in 50 rows, unknown to the model: scaled by the rows that are here";
    assertTrue(run.err().contains("\n" + warning + "\n"), run.err());
    assertEquals(List.of("Mill, north", "Quay"), forecast.text("shop"));
    assertEquals(expected.get(1), forecast.cell(0, "forecast"), "the other one is as it was");
    double known = Double.parseDouble(expected.get(0));
    assertEquals(known, forecast.doubles("forecast")[1], 100, "by its own size");
  }

  @Test
  void aTextThatTheModelDoesNotKnow() throws IOException {
    List<String> lines = Weather.lines(60);
    for (int i = 1; i <= 60; i += 3) {
      lines.set(i, lines.get(i).replace("sun", "rain"));
    }
    Path data = Weather.write(directory, lines);
    Path model = train(data, "--target", "high", "--features", "high,sky").model();
    lines.set(60, lines.get(60).replace("sun", "hail"));
    Terminal run = forecast(model, Weather.write(directory, lines));
    assertEquals(called(model, data), table(run).text("forecast"));
    assertTrue(
        run.err()
            .contains(
                "\n\"sky\" is \"hail\" in 1 row, unknown to the model: taken as none of its texts\n"),
        run.err());
  }

  @Test
  void severalTargetsAndSteps() {
    Path data = days();
    String[] options = {"--target", "v,w", "--horizon", "1..7", "--layers", "lstm:3,dense:14"};
    Path model = train(data, options).model();
    CsvTable forecast = table(forecast(model, data));
    assertEquals(List.of("time", "target", "step", "forecast"), forecast.columns());
    assertEquals(14, forecast.rows());
    assertEquals("v", forecast.cell(6, "target"));
    assertEquals("2024-04-07", forecast.cell(6, "time"));
    assertEquals("7", forecast.cell(6, "step"));
    assertEquals("w", forecast.cell(7, "target"));
    assertEquals(called(model, data), forecast.text("forecast"));
  }

  @Test
  void theSeventhStepAlone() {
    Path data = days();
    Path model = train(data, "--target", "v", "--horizon", "7").model();
    assertEquals(List.of("2024-04-07"), table(forecast(model, data)).text("time"));
    assertEquals(List.of("7"), table(forecast(model, data)).text("step"));
  }

  @Test
  void rowsWithoutTimes() {
    Path data = Calendars.write(path("data.csv"), ROWS, i -> "row " + (i * 7919 % ROWS));
    Path model = train(data, "--target", "v").model();
    CsvTable forecast = table(forecast(model, data));
    assertEquals(List.of("step", "forecast"), forecast.columns());
    assertEquals(called(model, data), forecast.text("forecast"));
  }

  /** The rows that a model looks back on are enough; one fewer is refused. */
  @Test
  void asManyRowsAsTheModelLooksBackOn() throws IOException {
    Path data = days();
    Path model = train(data, "--target", "v").model();
    String expected = forecast(model, data).out();
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    List<String> last = new ArrayList<>(lines.subList(lines.size() - 5, lines.size()));
    last.addFirst(lines.getFirst());
    assertEquals(expected, forecast(model, Calendars.write(path("five.csv"), last)).out());
    last.remove(1);
    refused(
        forecast(model, Calendars.write(path("four.csv"), last)),
        "DIR/four.csv: expected 5 rows or more without a gap, as many as the model looks back on, got 4");
  }

  @Test
  void afterTrainingOnAllRows() {
    Path data = days();
    Trained trained = train(data, "--target", "v", "--validation", "0");
    trained.says("trained on all rows: no row is held back to test on");
    CsvTable forecast = table(forecast(trained.model(), data));
    CsvTable written = trained.forecasts();
    assertEquals(forecast.columns(), written.columns());
    assertEquals(forecast.text("forecast"), written.text("forecast"));
  }

  @Test
  void aTableWithoutAColumnOfTheModel() {
    Path data = days();
    Path model = train(data, "--target", "v", "--features", "v,w").model();
    Path other = Calendars.write(path("other.csv"), List.of("t,v,x", "2024-01-01,1,2"));
    refused(
        forecast(model, other), "DIR/other.csv: expected a column \"w\", got the columns t, v, x");
  }

  @Test
  void aNetworkAlone() {
    Path model = path("model.safetensors");
    ModelFile.save(Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 1), model);
    refused(
        forecast(model, days()),
        "--model DIR/model.safetensors: expected a model of the command train, which knows its"
            + " columns, got a network alone; lanewise predict runs it");
    assertFalse(Files.exists(path("out")));
  }

  @Test
  void whatIsNoTable() throws IOException {
    Path data = days();
    Path model = train(data, "--target", "v").model();
    Path empty = Files.writeString(path("empty.csv"), "");
    refused(
        forecast(model, empty),
        "DIR/empty.csv, row 1: expected a header of column names, got an empty file");
    refused(
        forecast(model, path("none.csv")),
        "DIR/none.csv: expected a file, got none of that name; check the path");
    refused(
        forecast(model, data, "--out", "" + data),
        "--out DIR/days.csv is a file, expected a directory (new or not)");
  }
}
