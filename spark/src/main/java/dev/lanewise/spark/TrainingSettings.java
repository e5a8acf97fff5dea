package dev.lanewise.spark;

import dev.lanewise.formats.LayerList;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How the models of many series are trained, and where.
 *
 * @param <S> the step, which setters give back
 */
public interface TrainingSettings<S> extends Params {
  /**
   * The setting: the network, as {@link LayerList} reads it.
   *
   * @return the param
   */
  default Param<String> layers() {
    return new Param<>(this, "layers", "the network, as LayerList reads it");
  }

  /**
   * Says the network, as {@link LayerList} reads it.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getLayers() {
    return getOrDefault(layers());
  }

  /**
   * Sets the network, as {@link LayerList} reads it.
   *
   * @param value such as {@code lstm:32,dense:1}; {@code lstm:64} and a dense layer unless set
   * @return this
   */
  default S setLayers(String value) {
    return Settings.set(this, layers(), value);
  }

  /**
   * The setting: how many passes over the windows a training takes.
   *
   * @return the param
   */
  default IntParam epochs() {
    return new IntParam(
        this, "epochs", "how many passes over the windows a training takes", ParamValidators.gt(0));
  }

  /**
   * Says how many passes over the windows a training takes.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default int getEpochs() {
    return (int) getOrDefault(epochs());
  }

  /**
   * Sets how many passes over the windows a training takes.
   *
   * @param value 1 or more, 20 unless set
   * @return this
   */
  default S setEpochs(int value) {
    return Settings.set(this, epochs(), value);
  }

  /**
   * The setting: how many windows an update takes.
   *
   * @return the param
   */
  default IntParam batchSize() {
    return new IntParam(
        this, "batchSize", "how many windows an update takes", ParamValidators.gt(0));
  }

  /**
   * Says how many windows an update takes.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  /**
   * Sets how many windows an update takes.
   *
   * @param value 1 or more, 32 unless set
   * @return this
   */
  default S setBatchSize(int value) {
    return Settings.set(this, batchSize(), value);
  }

  /**
   * The setting: the learning rate of Adam.
   *
   * @return the param
   */
  default DoubleParam learningRate() {
    return new DoubleParam(
        this, "learningRate", "the learning rate of Adam", ParamValidators.gt(0));
  }

  /**
   * Says the learning rate of Adam.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default double getLearningRate() {
    return (double) getOrDefault(learningRate());
  }

  /**
   * Sets the learning rate of Adam.
   *
   * @param value above 0, 0.001 unless set
   * @return this
   */
  default S setLearningRate(double value) {
    return Settings.set(this, learningRate(), value);
  }

  /**
   * The setting: which fraction of the rows, the latest, is held back to test on.
   *
   * @return the param
   */
  default DoubleParam testFraction() {
    return new DoubleParam(
        this,
        "testFraction",
        "which fraction of the rows, the latest, is held back to test on",
        ParamValidators.inRange(0, 1, true, false));
  }

  /**
   * Says which fraction of the rows, the latest, is held back to test on.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default double getTestFraction() {
    return (double) getOrDefault(testFraction());
  }

  /**
   * Sets which fraction of the rows, the latest, is held back to test on.
   *
   * @param value from 0, where all are trained on, to below 1; 0.2 unless set
   * @return this
   */
  default S setTestFraction(double value) {
    return Settings.set(this, testFraction(), value);
  }

  /**
   * The setting: what weights and shuffles are drawn from.
   *
   * @return the param
   */
  default LongParam seed() {
    return new LongParam(this, "seed", "what weights and shuffles are drawn from");
  }

  /**
   * Says what weights and shuffles are drawn from.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /**
   * Sets what weights and shuffles are drawn from.
   *
   * @param value any number; each series has a seed of its own, made of this one and its name
   * @return this
   */
  default S setSeed(long value) {
    return Settings.set(this, seed(), value);
  }

  /**
   * The setting: over how many tasks the series are spread.
   *
   * @return the param
   */
  default IntParam partitions() {
    return new IntParam(
        this, "partitions", "over how many tasks the series are spread", ParamValidators.gt(0));
  }

  /**
   * Says over how many tasks the series are spread.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default int getPartitions() {
    return (int) getOrDefault(partitions());
  }

  /**
   * Sets over how many tasks the series are spread.
   *
   * @param value 1 or more; four for each core of the cluster unless set. Models do not depend on
   *     it
   * @return this
   */
  default S setPartitions(int value) {
    return Settings.set(this, partitions(), value);
  }

  /**
   * The setting: where trained models are written, as Parquet.
   *
   * @return the param
   */
  default Param<String> modelsDir() {
    return new Param<>(this, "modelsDir", "where trained models are written, as Parquet");
  }

  /**
   * Says where trained models are written, as Parquet.
   *
   * @return the value
   * @throws java.util.NoSuchElementException when it is not set and has no default
   */
  default String getModelsDir() {
    return getOrDefault(modelsDir());
  }

  /**
   * Sets where trained models are written, as Parquet.
   *
   * @param value a path that all machines reach, overwritten; unless set, each stays on the disk of
   *     the executor that trained it, and is trained again where that is lost
   * @return this
   */
  default S setModelsDir(String value) {
    return Settings.set(this, modelsDir(), value);
  }
}
