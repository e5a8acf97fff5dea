package dev.lanewise.spark;

import dev.lanewise.kernels.WeightFormat;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How a model predicts the rows of a table.
 *
 * @param <S> the step, which setters give back
 */
public interface ScoringSettings<S> extends Params {
  /**
   * The setting: how many rows a call of the model takes at most.
   *
   * @return the param
   */
  default IntParam batchRows() {
    return new IntParam(
        this,
        "batchRows",
        "how many rows a call of the model takes at most",
        ParamValidators.gt(0));
  }

  /**
   * Says how many rows a call of the model takes at most.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default int getBatchRows() {
    return (int) getOrDefault(batchRows());
  }

  /**
   * Sets how many rows a call of the model takes at most.
   *
   * @param value 1 or more, 256 unless set; predictions do not depend on it
   * @return this
   */
  default S setBatchRows(int value) {
    return Settings.set(this, batchRows(), value);
  }

  /**
   * The setting: what the weights are rounded to.
   *
   * @return the param
   */
  default Param<String> weights() {
    return new Param<>(
        this,
        "weights",
        "f32, bf16 or int8: what the weights are rounded to",
        ParamValidators.inArray(List.of("f32", "bf16", "int8")));
  }

  /**
   * Says what the weights are rounded to.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getWeights() {
    return getOrDefault(weights());
  }

  /**
   * Sets what the weights are rounded to.
   *
   * @param value {@code f32}, which is unless set, {@code bf16} or {@code int8}, as {@link
   *     WeightFormat} has them
   * @return this
   */
  default S setWeights(String value) {
    return Settings.set(this, weights(), value);
  }

  /**
   * The setting: what becomes of a row that the model cannot take.
   *
   * @return the param
   */
  default Param<String> handleInvalid() {
    return new Param<>(
        this,
        "handleInvalid",
        "error, skip or keep: what becomes of a row that the model cannot take",
        ParamValidators.inArray(List.of("error", "skip", "keep")));
  }

  /**
   * Says what becomes of a row that the model cannot take.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /**
   * Sets what becomes of a row that the model cannot take.
   *
   * @param value {@code error}, which is unless set, {@code skip} to leave it out, {@code keep} for
   *     null
   * @return this
   */
  default S setHandleInvalid(String value) {
    return Settings.set(this, handleInvalid(), value);
  }
}
