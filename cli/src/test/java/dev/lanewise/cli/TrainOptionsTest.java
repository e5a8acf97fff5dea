package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.data.CalendarFeature;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import dev.lanewise.lstm.data.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each option of {@code train} does to the forecaster. */
class TrainOptionsTest {
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

  private Trained train(String... options) {
    return Trained.of(data, path("out"), options);
  }

  private static ForecastFile file(Trained trained) {
    return ForecastFile.load(trained.model());
  }

  private static Recipe recipe(Trained trained) {
    return file(trained).model().recipe();
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(data));
  }

  // How weights change.

  private byte[] model(String options) throws IOException {
    return Files.readAllBytes(train(("--target v --lr 0.01 " + options).split(" ", -1)).model());
  }

  @Test
  void optimizersSchedulesAndClippingChangeTheWeights() throws IOException {
    List<byte[]> models = new ArrayList<>();
    for (String options :
        List.of(
            "--optimizer adam",
            "--optimizer adamw",
            "--optimizer rmsprop",
            "--optimizer sgd",
            "--optimizer sgd --clip 0.01",
            "--optimizer sgd --schedule cosine",
            "--optimizer sgd --schedule cosine:warmup=1",
            "--optimizer sgd --schedule exponential:0.25/1",
            "--optimizer sgd --schedule piecewise:0=0.001")) {
      byte[] model = model(options);
      models.forEach(other -> assertFalse(Arrays.equals(other, model), options));
      models.add(model);
    }
    byte[] descent = models.get(3);
    assertArrayEquals(descent, model("--optimizer SGD --clip 1e30"));
    assertArrayEquals(descent, model("--optimizer sgd --schedule exponential:1/1"));
    assertArrayEquals(descent, model("--optimizer sgd --schedule piecewise:0=0.01"));
  }

  /** Each loss learns something else, and the page says which it was. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mae | mean absolute error, standardized",
        "huber:0.01 | Huber loss, delta 0.01, standardized",
        "pinball:0.9 | pinball loss of 0.9, standardized"
      })
  void lossIsWhatTrainingMakesSmall(String loss, String axis) throws IOException {
    byte[] squares = model("--loss mse");
    assertTrue(
        Files.readString(path("out/report.html")).contains("mean squared error, standardized"));
    assertFalse(Arrays.equals(squares, model("--loss " + loss)));
    assertTrue(Files.readString(path("out/report.html")).contains(axis));
  }

  @Test
  void huberHasADeltaOfOneAndPinballForecastsAQuantile() throws IOException {
    assertArrayEquals(model("--loss huber"), model("--loss huber:1"));
    double[] means = new double[2];
    for (int i = 0; i < 2; i++) {
      String loss = i == 0 ? "pinball:0.05" : "pinball:0.95";
      Trained trained = train("--target", "v", "--lr", "0.05", "--epochs", "40", "--loss", loss);
      List<String> all = trained.forecasts().text("forecast");
      means[i] = all.stream().mapToDouble(Double::parseDouble).average().orElseThrow();
    }
    assertTrue(means[0] < means[1], Arrays.toString(means));
  }

  // The table.

  @Test
  void timeNamesTheColumnOfTimes() throws IOException {
    List<String> lines = lines();
    lines.set(0, "t,v,w,due");
    for (int i = 1; i <= ROWS; i++) {
      lines.set(i, lines.get(i) + "," + LocalDate.of(2030, 1, 1).minusDays(i));
    }
    Files.write(data, lines);
    train("--target", "v", "--time", "due")
        .says(
            "time in due (ISO), 2029-11-02 to 2029-12-31",
            "the newest row is the first: sorted by time");
    train("--target", "v", "--time", "t").says("time in t (ISO), 2024-02-01 to 2024-03-31");
  }

  @Test
  void timeMayBeInSeveralColumns() throws IOException {
    List<String> lines = lines();
    lines.set(0, "jahr,monat,v");
    for (int i = 1; i <= ROWS; i++) {
      lines.set(i, 2000 + (i - 1) / 12 + "," + ((i - 1) % 12 + 1) + "," + i * i % 7);
    }
    Files.write(data, lines);
    Trained trained = train("--target", "v", "--time", "jahr,monat");
    trained.says("rows are 1 month apart");
    assertEquals(List.of("jahr", "monat"), file(trained).options().time());
    assertEquals("2004-12", trained.forecasts().text("time").getLast());
  }

  /** A day that may be a month: the pattern says which, also to the forecast. */
  @Test
  void timeFormatSaysHowTheyAreWritten() throws IOException {
    List<String> lines = lines().subList(0, 13);
    for (int i = 1; i <= 12; i++) {
      lines.set(i, String.format(java.util.Locale.ROOT, "%02d/03/2024,%d,0", i, i * i % 7));
    }
    Files.write(data, lines);
    String[] options = {"--target", "v", "--time", "t", "--time-format", "dd/MM/yyyy"};
    Trained trained = Trained.of(data, path("out"), options);
    trained.says("rows are 1 day apart");
    assertEquals("2024-03-12", trained.forecasts().text("time").getLast());
    Terminal forecast =
        Terminal.run("forecast", "--model", "" + trained.model(), "--data", "" + data);
    assertTrue(forecast.out().contains("2024-03-13"), forecast.out());
  }

  @Test
  void missingIsACodeAndMayBeRepeated() throws IOException {
    List<String> lines = lines();
    lines.set(10, "2024-02-10,-200,9");
    lines.set(20, "2024-02-20,gone,9");
    Files.write(data, lines);
    Trained trained = train("--target", "v", "--missing", "-200", "--missing", "gone");
    trained.says("2 missing cells filled with the value before");
    assertEquals(List.of("-200", "gone"), file(trained).options().csv().missing());
  }

  @Test
  void decimalSaysWhichMarkIsWhich() throws IOException {
    List<String> lines = new ArrayList<>(List.of("v"));
    for (int i = 0; i < ROWS; i++) {
      lines.add("1.00" + i % 10);
    }
    Files.write(data, lines);
    assertEquals("1.009", train("--target", "v", "--decimal", ".").forecasts().cell(11, "actual"));
    Trained comma = train("--target", "v", "--decimal", ",");
    assertEquals(1009, comma.forecasts().doubles("actual")[11]);
    assertEquals(',', file(comma).options().csv().decimal().orElseThrow());
  }

  @Test
  void separatorSaysWhatStandsBetweenCells() throws IOException {
    Files.write(data, lines().stream().map(line -> line.replace(',', '|')).toList());
    Trained trained = train("--target", "v", "--separator", "|");
    trained.says("read " + data + ": 60 rows, 3 columns, separated by \"|\"");
    assertEquals('|', file(trained).options().csv().separator().orElseThrow());
  }

  @Test
  void separatorMayBeATab() throws IOException {
    Files.write(data, lines().stream().map(line -> line.replace(',', '\t')).toList());
    for (String tab : List.of("tab", "\t", "\\t")) {
      Trained trained = train("--target", "v", "--separator", tab);
      trained.says("read " + data + ": 60 rows, 3 columns, separated by tabs");
    }
  }

  @Test
  void charsetSaysHowBytesAreLetters() throws IOException {
    List<String> lines = lines();
    lines.set(0, "t,v\u00e4rme,w");
    Files.write(data, lines, StandardCharsets.UTF_16BE);
    Trained trained = train("--target", "v\u00e4rme", "--charset", "UTF-16BE");
    assertEquals(List.of("v\u00e4rme"), recipe(trained).targets());
    Terminal forecast =
        Terminal.run("forecast", "--model", "" + trained.model(), "--data", "" + data);
    assertEquals(0, forecast.exit(), forecast.err());
  }

  @Test
  void noHeaderNamesTheColumns() throws IOException {
    List<String> lines = lines();
    lines.set(0, "2024-01-31,hot,cold");
    Files.write(data, lines.subList(1, lines.size()));
    Trained trained = train("--target", "c2", "--no-header");
    assertEquals(12, trained.forecasts().rows());
    Terminal forecast =
        Terminal.run("forecast", "--model", "" + trained.model(), "--data", "" + data);
    assertEquals(0, forecast.exit(), forecast.err());
  }

  /** A unit in brackets may be left out, where one column alone is so called. */
  @Test
  void namesMayLackTheirUnit() throws IOException {
    List<String> lines = lines();
    lines.set(0, "t,temperature (\u00b0C),rain [mm]");
    Files.write(data, lines);
    Trained trained = train("--target", "temperature", "--features", "temperature,rain");
    assertEquals(List.of("temperature (\u00b0C)"), recipe(trained).targets());
    assertTrue(recipe(trained).columns().contains("rain [mm]"));
    lines.set(0, "t,v (a),v (b)");
    Files.write(data, lines);
    Terminal two = Trained.tried(data, path("out"), "--target", "v").run();
    assertTrue(
        two.err().contains("expected a column \"v\", got the columns t, v (a), v (b)"), two.err());
  }

  // Series.

  @Test
  void seriesAreLearnedTogetherEachInItsOwnScale() {
    data = Calendars.shops(path("shops.csv"), 60);
    Trained own = train("--target", "sales", "--series", "shop");
    own.says("2 series, rows are 1 day apart");
    assertEquals(Set.of("Harbour", "Mill, north"), recipe(own).scales().keySet());
    CsvTable forecasts = own.forecasts();
    assertEquals(
        List.of("index", "shop", "time", "actual", "forecast", "naive"), forecasts.columns());
    assertEquals(24, forecasts.rows());
    for (int i = 1; i < 12; i++) {
      assertEquals(
          forecasts.cell(i - 1, "actual"), forecasts.cell(i, "naive"), "of its own series");
    }
    Trained all = train("--target", "sales", "--series", "shop", "--scaling", "all");
    assertEquals(Set.of(Recipe.ALL), recipe(all).scales().keySet());
  }

  // The change.

  @Test
  void seasonAndLevelAndLogChooseWhatIsLearned() {
    data = Path.of("../formats/src/test/resources/tables/01-airline.csv");
    String[] target = {"--target", "Passengers"};
    assertEquals(12, recipe(train("--target", "Passengers")).season(), "found");
    Recipe none = recipe(train("--target", "Passengers", "--season", "0"));
    assertEquals(0, none.season());
    assertEquals(0, none.changes().getFirst().season());
    assertEquals(6, recipe(train("--target", "Passengers", "--season", "6")).season());
    Trained level = train("--target", "Passengers", "--level");
    assertEquals(List.of(Change.LEVEL), recipe(level).changes());
    level.says("\"Passengers\": learns the level, as asked");
    Trained log = train("--target", "Passengers", "--level", "--log");
    assertEquals(List.of(Change.LEVEL.ofLog()), recipe(log).changes());
    Change change = recipe(train(target[0], target[1], "--log")).changes().getFirst();
    assertTrue(change.log() && !change.isLevel(), "" + change);
  }

  // What is missing.

  @ParameterizedTest
  @EnumSource
  void fillSaysWhatBecomesOfGaps(Fill fill) throws IOException {
    List<String> lines = lines();
    lines.set(20, "2024-02-20,,9");
    lines.remove(30);
    Files.write(data, lines);
    Trained trained =
        train(
            "--target",
            "v",
            "--features",
            "v,w",
            "--fill",
            fill.name().toLowerCase(java.util.Locale.ROOT));
    assertEquals(fill, recipe(trained).fill());
    boolean masked =
        file(trained).model().network().layers().stream().anyMatch(Masking.class::isInstance);
    assertEquals(fill == Fill.MASK, masked);
    switch (fill) {
      case FORWARD ->
          trained.says(
              "1 row absent, 1 day apart: filled with the value before",
              "1 missing cell filled with the value before");
      case INTERPOLATE ->
          trained.says(
              "1 row absent, 1 day apart: filled by interpolation",
              "1 missing cell filled by interpolation");
      case DROP ->
          trained.says(
              "1 row absent, 1 day apart: left out",
              "1 row without a number left out: no window crosses where they were");
      case MASK -> trained.says("1 row absent, 1 day apart: masked", "1 missing cell masked");
    }
    Terminal forecast =
        Terminal.run("forecast", "--model", "" + trained.model(), "--data", "" + data);
    assertEquals(0, forecast.exit(), forecast.err());
    assertTrue(forecast.out().contains("2024-04-01"), forecast.out());
  }

  // The calendar.

  @Test
  void calendarIsSeenByTheNetwork() {
    data = Calendars.write(path("hours.csv"), ROWS, LocalDateTime.of(2024, 2, 1, 0, 0)::plusHours);
    Trained trained = train("--target", "v", "--calendar", "hour,weekday,month");
    assertEquals(Set.of(CalendarFeature.values()), recipe(trained).calendar());
    long features = file(trained).model().network().features();
    assertEquals(recipe(train("--target", "v")).channels() + 6, features);
  }

  // The horizon.

  @Test
  void theSeventhRowAlone() {
    Trained trained = train("--target", "v", "--horizon", "7");
    assertEquals(7, recipe(trained).firstStep());
    CsvTable forecasts = trained.forecasts();
    assertEquals(List.of("index", "time", "actual", "forecast", "naive"), forecasts.columns());
    double[] v = CsvTable.read(data).doubles("v");
    for (int i = 0; i < forecasts.rows(); i++) {
      int row = Integer.parseInt(forecasts.cell(i, "index"));
      assertEquals(v[row], forecasts.doubles("actual")[i]);
      assertEquals(v[row - 7], forecasts.doubles("naive")[i]);
    }
    assertEquals("" + (ROWS - 1), forecasts.text("index").getLast());
  }

  @Test
  void allSevenAtOnce() {
    Trained trained = train("--target", "v", "--horizon", "1..7", "--layers", "lstm:2,dense:7");
    CsvTable forecasts = trained.forecasts();
    assertEquals(
        List.of("index", "time", "step", "actual", "forecast", "naive"), forecasts.columns());
    assertEquals(List.of("1", "2", "3", "4", "5", "6", "7"), forecasts.text("step").subList(0, 7));
    long steps =
        trained.run().out().lines().filter(line -> line.matches("  \\d days? ahead: .*")).count();
    assertEquals(7, steps);
    double[] v = CsvTable.read(data).doubles("v");
    for (int i = 0; i < forecasts.rows(); i++) {
      int row = Integer.parseInt(forecasts.cell(i, "index"));
      int step = Integer.parseInt(forecasts.cell(i, "step"));
      assertEquals(v[row - step], forecasts.doubles("naive")[i]);
    }
  }

  @Test
  void layersNeedNotBeNamed() {
    Terminal run =
        Terminal.run(
            "train",
            "--data",
            "" + data,
            "--target",
            "v,w",
            "--horizon",
            "1..3",
            "--window",
            "4",
            "--epochs",
            "1",
            "--out",
            "" + path("out"));
    assertEquals(0, run.exit(), run.err());
    var network = ForecastFile.load(path("out/model.safetensors")).model().network();
    assertEquals(64, ((Lstm) network.layers().getFirst()).units());
    assertEquals(
        6, network.outputShape(dev.lanewise.tensor.Shape.of(1, 4, network.features())).dim(-1));
  }

  @Test
  void severalTargets() {
    Trained trained = train("--target", "v,w", "--layers", "lstm:2,dense:2");
    CsvTable forecasts = trained.forecasts();
    assertEquals(
        List.of("index", "time", "target", "actual", "forecast", "naive"), forecasts.columns());
    assertEquals(List.of("v", "w"), forecasts.text("target").subList(0, 2));
    assertEquals(24, forecasts.rows());
  }

  // All rows.

  @Test
  void validationOfNothingTrainsOnAllRows() {
    Trained trained = train("--target", "v", "--validation", "0");
    trained.says("trained on all rows: no row is held back to test on");
    CsvTable forecasts = trained.forecasts();
    assertEquals(List.of("time", "step", "forecast"), forecasts.columns());
    assertEquals(List.of("2024-04-01"), forecasts.text("time"));
    assertNotEquals("", forecasts.cell(0, "forecast"));
    CsvTable history = CsvTable.read(path("out/history.csv"));
    assertEquals(List.of(""), history.text("validation_loss"));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 30", "0.1, 6"})
  void validationHoldsBackTheLatest(String fraction, int rows) {
    Trained trained = train("--target", "v", "--validation", fraction);
    assertEquals(rows, trained.forecasts().rows());
    assertEquals("" + (ROWS - rows), trained.forecasts().cell(0, "index"));
  }
}
