package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;

/**
 * One weight of a layer.
 *
 * @param suffix the last part of its name, after the layer's
 * @param shape row-major
 * @param trainable whether fit changes it
 * @param initializer its first value
 * @param given whether that comes with the layer rather than from a seed
 */
record WeightSpec(
    String suffix, Shape shape, boolean trainable, Initializer initializer, boolean given) {
  static final String KERNEL = "kernel";
  static final String RECURRENT_KERNEL = "recurrent_kernel";
  static final String BIAS = "bias";
  static final String EMBEDDINGS = "embeddings";
  static final String MEAN = "mean";
  static final String DEVIATION = "deviation";

  /** One that is trained from a drawn value. */
  static WeightSpec trained(String suffix, Shape shape, Initializer initializer) {
    return new WeightSpec(suffix, shape, true, initializer, false);
  }

  /** The same weight of a layer within a layer. */
  WeightSpec under(String prefix) {
    return new WeightSpec(prefix + suffix, shape, trainable, initializer, given);
  }
}
