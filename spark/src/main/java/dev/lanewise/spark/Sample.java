package dev.lanewise.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** A row, what the model reads of it, and then what the model gives for it. Not thread-safe. */
final class Sample {
  private final Row row;
  private final long place; // in its partition, counted from 0
  private List<InputColumn.Sequence> inputs = List.of();
  private @Nullable String problem;
  private final @Nullable Object[] outputs;

  Sample(Row row, long place, ScoringPlan plan) {
    this.row = row;
    this.place = place;
    this.outputs = new @Nullable Object[plan.outputs().size()];
    try {
      int length = InputColumn.length(row, plan.lengthsIndex(), plan.lengths());
      List<InputColumn.Sequence> read = new ArrayList<>();
      for (InputColumn input : plan.inputs()) {
        read.add(input.read(row, input.hasTime() ? length : -1));
      }
      inputs = read;
    } catch (InvalidRow e) {
      problem = String.valueOf(e.getMessage());
    }
  }

  Row row() {
    return row;
  }

  long place() {
    return place;
  }

  /** Why the model cannot take it; null where it can. */
  @Nullable String problem() {
    return problem;
  }

  void refuse(String why) {
    problem = why;
    inputs = List.of();
  }

  InputColumn.Sequence input(int index) {
    return inputs.get(index);
  }

  /** The steps of its inputs, to compare. */
  int steps(int input) {
    return inputs.get(input).steps();
  }

  void output(int index, Object value) {
    outputs[index] = value;
  }

  /** The row with its predictions behind it. */
  Row predicted() {
    Object[] values = new Object[row.size() + outputs.length];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(outputs, 0, values, row.size(), outputs.length);
    return RowFactory.create(values);
  }
}
