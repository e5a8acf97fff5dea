package dev.lanewise.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * From which rows a forecast is made, and of which.
 *
 * @param <S> the step, which setters give back
 */
public interface ForecastSteps<S> extends Params {
  /**
   * The setting: how many rows a forecast looks back.
   *
   * @return the param
   */
  default IntParam window() {
    return new IntParam(
        this, "window", "how many rows a forecast looks back", ParamValidators.gt(0));
  }

  /**
   * Says how many rows a forecast looks back.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default int getWindow() {
    return (int) getOrDefault(window());
  }

  /**
   * Sets how many rows a forecast looks back.
   *
   * @param value 1 or more, 30 unless set
   * @return this
   */
  default S setWindow(int value) {
    return Settings.set(this, window(), value);
  }

  /**
   * The setting: the nearest row ahead that is forecast.
   *
   * @return the param
   */
  default IntParam firstStep() {
    return new IntParam(this, "firstStep", "the nearest row ahead that is forecast");
  }

  /**
   * The setting: the farthest row ahead that is forecast.
   *
   * @return the param
   */
  default IntParam lastStep() {
    return new IntParam(this, "lastStep", "the farthest row ahead that is forecast");
  }

  /**
   * Sets the one row ahead that is forecast.
   *
   * @param step 1 for the next row, or more; 1 unless set
   * @return this
   */
  default S setHorizon(int step) {
    return setHorizon(step, step);
  }

  /**
   * Sets the rows ahead that are forecast, all at once.
   *
   * @param first the nearest, 1 for the next row, or more
   * @param last the farthest
   * @return this
   */
  default S setHorizon(int first, int last) {
    set(firstStep(), first);
    return Settings.set(this, lastStep(), last);
  }
}
