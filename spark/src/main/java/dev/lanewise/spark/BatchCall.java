package dev.lanewise.spark;

import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import scala.collection.mutable.ArraySeq;

/** Predicts rows in one call of the model. */
final class BatchCall implements Consumer<List<Sample>> {
  private final ScoringPlan plan;
  private final Predictor predictor;

  BatchCall(ScoringPlan plan, Predictor predictor) {
    this.plan = plan;
    this.predictor = predictor;
  }

  /**
   * Predicts, and gives each row its outputs.
   *
   * @param rows of equal lengths, unless the plan pads
   * @throws IllegalArgumentException when the model does not take a row
   */
  @Override
  public void accept(List<Sample> rows) {
    try (Arena arena = Arena.ofConfined()) {
      boolean single = plan.inputs().size() == 1 && plan.outputs().size() == 1;
      if (single) {
        give(rows, 0, predictedAlone(arena, rows));
      } else {
        Map<String, Tensor> x = new LinkedHashMap<>();
        for (int i = 0; i < plan.inputs().size(); i++) {
          x.put(plan.inputs().get(i).input(), batch(arena, rows, i, rows.getFirst().steps(i)));
        }
        Map<String, Tensor> y = predictor.predict(x);
        for (int i = 0; i < plan.outputs().size(); i++) {
          Tensor output = y.get(plan.outputs().get(i));
          if (output != null) {
            give(rows, i, output);
          }
        }
      }
    }
  }

  private Tensor predictedAlone(Arena arena, List<Sample> rows) {
    int[] lengths = rows.stream().mapToInt(row -> row.steps(0)).toArray();
    int longest = Arrays.stream(lengths).max().orElse(1);
    boolean equal = Arrays.stream(lengths).allMatch(length -> length == longest);
    Tensor x = batch(arena, rows, 0, longest);
    return equal ? predictor.predict(x) : predictor.predict(x, Mask.ofLengths(longest, lengths));
  }

  /** The rows of an input, 0 where they are shorter than so many steps. */
  private Tensor batch(Arena arena, List<Sample> rows, int input, int steps) {
    InputColumn column = plan.inputs().get(input);
    int size = column.size(steps);
    float[] values = new float[Math.multiplyExact(rows.size(), size)];
    for (int i = 0; i < rows.size(); i++) {
      InputColumn.Sequence row = rows.get(i).input(input);
      row.copyTo(values, i * size, column.size(row.steps()));
    }
    return Tensor.of(arena, values, column.shape(rows.size(), steps));
  }

  /** Shares an output out. */
  private static void give(List<Sample> rows, int output, Tensor y) {
    float[] values = y.toArray();
    int width = (int) y.dim(-1);
    int size = values.length / rows.size();
    boolean timed = y.rank() == 3;
    // A padded row has more steps than it came with, where the model gives one for each.
    boolean padded = rows.stream().anyMatch(row -> row.steps(0) != rows.getFirst().steps(0));
    for (int i = 0; i < rows.size(); i++) {
      int at = i * size;
      if (!timed) {
        rows.get(i).output(output, numbers(values, at, size));
        continue;
      }
      int steps = Math.toIntExact(y.dim(1));
      Object[] each = new Object[padded ? rows.get(i).steps(0) : steps];
      for (int step = 0; step < each.length; step++) {
        each[step] = numbers(values, at + step * width, width);
      }
      rows.get(i).output(output, new ArraySeq.ofRef<>(each));
    }
  }

  private static Object numbers(float[] values, int from, int count) {
    return new ArraySeq.ofFloat(Arrays.copyOfRange(values, from, from + count));
  }
}
