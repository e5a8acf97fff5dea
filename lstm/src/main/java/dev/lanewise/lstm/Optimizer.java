package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import java.util.ArrayList;
import java.util.List;

/**
 * How gradients change weights. {@link CustomOptimizer} takes a rule of your own. Immutable; the
 * moments that it needs are the model's and begin anew at {@link Sequential#compile}.
 */
public abstract class Optimizer {
  private final Schedule schedule;
  private final Clipping clipping;

  /** With what all optimizers have; throws where more than one clipping is set. */
  Optimizer(Builder<?> from) {
    this.schedule = from.schedule;
    this.clipping = from.clipping();
  }

  /**
   * The factor of the first update, and of all without a schedule.
   *
   * @return 0 or more
   */
  public final double learningRate() {
    return schedule.at(0);
  }

  /**
   * The factor of each update.
   *
   * @return the schedule
   */
  public final Schedule schedule() {
    return schedule;
  }

  /**
   * The largest absolute value that a gradient may have; others are set to it, Keras's {@code
   * clipvalue}.
   *
   * @return the value, or infinity where gradients are not clipped so
   */
  public final double clipValue() {
    return clipping.value();
  }

  /**
   * The largest Euclidean norm that the gradient of each weight may have, for instance that of a
   * layer's kernel; longer ones are scaled down to it, Keras's {@code clipnorm}.
   *
   * @return the norm, or infinity where gradients are not clipped so
   */
  public final double clipNorm() {
    return clipping.norm();
  }

  /**
   * The largest Euclidean norm that the gradients of all weights together may have; longer ones are
   * scaled down to it, Keras's {@code global_clipnorm}.
   *
   * @return the norm, or infinity where gradients are not clipped so
   */
  public final double globalClipNorm() {
    return clipping.globalNorm();
  }

  /** What the gradients are held to before an update. */
  final Clipping clipping() {
    return clipping;
  }

  /** The factor of an update, counted from 0; throws where the schedule has none. */
  final double rate(long update) {
    double rate = schedule.at(update);
    if (!(rate >= 0 && Double.isFinite(rate))) {
      throw OptimizerErrors.rate(update, rate);
    }
    return rate;
  }

  /** What it remembers of earlier gradients of these weights: nothing yet. */
  abstract OptimizerState state(ModelWeights weights);

  /**
   * Collects what all optimizers have. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static class Builder<B extends Builder<B>> {
    private final String name;
    private Schedule schedule;
    private double clipValue = Double.POSITIVE_INFINITY;
    private double clipNorm = Double.POSITIVE_INFINITY;
    private double globalClipNorm = Double.POSITIVE_INFINITY;

    /** Begins with Keras's default rate; errors say the optimizer's name. */
    Builder(String name, double learningRate) {
      this.name = name;
      this.schedule = _ -> learningRate;
    }

    abstract B self();

    /**
     * Sets the learning rate.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public final B learningRate(double value) {
      Settings.positive(name, "learningRate", value);
      this.schedule = _ -> value;
      return self();
    }

    /**
     * Sets a learning rate that changes from update to update.
     *
     * @param value the rates
     * @return this
     */
    public final B learningRate(Schedule value) {
      this.schedule = value;
      return self();
    }

    /**
     * Sets the largest absolute value of a gradient.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public final B clipValue(double value) {
      this.clipValue = Settings.positive(name, "clipValue", value);
      return self();
    }

    /**
     * Sets the largest norm of each weight's gradient.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public final B clipNorm(double value) {
      this.clipNorm = Settings.positive(name, "clipNorm", value);
      return self();
    }

    /**
     * Sets the largest norm of all gradients together.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public final B globalClipNorm(double value) {
      this.globalClipNorm = Settings.positive(name, "globalClipNorm", value);
      return self();
    }

    /**
     * The optimizer.
     *
     * @return a new optimizer
     * @throws IllegalArgumentException when more than one clipping is set
     */
    public abstract Optimizer build();

    private Clipping clipping() {
      List<String> set = new ArrayList<>();
      add(set, "clipNorm", clipNorm);
      add(set, "clipValue", clipValue);
      add(set, "globalClipNorm", globalClipNorm);
      if (set.size() > 1) {
        throw OptimizerErrors.twoClips(name, set);
      }
      return new Clipping(clipValue, clipNorm, globalClipNorm);
    }

    private static void add(List<String> set, String clip, double value) {
      if (Double.isFinite(value)) {
        set.add(clip + "=" + value);
      }
    }
  }
}
