package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executors, each a process of its own. */
class ClusterTest {
  private static final int SERIES = 1000;
  private static final int DAYS = 20;
  private static final int TASKS = 16;

  @TempDir private static Path directory;

  private static LocalCluster cluster;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    SparkSession.getDefaultSession()
        .foreach(
            session -> {
              session.stop(); // a JVM has one context
              return null;
            });
    cluster = new LocalCluster(directory, 2);
    spark = cluster.session();
    long end = System.nanoTime() + 60_000_000_000L;
    while (executors().size() < 2 && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertEquals(2, executors().size());
  }

  @AfterAll
  static void end() throws Exception {
    if (spark != null) {
      spark.stop();
    }
    cluster.end();
  }

  /** The processes that run tasks. */
  private static Set<Long> executors() {
    MapPartitionsFunction<Long, Long> pid =
        _ -> {
          Thread.sleep(50); // so that the other executor takes tasks too
          return List.of(ProcessHandle.current().pid()).iterator();
        };
    return new HashSet<>(
        spark.range(0, 8, 1, 8).mapPartitions(pid, Encoders.LONG()).collectAsList());
  }

  @Test
  void executorsPredictTheBitsOfAPredictorHere() {
    Sequential model = Sequential.of(Lstm.of(9), Dense.of(2)).build(3, 11);
    SequenceRows rows = new SequenceRows(300, 1, 20, 3);
    Predictor predictor = model.predictor();
    List<Row> predicted =
        LanewiseModel.of(model).setBatchRows(32).transform(rows.dataset(spark, 4)).collectAsList();
    assertEquals(300, predicted.size());
    for (Row row : predicted) {
      assertEquals(
          rows.alone(predictor, row.getAs("id")),
          SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction"))));
    }
  }

  private static LanewiseForecaster forecaster() {
    return new LanewiseForecaster()
        .setSeriesCol("key")
        .setTimeCol("day")
        .setTargetCol("y")
        .setWindow(5)
        .setLayers("lstm:3,dense:1")
        .setEpochs(1)
        .setSeed(3)
        .setPartitions(TASKS);
  }

  private static Dataset<Row> series() {
    return spark
        .range(0, (long) SERIES * DAYS, 1, 4)
        .selectExpr(
            "concat('k', id % " + SERIES + ") as key",
            "date_add(date'2025-01-01', int(id div " + SERIES + ")) as day",
            "sin(id * 0.37D) + id % 7 as y");
  }

  /** Those that the same rows give without Spark. */
  private static Map<String, String> expected() {
    SeriesTable table = SeriesTable.of(series().schema(), "key", "day", "y", List.of("y"));
    TrainingPlan plan =
        new TrainingPlan(table, "y", List.of("y"), 5, 1, 1, "lstm:3,dense:1", 1, 32, 0.001, 0.2, 3);
    Map<String, List<Row>> rows = new HashMap<>();
    for (Row row : table.select(series()).orderBy(table.order()).collectAsList()) {
      rows.computeIfAbsent(row.getString(0), _ -> new ArrayList<>()).add(row);
    }
    Map<String, String> hashes = new HashMap<>();
    rows.forEach(
        (name, each) ->
            hashes.put(name, ModelBytes.hash((byte[]) plan.train(name, each, 1).row().get(1))));
    return hashes;
  }

  @Test
  void anExecutorThatIsKilledTakesNothingWithIt() throws Exception {
    long victim = executors().iterator().next();
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    SparkListener killer =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            failed.addAndGet(task.taskInfo().successful() ? 0 : 1);
            // Behind the four tasks that read, in the middle of those that train.
            if (ended.incrementAndGet() == 4 + TASKS / 2) {
              ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
            }
          }
        };
    spark.sparkContext().addSparkListener(killer);
    LanewiseForecasterModel model = forecaster().fit(series());
    spark.sparkContext().removeSparkListener(killer);
    assertFalse(ProcessHandle.of(victim).map(ProcessHandle::isAlive).orElse(false));
    assertTrue(ended.get() > 4 + TASKS, () -> "no task ran again of " + ended.get());
    Map<String, String> hashes = new HashMap<>();
    for (Row row : model.series().collectAsList()) {
      assertNull(row.<String>getAs("error"));
      assertNull(hashes.put(row.getString(0), ModelBytes.hash((byte[]) row.get(1))));
    }
    assertEquals(expected(), hashes);
    assertEquals(SERIES, hashes.size());
  }
}
