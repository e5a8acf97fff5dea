package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamScoringTest {
  private static final SparkSession SPARK = Sessions.local();
  private static final int KEYS = 5;

  @TempDir private Path directory;

  private static Sequential small() {
    return Sequential.of(Lstm.of(5), Dense.of(2)).build(2, 7);
  }

  /** A step a row: row after row is the next key's. */
  private static Dataset<Row> source() {
    return SPARK
        .readStream()
        .format("rate-micro-batch")
        .option("rowsPerBatch", 20)
        .option("numPartitions", 2)
        .load()
        .selectExpr(
            "value % " + KEYS + " as sensor",
            "value div " + KEYS + " as n",
            "array(float(value / 100), float(1 - value % 7)) as features");
  }

  private void runTo(long batch) throws Exception {
    StreamingQuery query =
        LanewiseModel.of(small())
            .transformByKey(source(), "sensor", "n")
            .writeStream()
            .format("parquet")
            .option("path", directory.resolve("out").toString())
            .option("checkpointLocation", directory.resolve("checkpoint").toString())
            .start();
    long end = System.nanoTime() + 90_000_000_000L;
    while ((query.lastProgress() == null || query.lastProgress().batchId() < batch)
        && query.isActive()
        && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    query.stop();
    query
        .exception()
        .foreach(
            e -> {
              throw new AssertionError(e);
            });
  }

  /** Stopped in between, as where a machine is lost: the next query goes on from what was kept. */
  @Test
  void aKeyGoesOnWhereItEnded() throws Exception {
    SPARK
        .conf()
        .set(
            "spark.sql.streaming.stateStore.providerClass",
            "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
    runTo(1);
    runTo(3);
    List<Row> rows =
        SPARK
            .read()
            .parquet(directory.resolve("out").toString())
            .orderBy("sensor", "n")
            .collectAsList();
    assertTrue(rows.size() >= 60, () -> rows.size() + " rows");
    for (Row row : rows) {
      long sensor = row.getAs("sensor");
      int steps = (int) row.<Long>getAs("n").longValue() + 1;
      float[] x = new float[2 * steps];
      for (int i = 0; i < steps; i++) {
        long value = (long) i * KEYS + sensor;
        x[2 * i] = (float) (value / 100.0);
        x[2 * i + 1] = 1 - value % 7;
      }
      assertEquals(
          SequenceRows.bits(small().predict(Tensor.of(x, 1, steps, 2)).toArray()),
          SequenceRows.bits(SequenceRows.numbers(row.getAs("prediction"))),
          () -> "sensor " + sensor + ", step " + steps);
    }
  }

  @Test
  void saysWhatItDoesNotTake() {
    LanewiseModel step = LanewiseModel.of(small());
    Dataset<Row> rows =
        SPARK.range(3).selectExpr("id as sensor", "'x' as n", "array(1, 2) as features");
    assertEquals(
        "no column \"key\"; there are \"sensor\", \"n\", \"features\". transformByKey names it",
        assertThrows(IllegalArgumentException.class, () -> step.transformByKey(rows, "key", "n"))
            .getMessage());
    assertEquals(
        "column \"n\": expected a whole number, a date or a timestamp, got string; cast it",
        assertThrows(IllegalArgumentException.class, () -> step.transformByKey(rows, "sensor", "n"))
            .getMessage());
    LanewiseModel ids =
        LanewiseModel.of(Sequential.of(Embedding.of(9, 4), Lstm.of(3)).build(1))
            .setFeaturesCol("sensors");
    Dataset<Row> sensors =
        SPARK.range(3).selectExpr("id as sensor", "id as n", "array(1) as sensors");
    String said =
        assertThrows(
                IllegalArgumentException.class, () -> ids.transformByKey(sensors, "sensor", "n"))
            .getMessage();
    assertTrue(
        said.startsWith(
            "LanewiseModel.transformByKey: expected a model of one input of sequences and one output, got the inputs "),
        said);
    assertTrue(said.endsWith("; transform takes a whole sequence a row"), said);
  }
}
