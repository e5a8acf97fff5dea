package dev.lanewise.lstm.memory;

import dev.lanewise.tensor.Shape;

/**
 * One weight of a layer.
 *
 * @param suffix the last part of its name, after the layer's
 * @param shape row-major
 * @param trainable whether fit changes it
 * @param initializer its first value
 * @param given whether that comes with the layer rather than from a seed
 * @param penalty what it adds to the loss
 */
public record WeightSpec(
    String suffix,
    Shape shape,
    boolean trainable,
    Initializer initializer,
    boolean given,
    Penalty penalty) {
  public static final String KERNEL = "kernel";
  public static final String RECURRENT_KERNEL = "recurrent_kernel";
  public static final String BIAS = "bias";
  public static final String PEEPHOLE = "peephole";
  public static final String PROJECTION_KERNEL = "projection_kernel";
  public static final String INITIAL_H = "initial_h";
  public static final String INITIAL_C = "initial_c";
  public static final String EMBEDDINGS = "embeddings";
  public static final String MEAN = "mean";
  public static final String DEVIATION = "deviation";
  public static final String GAMMA = "gamma";
  public static final String BETA = "beta";
  public static final String MOVING_MEAN = "moving_mean";
  public static final String MOVING_VARIANCE = "moving_variance";

  /**
   * What the names of the weights of a layer in the order of time begin with, after the layer's.
   */
  public static final String FORWARD = "forward/";

  /** What those of the layer that goes backwards begin with. */
  public static final String BACKWARD = "backward/";

  /** One that adds nothing to the loss. */
  public WeightSpec(
      String suffix, Shape shape, boolean trainable, Initializer initializer, boolean given) {
    this(suffix, shape, trainable, initializer, given, Penalty.NONE);
  }

  /** One that is trained from a drawn value. */
  public static WeightSpec trained(String suffix, Shape shape, Initializer initializer) {
    return new WeightSpec(suffix, shape, true, initializer, false);
  }

  /** The same weight, which fit does not change. */
  public WeightSpec frozen() {
    return new WeightSpec(suffix, shape, false, initializer, given);
  }

  /** The same weight, which adds to the loss. */
  public WeightSpec with(Penalty value) {
    return new WeightSpec(suffix, shape, trainable, initializer, given, value);
  }

  /** The same weight of a layer within a layer. */
  public WeightSpec under(String prefix) {
    return new WeightSpec(prefix + suffix, shape, trainable, initializer, given, penalty);
  }
}
