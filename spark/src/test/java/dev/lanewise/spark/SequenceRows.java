package dev.lanewise.spark;

import dev.lanewise.lstm.Predictor;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Seeded sequences as rows, and what a predictor gives for each alone. */
final class SequenceRows {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add(
              "features",
              DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)));

  private final List<float[][]> sequences = new ArrayList<>();

  SequenceRows(int count, int shortest, int longest, int width) {
    Random random = new Random(count + longest);
    for (int i = 0; i < count; i++) {
      float[][] sequence = new float[shortest + random.nextInt(longest - shortest + 1)][width];
      for (float[] step : sequence) {
        for (int f = 0; f < width; f++) {
          step[f] = random.nextFloat(-1, 1);
        }
      }
      sequences.add(sequence);
    }
  }

  float[][] get(long id) {
    return sequences.get((int) id);
  }

  int count() {
    return sequences.size();
  }

  Dataset<Row> dataset(SparkSession spark, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      rows.add(RowFactory.create((long) i, nested(sequences.get(i))));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  static Seq<Object> nested(float[][] sequence) {
    List<Object> steps = new ArrayList<>();
    for (float[] step : sequence) {
      List<Object> numbers = new ArrayList<>();
      for (float number : step) {
        numbers.add(number);
      }
      steps.add(CollectionConverters.asScala(numbers).toSeq());
    }
    return CollectionConverters.asScala(steps).toSeq();
  }

  static float[] flat(float[][] sequence) {
    int width = sequence[0].length;
    float[] values = new float[sequence.length * width];
    for (int i = 0; i < sequence.length; i++) {
      System.arraycopy(sequence[i], 0, values, i * width, width);
    }
    return values;
  }

  /** What the predictor gives for one sequence. */
  String alone(Predictor predictor, long id) {
    float[][] sequence = get(id);
    Tensor x = Tensor.of(flat(sequence), 1, sequence.length, sequence[0].length);
    return bits(predictor.predict(x).toArray());
  }

  static String bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return Arrays.toString(bits);
  }

  /** The numbers of a cell, nested or not. */
  static float[] numbers(Object cell) {
    List<Float> numbers = new ArrayList<>();
    collect(cell, numbers);
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return values;
  }

  private static void collect(Object cell, List<Float> to) {
    if (cell instanceof Seq<?> seq) {
      for (int i = 0; i < seq.length(); i++) {
        collect(seq.apply(i), to);
      }
    } else {
      to.add((Float) cell);
    }
  }
}
