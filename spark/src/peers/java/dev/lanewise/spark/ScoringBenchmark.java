package dev.lanewise.spark;

import dev.lanewise.bench.SameLstm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;

/**
 * Seconds that a table takes on one core and on two: read and written alone, predicted by Lanewise,
 * and by ONNX Runtime in the same place. Prints the figures of docs/scale.md.
 *
 * <p>Arguments: numbers of rows; 10,000, 100,000 and 1,000,000 where there are none.
 */
final class ScoringBenchmark {
  private static final int TIMESTEPS = 24;
  private static final int FEATURES = 8;
  private static final int UNITS = 64;
  private static final int BATCH = 256;
  private static final int PARTITIONS = 8;
  private static final int RUNS = 3;

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType, false));

  private static final SameLstm LSTM = new SameLstm(BATCH, TIMESTEPS, FEATURES, UNITS);

  private ScoringBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    long[] sizes =
        arguments.length == 0
            ? new long[] {10_000, 100_000, 1_000_000}
            : Arrays.stream(arguments).mapToLong(Long::parseLong).toArray();
    Path directory = Files.createTempDirectory("scoring");
    try {
      double[][][] seconds = new double[3][sizes.length][];
      for (int cores = 1; cores <= 2; cores++) {
        SparkSession spark = session(cores, directory);
        for (int i = 0; i < sizes.length; i++) {
          System.err.printf(Locale.ROOT, "%,d rows, cores: %d%n", sizes[i], cores);
          seconds[cores][i] = measured(spark, directory, sizes[i], i == 0);
        }
        if (cores == 1) {
          ScalingConstants.print(spark, sizes[sizes.length - 1], seconds[1][sizes.length - 1]);
        }
        spark.stop();
      }
      print(sizes, seconds);
    } finally {
      delete(directory);
    }
  }

  private static SparkSession session(int cores, Path directory) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .appName("scoring")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }

  /**
   * Seconds of the table alone, of Lanewise and of ONNX Runtime: the median of some runs each.
   *
   * @param cold whether nothing has run yet in this session, so that a run goes before
   */
  private static double[] measured(SparkSession spark, Path directory, long rows, boolean cold) {
    Path file = directory.resolve("rows" + rows);
    if (!Files.exists(file)) {
      table(spark, rows).write().parquet(file.toString());
    }
    Dataset<Row> table = spark.read().parquet(file.toString());
    LanewiseModel step = LanewiseModel.of(LSTM.lanewise()).setBatchRows(BATCH);
    Dataset<Row> lanewise = step.transform(table);
    Dataset<Row> onnx = onnx(spark, step, table);
    Dataset<Row> first = table.filter("id < 100");
    agree(step.transform(first), onnx(spark, step, first));
    double[][] runs = new double[3][RUNS];
    List<Dataset<Row>> subjects = List.of(passed(table), lanewise, onnx);
    for (int run = cold ? -1 : 0; run < RUNS; run++) { // side by side
      for (int subject = 0; subject < subjects.size(); subject++) {
        long start = System.nanoTime();
        subjects.get(subject).write().format("noop").mode("overwrite").save();
        if (run >= 0) {
          runs[subject][run] = (System.nanoTime() - start) / 1e9;
        }
      }
    }
    return Arrays.stream(runs).mapToDouble(ScoringBenchmark::median).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Seeded rows, in as many partitions whatever the number of cores. */
  private static Dataset<Row> table(SparkSession spark, long rows) {
    MapPartitionsFunction<Long, Row> random =
        ids ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return ids.hasNext();
              }

              @Override
              public Row next() {
                long id = ids.next();
                SplittableRandom numbers = new SplittableRandom(id);
                float[] features = new float[TIMESTEPS * FEATURES];
                for (int i = 0; i < features.length; i++) {
                  features[i] = (float) numbers.nextDouble(-1, 1);
                }
                return RowFactory.create(id, new ArraySeq.ofFloat(features));
              }
            };
    return spark.range(0, rows, 1, PARTITIONS).mapPartitions(random, Encoders.row(SCHEMA));
  }

  /** The rows as they came, through Spark's rows of objects, as any function takes them. */
  private static Dataset<Row> passed(Dataset<Row> table) {
    MapPartitionsFunction<Row, Row> same = rows -> rows;
    Encoder<Row> encoder = Encoders.row(table.schema());
    return table.mapPartitions(same, encoder);
  }

  private static Dataset<Row> onnx(SparkSession spark, LanewiseModel step, Dataset<Row> table) {
    Broadcast<byte[]> model =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(LSTM.onnx());
    OnnxScoring scoring =
        new OnnxScoring(ScoringPlan.of(step, table.schema()), model, TIMESTEPS, UNITS);
    return table.mapPartitions(scoring, Encoders.row(step.transformSchema(table.schema())));
  }

  /** Both give the same numbers, to a few units in the last place. */
  private static void agree(Dataset<Row> lanewise, Dataset<Row> onnx) {
    List<Row> a = lanewise.orderBy("id").collectAsList();
    List<Row> b = onnx.orderBy("id").collectAsList();
    for (int row = 0; row < a.size(); row++) {
      List<Float> one = a.get(row).getList(2);
      List<Float> other = b.get(row).getList(2);
      for (int i = 0; i < UNITS; i++) {
        if (!(Math.abs(one.get(i) - other.get(i)) < 1e-5)) {
          throw new AssertionError("row " + row + ": " + one + ", ONNX Runtime " + other);
        }
      }
    }
  }

  private static void print(long[] sizes, double[][][] seconds) {
    System.out.printf(
        Locale.ROOT,
        "%nLSTM of %d units, rows of (%d, %d), %d a call; Java %s%n%n",
        UNITS,
        TIMESTEPS,
        FEATURES,
        BATCH,
        Runtime.version());
    System.out.println(
        "| rows | cores | passed on | Lanewise | ONNX Runtime | ONNX Runtime / Lanewise |");
    System.out.println("|---|---|---|---|---|---|");
    for (int i = 0; i < sizes.length; i++) {
      for (int cores = 1; cores <= 2; cores++) {
        double[] each = seconds[cores][i];
        System.out.printf(
            Locale.ROOT,
            "| %,d | %d | %.2f | %.2f | %.2f | %.2f |%n",
            sizes[i],
            cores,
            each[0],
            each[1],
            each[2],
            each[2] / each[1]);
      }
    }
    System.out.println();
    for (int i = 0; i < sizes.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "%,d rows: two cores are %.2f times one core%n",
          sizes[i],
          seconds[1][i][1] / seconds[2][i][1]);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
