package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which weights a layer has: their names after the layer's, shapes and first values.
 *
 * @param suffix the last part of the weight's name
 * @param shape row-major
 * @param trainable whether fit changes it
 * @param initializer its first value
 */
record WeightSpec(String suffix, Shape shape, boolean trainable, Initializer initializer) {
  static final String KERNEL = "kernel";
  static final String RECURRENT_KERNEL = "recurrent_kernel";
  static final String BIAS = "bias";
  static final String MEAN = "mean";
  static final String DEVIATION = "deviation";

  /** Keras's weights and initialisers of a layer on so many features. */
  static List<WeightSpec> of(Layer layer, int features) {
    return switch (layer) {
      case Lstm lstm -> lstm(lstm, features);
      case Dense dense -> dense(dense, features);
      case Normalization normalization -> normalization(normalization);
    };
  }

  private static List<WeightSpec> lstm(Lstm lstm, int features) {
    int units = lstm.units();
    int gates = Math.multiplyExact(4, units);
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(trained(KERNEL, Shape.of(features, gates), new GlorotUniform(features, gates)));
    specs.add(trained(RECURRENT_KERNEL, Shape.of(units, gates), new Orthogonal(units, gates)));
    if (lstm.useBias()) {
      Initializer bias = lstm.unitForgetBias() ? new ForgetBias(units) : Initializer.ZEROS;
      specs.add(trained(BIAS, Shape.of(gates), bias));
    }
    return specs;
  }

  private static List<WeightSpec> dense(Dense dense, int features) {
    int units = dense.units();
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(trained(KERNEL, Shape.of(features, units), new GlorotUniform(features, units)));
    if (dense.useBias()) {
      specs.add(trained(BIAS, Shape.of(units), Initializer.ZEROS));
    }
    return specs;
  }

  private static List<WeightSpec> normalization(Normalization layer) {
    Shape shape = Shape.of(layer.features());
    return List.of(
        new WeightSpec(MEAN, shape, false, new Constants(layer.mean())),
        new WeightSpec(DEVIATION, shape, false, new Constants(layer.deviation())));
  }

  private static WeightSpec trained(String suffix, Shape shape, Initializer initializer) {
    return new WeightSpec(suffix, shape, true, initializer);
  }
}
