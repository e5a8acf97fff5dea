package dev.lanewise.spark;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Value;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How rows become predictions: all that a task needs beside the model. Immutable.
 *
 * @param inputs a column for each input of the model
 * @param outputs names of the model's outputs
 * @param lengths the column of lengths; null where there is none
 * @param lengthsIndex its place in a row
 * @param id the column that names a row in errors; null where there is none
 * @param idIndex its place in a row
 * @param batchRows of a call of the model, at most
 * @param onInvalid what becomes of a row that the model cannot take
 * @param padded whether a batch may hold sequences of several lengths
 * @param hash of the model's bytes
 * @param weights what the model's weights are rounded to
 */
record ScoringPlan(
    List<InputColumn> inputs,
    List<String> outputs,
    @Nullable String lengths,
    int lengthsIndex,
    @Nullable String id,
    int idIndex,
    int batchRows,
    OnInvalid onInvalid,
    boolean padded,
    String hash,
    WeightFormat weights)
    implements Serializable {

  /** What becomes of a row that the model cannot take. */
  enum OnInvalid {
    /** The job fails and names it. */
    ERROR,
    /** It is left out. */
    SKIP,
    /** Its predictions are null. */
    KEEP
  }

  /**
   * What the settings of a step say.
   *
   * @throws IllegalArgumentException when a column is absent or holds something else than the model
   *     takes
   */
  static ScoringPlan of(LanewiseModel step, StructType schema) {
    DriverModel model = step.known();
    List<InputColumn> inputs = inputs(step, schema, model.model());
    String lengths = Settings.orNull(step, step.lengthsCol());
    if (lengths != null) {
      DataType type = ColumnTypes.require(schema, lengths, "setLengthsCol").dataType();
      if (!(type instanceof IntegralType)) {
        throw SparkErrors.columnType(lengths, "int, steps of each row", type);
      }
    }
    String id = Settings.orNull(step, step.idCol());
    if (id != null) {
      ColumnTypes.require(schema, id, "setIdCol");
    }
    return new ScoringPlan(
        inputs,
        List.copyOf(model.outputs().keySet()),
        lengths,
        lengths == null ? -1 : schema.fieldIndex(lengths),
        id,
        id == null ? -1 : schema.fieldIndex(id),
        step.getBatchRows(),
        OnInvalid.valueOf(step.getHandleInvalid().toUpperCase(Locale.ROOT)),
        StepByStep.takes(model.model()),
        model.hash(),
        weightFormat(step.getWeights()));
  }

  private static WeightFormat weightFormat(String word) {
    return switch (word) {
      case "bf16" -> WeightFormat.BFLOAT16;
      case "int8" -> WeightFormat.INT8;
      default -> WeightFormat.FLOAT32;
    };
  }

  private static List<InputColumn> inputs(LanewiseModel step, StructType schema, Model model) {
    List<Value> inputs = model.inputs();
    List<String> columns = inputColumns(step, model.inputNames());
    if (columns.size() != inputs.size()) {
      throw SparkErrors.inputCount(columns.size(), model.inputNames());
    }
    int width = step.isSet(step.featureCount()) ? step.getFeatureCount() : 0;
    List<InputColumn> found = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      found.add(InputColumn.of(schema, inputs.get(i), columns.get(i), width));
    }
    return List.copyOf(found);
  }

  /** Those given; else for several inputs those of their names. */
  private static List<String> inputColumns(LanewiseModel step, List<String> names) {
    if (step.isSet(step.featuresCols())) {
      return List.of(step.getFeaturesCols());
    }
    return names.size() == 1 ? List.of(step.getFeaturesCol()) : names;
  }

  /** What a row is called in errors. */
  String name(Row row, int partition, long place) {
    return id == null
        ? "row " + place + " of partition " + partition
        : "the row whose \"" + id + "\" is " + row.get(idIndex);
  }
}
