package dev.lanewise.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Which columns a model reads, and which it writes.
 *
 * @param <S> the step, which setters give back
 */
public interface ModelColumns<S> extends Params {
  /**
   * The setting: the column that the model's one input reads.
   *
   * @return the param
   */
  default Param<String> featuresCol() {
    return new Param<>(this, "featuresCol", "the column that the model's one input reads");
  }

  /**
   * Says the column that the model's one input reads.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /**
   * Sets the column that the model's one input reads.
   *
   * @param value its name; {@code features} unless set
   * @return this
   */
  default S setFeaturesCol(String value) {
    return Settings.set(this, featuresCol(), value);
  }

  /**
   * The setting: a column for each of the model's inputs.
   *
   * @return the param
   */
  default StringArrayParam featuresCols() {
    return new StringArrayParam(this, "featuresCols", "a column for each of the model's inputs");
  }

  /**
   * Says a column for each of the model's inputs.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  /**
   * Sets a column for each of the model's inputs.
   *
   * @param value their names, in the order of the inputs; the inputs' own names unless set
   * @return this
   */
  default S setFeaturesCols(String[] value) {
    return Settings.set(this, featuresCols(), value);
  }

  /**
   * The setting: how many numbers a step of an array has that is not nested.
   *
   * @return the param
   */
  default IntParam featureCount() {
    return new IntParam(
        this,
        "featureCount",
        "how many numbers a step of an array has that is not nested",
        ParamValidators.gt(0));
  }

  /**
   * Says how many numbers a step of an array has that is not nested.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default int getFeatureCount() {
    return (int) getOrDefault(featureCount());
  }

  /**
   * Sets how many numbers a step of an array has that is not nested.
   *
   * @param value 1 or more, which is held against the model
   * @return this
   */
  default S setFeatureCount(int value) {
    return Settings.set(this, featureCount(), value);
  }

  /**
   * The setting: the column that says how many steps of a row are real.
   *
   * @return the param
   */
  default Param<String> lengthsCol() {
    return new Param<>(this, "lengthsCol", "the column that says how many steps of a row are real");
  }

  /**
   * Says the column that says how many steps of a row are real.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getLengthsCol() {
    return getOrDefault(lengthsCol());
  }

  /**
   * Sets the column that says how many steps of a row are real.
   *
   * @param value its name; all steps are unless set
   * @return this
   */
  default S setLengthsCol(String value) {
    return Settings.set(this, lengthsCol(), value);
  }

  /**
   * The setting: the column that names a row in errors.
   *
   * @return the param
   */
  default Param<String> idCol() {
    return new Param<>(this, "idCol", "the column that names a row in errors");
  }

  /**
   * Says the column that names a row in errors.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getIdCol() {
    return getOrDefault(idCol());
  }

  /**
   * Sets the column that names a row in errors.
   *
   * @param value its name; rows are counted unless set
   * @return this
   */
  default S setIdCol(String value) {
    return Settings.set(this, idCol(), value);
  }

  /**
   * The setting: the column for the predictions.
   *
   * @return the param
   */
  default Param<String> outputCol() {
    return new Param<>(this, "outputCol", "the column for the predictions");
  }

  /**
   * Says the column for the predictions.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /**
   * Sets the column for the predictions.
   *
   * @param value its name, {@code prediction} unless set; of several outputs what their names begin
   *     with
   * @return this
   */
  default S setOutputCol(String value) {
    return Settings.set(this, outputCol(), value);
  }

  /**
   * The setting: a column for each of the outputs.
   *
   * @return the param
   */
  default StringArrayParam outputCols() {
    return new StringArrayParam(this, "outputCols", "a column for each of the outputs");
  }

  /**
   * Says a column for each of the outputs.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String[] getOutputCols() {
    return getOrDefault(outputCols());
  }

  /**
   * Sets a column for each of the outputs.
   *
   * @param value their names, in the order of the outputs
   * @return this
   */
  default S setOutputCols(String[] value) {
    return Settings.set(this, outputCols(), value);
  }
}
