package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.LayerList;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Forecast;
import dev.lanewise.lstm.data.ForecastData;
import dev.lanewise.lstm.data.Forecaster;
import dev.lanewise.lstm.data.Frame;
import dev.lanewise.lstm.data.TimeStyle;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanewiseForecasterTest {
  private static final SparkSession SPARK = Sessions.local();
  private static final int DAYS = 60;
  private static final String VALUE = "sin(n / 5D) * (k + 1) + cos(n * (k + 2) / 7D)";

  @TempDir private Path directory;

  /** Series of sixty days, and the numbers of one of them. */
  private static Dataset<Row> days(int series) {
    return SPARK
        .range(0, (long) series * DAYS, 1, 3)
        .selectExpr("id % " + series + " as k", "id div " + series + " as n")
        .selectExpr(
            "concat('shop ', k) as shop",
            "date_add(date'2024-01-01', int(n)) as day",
            VALUE + " as sales");
  }

  private static LanewiseForecaster forecaster() {
    return new LanewiseForecaster()
        .setSeriesCol("shop")
        .setTimeCol("day")
        .setTargetCol("sales")
        .setWindow(7)
        .setHorizon(1, 2)
        .setLayers("lstm:4,dense:2")
        .setEpochs(2)
        .setSeed(5)
        .setPartitions(2);
  }

  private static Map<String, String> hashes(LanewiseForecasterModel model) {
    Map<String, String> hashes = new HashMap<>();
    for (Row row : model.series().collectAsList()) {
      hashes.put(row.getString(0), ModelBytes.hash((byte[]) row.get(1)));
    }
    return hashes;
  }

  private static Row only(Dataset<Row> rows) {
    List<Row> found = rows.collectAsList();
    assertEquals(1, found.size());
    return found.getFirst();
  }

  /** The same model trained without Spark. */
  @ParameterizedTest
  @ValueSource(strings = {"sales", "if(dayofmonth(day) in (5, 11), null, sales)"})
  void trainsWhatAForecasterTrains(String sales) {
    Dataset<Row> days = days(3).withColumn("sales", functions.expr(sales));
    LanewiseForecasterModel model = forecaster().fit(days);
    Row row = only(model.series().filter("series = 'shop 1'"));
    assertNull(row.getAs("error"));
    Frame frame = frame(days.filter("shop = 'shop 1'"));
    long seed = row.getAs("seed");
    ForecastData data =
        Forecaster.builder("sales").window(7).horizon(1, 2).heldBack(0.2).build().prepare(frame);
    Sequential network =
        data.network(LayerList.of("lstm:4,dense:2").forecasts(2), seed)
            .compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR);
    network.fit(
        data.trainX(),
        data.trainY(),
        FitOptions.builder().epochs(2).batchSize(32).seed(seed).build());
    ForecastFile file = ModelBytes.read((byte[]) row.get(1), ForecastFile::load);
    for (int i = 0; i < network.weights().size(); i++) {
      assertArrayEquals(
          network.weights().get(i).value().toArray(),
          file.model().network().weights().get(i).value().toArray());
    }
    Backtest test = data.backtest(data.model(network));
    assertEquals(test.meanAbsoluteError(Backtest.By.MODEL), row.<Double>getAs("test_mae"));
    assertEquals(test.meanAbsoluteError(Backtest.By.NAIVE), row.<Double>getAs("naive_mae"));
    List<Row> forecasts =
        model.transform(days).filter("shop = 'shop 1'").orderBy("step").collectAsList();
    List<Forecast> expected = data.model(network).forecast(frame);
    assertEquals(2, forecasts.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(expected.get(i).value(), forecasts.get(i).<Double>getAs("forecast"));
      assertEquals("2024-03-0" + (i + 1), forecasts.get(i).getAs("day").toString());
      assertEquals(i + 1, forecasts.get(i).<Integer>getAs("step"));
      assertNull(forecasts.get(i).getAs("error"));
    }
  }

  private static Frame frame(Dataset<Row> rows) {
    List<Row> sorted = rows.selectExpr("sales", "unix_date(day) as d").orderBy("d").collectAsList();
    return Frame.rows(sorted.size())
        .numbers("sales", sorted.stream().mapToDouble(LanewiseForecasterTest::sales).toArray())
        .times(
            sorted.stream().mapToLong(row -> row.getInt(1) * 86_400_000L).toArray(), TimeStyle.DATE)
        .build();
  }

  private static double sales(Row row) {
    return row.isNullAt(0) ? Double.NaN : row.getDouble(0);
  }

  /** The name of a series is its text; forecasts have it as it was. */
  @ParameterizedTest
  @ValueSource(strings = {"cast(k as int)", "k", "date_add(date'2020-02-28', int(k))", "k = 1"})
  void aSeriesMayBeNamedByAnyType(String name) {
    Dataset<Row> rows =
        days(2)
            .selectExpr("right(shop, 1) + 0L as k", "day", "sales")
            .selectExpr(name + " as shop", "day", "sales");
    LanewiseForecasterModel model = forecaster().fit(rows);
    assertEquals(
        rows.selectExpr("cast(shop as string) as s").distinct().orderBy("s").collectAsList(),
        model.series().select("series").orderBy("series").collectAsList());
    Dataset<Row> forecasts = model.transform(rows);
    assertEquals(
        rows.schema().apply("shop").dataType(), forecasts.schema().apply("shop").dataType());
    assertEquals(
        rows.select("shop").distinct().orderBy("shop").collectAsList(),
        forecasts
            .filter("error is null and step = 2")
            .select("shop")
            .orderBy("shop")
            .collectAsList());
  }

  /** New York skips an hour on 2024-03-10. */
  @Test
  void theZoneOfTheSessionChangesNothing() {
    Dataset<Row> rows =
        SPARK
            .range(DAYS)
            .selectExpr("'a' as shop", "id as n", "0 as k")
            .selectExpr(
                "shop",
                "timestamp_seconds(unix_seconds(timestamp'2024-03-09 00:00:00Z') + n * 3600) as day",
                VALUE + " as sales");
    Map<String, String> hashes = new HashMap<>();
    for (String zone : List.of("America/New_York", "UTC")) {
      SPARK.conf().set("spark.sql.session.timeZone", zone);
      LanewiseForecasterModel model = forecaster().fit(rows);
      if (!hashes.isEmpty()) {
        assertEquals(hashes, hashes(model));
      }
      hashes = hashes(model);
      Row first = only(model.transform(rows).filter("step = 1").selectExpr("unix_seconds(day)"));
      assertEquals(Instant.parse("2024-03-11T12:00:00Z").getEpochSecond(), first.getLong(0));
    }
  }

  @Test
  void theBytesDoNotDependOnPartitionsOrOnTheOrderOfRows() {
    Map<String, String> hashes = hashes(forecaster().setPartitions(1).fit(days(6)));
    assertEquals(6, hashes.size());
    Dataset<Row> shuffled = days(6).orderBy(functions.rand(3)).repartition(5);
    assertEquals(hashes, hashes(forecaster().setPartitions(4).fit(shuffled)));
    // Two rows of one time: which one counts does not depend on the order either.
    Dataset<Row> twice = days(2).union(days(2).withColumn("sales", functions.expr("sales + 1")));
    assertEquals(
        hashes(forecaster().fit(twice)),
        hashes(forecaster().fit(twice.orderBy(functions.rand(4)))));
    assertNotEquals(hashes, hashes(forecaster().setSeed(6).fit(days(6))));
  }

  @Test
  void aSeriesThatFailsSaysWhyAndDoesNotStopTheOthers() {
    Dataset<Row> rows =
        days(3)
            .filter("shop <> 'shop 2' or day < date'2024-01-08'")
            .unionAll(days(1).selectExpr("cast(null as string)", "day", "sales").limit(4))
            .unionAll(days(1).selectExpr("'single'", "day", "sales").limit(1))
            .unionAll(days(1).selectExpr("'timeless'", "cast(null as date)", "sales").limit(4))
            .unionAll(
                days(1)
                    .selectExpr(
                        "'endless'", "day", "if(day = date'2024-01-05', double('inf'), sales)"));
    LanewiseForecasterModel model = forecaster().fit(rows);
    Map<String, String> errors = new HashMap<>();
    for (Row row : model.series().collectAsList()) {
      errors.put(row.getString(0), row.getAs("error"));
      assertEquals(row.getAs("error") == null, row.get(1) != null);
    }
    assertEquals(7, errors.size());
    assertNull(errors.get("shop 0"));
    assertNull(errors.get("shop 1"));
    assertTrue(errors.get("shop 2").startsWith("7 rows, "), errors.get("shop 2"));
    assertTrue(errors.get("single").startsWith("1 row"), errors.get("single"));
    assertEquals(
        "column \"shop\": expected the name of a series, got null; na().drop leaves such rows out",
        errors.get(null));
    assertEquals(
        "column \"day\": expected a time in each row, got null; na().drop leaves such rows out",
        errors.get("timeless"));
    assertTrue(
        errors.get("endless").startsWith("column \"sales\": expected finite"),
        errors.get("endless"));

    Dataset<Row> more = rows.unionAll(days(1).selectExpr("'new'", "day", "sales"));
    Map<String, String> said = new HashMap<>();
    for (Row row : model.transform(more).filter("error is not null").collectAsList()) {
      said.put(row.getString(0), row.getAs("error"));
      assertNull(row.getAs("forecast"));
    }
    assertEquals(6, said.size());
    assertEquals(
        "the series was not among those trained; fit the forecaster with its rows",
        said.get("new"));
    assertEquals(
        "the series has no model, as its training failed: " + errors.get("shop 2"),
        said.get("shop 2"));
    assertEquals(4, model.transform(more).filter("error is null").count());
  }

  /** A column of times, and the time of the forecast. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp_seconds(n * 3600) | 1970-01-03 12:00:00",
        "cast('2020-01-01' as timestamp_ntz) + make_dt_interval(0, int(n)) | 2020-01-03 12:00:00",
        "cast(n as int) | null",
        "date_add(date'2024-01-01', int(n)) | 2024-03-01"
      })
  void timesComeBackAsTheyWere(String line) {
    String[] parts = line.split(" \\| ", -1);
    SPARK.conf().set("spark.sql.session.timeZone", "UTC");
    Dataset<Row> rows =
        SPARK
            .range(DAYS)
            .selectExpr("7L as shop", "id as n", "0 as k")
            .selectExpr("shop", parts[0] + " as day", VALUE + " as sales");
    LanewiseForecaster forecaster = forecaster().setHorizon(1).setLayers("lstm:4,dense:1");
    Dataset<Row> forecasts = forecaster.fit(rows).transform(rows);
    assertEquals(
        forecaster.transformSchema(rows.schema()).fieldNames().length, forecasts.schema().size());
    assertEquals(rows.schema().apply("day").dataType(), forecasts.schema().apply("day").dataType());
    Row row = only(forecasts.selectExpr("shop", "cast(day as string)", "error"));
    assertEquals(7L, row.getLong(0));
    assertEquals(parts[1], String.valueOf(row.get(1)));
    assertNull(row.get(2));
  }

  @Test
  void savesAndLoadsInAPipeline() throws Exception {
    LanewiseForecaster forecaster =
        forecaster().setModelsDir(directory.resolve("models").toString());
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {forecaster});
    String pipelinePath = directory.resolve("pipeline").toString();
    pipeline.write().save(pipelinePath);
    PipelineModel fitted = Pipeline.load(pipelinePath).fit(days(2));
    String path = directory.resolve("fitted").toString();
    fitted.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    List<Row> expected = fitted.transform(days(2)).orderBy("shop", "step").collectAsList();
    assertEquals(4, expected.size());
    assertEquals(expected, loaded.transform(days(2)).orderBy("shop", "step").collectAsList());
    assertEquals(
        hashes((LanewiseForecasterModel) fitted.stages()[0]),
        hashes((LanewiseForecasterModel) loaded.stages()[0]));
  }

  @Test
  void forecastsFromOtherColumnsNumbersOrText() {
    Dataset<Row> rows =
        days(2)
            .selectExpr(
                "shop",
                "day",
                "float(sales) as sales",
                "dayofweek(day) as weekday",
                "if(sales > 0, 'sun', 'rain') as sky");
    LanewiseForecasterModel model =
        forecaster().setFeaturesCols(new String[] {"sales", "weekday", "sky"}).fit(rows);
    assertEquals(0, model.series().filter("error is not null").count());
    assertEquals(4, model.transform(rows).filter("forecast is not null").count());
    ForecastFile file = ModelBytes.read((byte[]) model.series().first().get(1), ForecastFile::load);
    assertEquals(3, file.model().recipe().inputs().size());
  }

  @Test
  @SuppressWarnings("rawtypes") // as Spark asks for it
  void sparkConnectFindsIt() {
    assertTrue(
        ServiceLoader.load(Estimator.class).stream()
            .anyMatch(each -> each.type() == LanewiseForecaster.class));
  }

  private static String refusal(LanewiseForecaster forecaster, Dataset<Row> rows) {
    return assertThrows(IllegalArgumentException.class, () -> forecaster.fit(rows)).getMessage();
  }

  @Test
  void saysWhatDoesNotFit() {
    Dataset<Row> rows = days(1);
    assertEquals(
        "no column \"store\"; there are \"shop\", \"day\", \"sales\". setSeriesCol names it",
        refusal(forecaster().setSeriesCol("store"), rows));
    assertEquals(
        "column \"day\": expected date, timestamp, timestamp_ntz or a whole number, got string; cast it",
        refusal(forecaster(), rows.withColumn("day", functions.lit("monday"))));
    assertEquals(
        "column \"sales\": expected numbers, to be forecast, got string; cast it",
        refusal(forecaster(), rows.withColumn("sales", functions.lit("few"))));
    assertEquals(
        "seriesCol: expected the name of a column; setSeriesCol names it",
        refusal(new LanewiseForecaster(), rows));
    assertEquals(
        "setHorizon: expected steps ahead from 1 on, the nearest first, got 3, 2",
        refusal(forecaster().setHorizon(3, 2), rows));
    assertEquals(
        "column \"step\": forecasts have a column of that name; withColumnRenamed gives it another",
        refusal(forecaster().setTimeCol("step"), rows.withColumnRenamed("day", "step")));
    assertEquals(
        "layers lstms:3: \"lstms:3\" is no layer; did you mean lstm:UNITS?",
        refusal(forecaster().setLayers("lstms:3"), rows));
    assertEquals(
        "LanewiseForecaster.fit: expected rows of series that \"shop\" names, got none",
        refusal(forecaster(), rows.limit(0)));
    String said = refusal(forecaster(), rows.limit(5));
    assertTrue(
        said.startsWith(
            "LanewiseForecaster.fit: none of 1 series could be trained; one of them says: 5 rows, "),
        said);
    assertThrows(IllegalArgumentException.class, () -> forecaster().setEpochs(0));
    assertThrows(IllegalArgumentException.class, () -> forecaster().setTestFraction(1));
  }
}
