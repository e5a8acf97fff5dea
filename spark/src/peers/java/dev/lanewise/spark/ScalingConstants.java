package dev.lanewise.spark;

import dev.lanewise.bench.SameLstm;
import dev.lanewise.formats.LoadOptions;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.lstm.PredictorOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The constants of the model of cost in docs/scale.md, on one core. */
final class ScalingConstants {
  private static final int RUNS = 3;
  private static final int STEPS = 24;
  private static final int ROWS = 20_000;
  private static final int SERIES = 200;
  private static final int DAYS = 365;

  private ScalingConstants() {}

  /**
   * Prints them as the table of docs/scale.md has them.
   *
   * @param rows of the largest table that one core predicted
   * @param seconds that it took: passed on, and predicted by Lanewise
   */
  static void print(SparkSession spark, long rows, double[] seconds) {
    System.out.println("| constant | measured |");
    System.out.println("|---|---|");
    say("`r` | %.2f us a row", 1e6 * seconds[0] / rows);
    say("`p` | %.2f us a row", 1e6 * (seconds[1] - seconds[0]) / rows);
    say("`l` | %.1f ms; of 1,024 units %.1f", 1e3 * reading(64), 1e3 * reading(1024));
    Dataset<Row> series = series(spark).cache();
    say("`s` | %.2f us a row", 1e6 * shuffling(series) / ((double) SERIES * DAYS));
    say("`t` | %.2f s a series", training(series));
    series.unpersist();
    double equal = predicting(spark, String.valueOf(STEPS));
    double ragged = predicting(spark, "1 + id * 7919 % " + (2 * STEPS - 1));
    System.out.printf(
        Locale.ROOT,
        "%nrows of 1 to 47 steps take %.2f times those of 24, the same in the mean%n",
        ragged / equal);
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, "| " + format + " |%n", values);
  }

  /** Seconds, the median of some runs behind one to warm up. */
  private static double seconds(Runnable work) {
    double[] runs = new double[RUNS];
    for (int run = -1; run < RUNS; run++) {
      long start = System.nanoTime();
      work.run();
      if (run >= 0) {
        runs[run] = (System.nanoTime() - start) / 1e9;
      }
    }
    Arrays.sort(runs);
    return runs[RUNS / 2];
  }

  private static void consume(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static double reading(int units) {
    byte[] model = LanewiseModel.of(new SameLstm(1, 1, 8, units).lanewise()).known().bytes();
    PredictorOptions options = PredictorOptions.builder().threads(1).build();
    return seconds(
        () ->
            ModelBytes.read(model, file -> ModelReader.predictor(file, LoadOptions.of(), options))
                .close());
  }

  private static double predicting(SparkSession spark, String steps) {
    Dataset<Row> rows =
        spark
            .range(0, ROWS, 1, 4)
            .selectExpr(
                "id",
                "flatten(array_repeat(array(0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f), int("
                    + steps
                    + "))) as features")
            .cache();
    Dataset<Row> predicted = LanewiseModel.of(new SameLstm(1, 1, 8, 64).lanewise()).transform(rows);
    return seconds(() -> consume(predicted));
  }

  private static Dataset<Row> series(SparkSession spark) {
    return spark
        .range(0, (long) SERIES * DAYS, 1, 4)
        .selectExpr(
            "concat('k', id % " + SERIES + ") as key",
            "date_add(date'2025-01-01', int(id div " + SERIES + ")) as day",
            "sin(id * 0.37D) + id % 7 as y");
  }

  private static SeriesTable table(Dataset<Row> series) {
    return SeriesTable.of(series.schema(), "key", "day", "y", List.of("y"));
  }

  private static double shuffling(Dataset<Row> series) {
    SeriesTable table = table(series);
    Dataset<Row> sorted =
        table.select(series).repartition(4, functions.col("s")).sortWithinPartitions(table.order());
    return seconds(() -> consume(sorted));
  }

  private static double training(Dataset<Row> series) {
    SeriesTable table = table(series);
    TrainingPlan plan =
        new TrainingPlan(
            table, "y", List.of("y"), 28, 1, 7, "lstm:32,dense:7", 20, 32, 0.001, 0.2, 1);
    Map<String, List<Row>> rows = new HashMap<>();
    for (Row row : table.select(series).orderBy(table.order()).collectAsList()) {
      rows.computeIfAbsent(row.getString(0), _ -> new ArrayList<>()).add(row);
    }
    List<Row> one = rows.getOrDefault("k1", List.of());
    return seconds(() -> plan.train("k1", one, 1));
  }
}
