package dev.lanewise.spark;

import dev.lanewise.kernels.WeightFormat;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
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

  /** What a row is called in errors. */
  String name(Row row, int partition, long place) {
    return id == null
        ? "row " + place + " of partition " + partition
        : "the row whose \"" + id + "\" is " + row.get(idIndex);
  }
}
