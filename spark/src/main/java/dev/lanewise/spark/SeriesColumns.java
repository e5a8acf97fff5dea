package dev.lanewise.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Which columns of a table of many series are read: of the step that trains models and of the step
 * that forecasts with them.
 *
 * @param <S> the step, which setters give back
 */
public interface SeriesColumns<S> extends Params {
  /**
   * The setting: the column that names each row's series.
   *
   * @return the param
   */
  default Param<String> seriesCol() {
    return new Param<>(this, "seriesCol", "the column that names each row's series");
  }

  /**
   * Says the column that names each row's series.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getSeriesCol() {
    return getOrDefault(seriesCol());
  }

  /**
   * Sets the column that names each row's series.
   *
   * @param value its name; values of any type are taken as text
   * @return this
   */
  default S setSeriesCol(String value) {
    return Settings.set(this, seriesCol(), value);
  }

  /**
   * The setting: the column that says when each row was.
   *
   * @return the param
   */
  default Param<String> timeCol() {
    return new Param<>(this, "timeCol", "the column that says when each row was");
  }

  /**
   * Says the column that says when each row was.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getTimeCol() {
    return getOrDefault(timeCol());
  }

  /**
   * Sets the column that says when each row was.
   *
   * @param value its name: a date, a timestamp, or a whole number that says the order alone
   * @return this
   */
  default S setTimeCol(String value) {
    return Settings.set(this, timeCol(), value);
  }

  /**
   * The setting: the column to forecast.
   *
   * @return the param
   */
  default Param<String> targetCol() {
    return new Param<>(this, "targetCol", "the column to forecast");
  }

  /**
   * Says the column to forecast.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getTargetCol() {
    return getOrDefault(targetCol());
  }

  /**
   * Sets the column to forecast.
   *
   * @param value its name
   * @return this
   */
  default S setTargetCol(String value) {
    return Settings.set(this, targetCol(), value);
  }

  /**
   * The setting: the columns to forecast from.
   *
   * @return the param
   */
  default StringArrayParam featuresCols() {
    return new StringArrayParam(this, "featuresCols", "the columns to forecast from");
  }

  /**
   * Says the columns to forecast from.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  /**
   * Sets the columns to forecast from.
   *
   * @param value their names, numbers or text; the target alone unless set
   * @return this
   */
  default S setFeaturesCols(String[] value) {
    return Settings.set(this, featuresCols(), value);
  }
}
