package dev.lanewise.bench;

import java.util.List;

/**
 * The training shapes: an LSTM and a Dense(1) on its last state, mean squared error, Adam.
 *
 * @param name as the results print it
 * @param batch sequences in a step
 * @param timesteps length of a sequence
 * @param features of a timestep
 * @param units of the layer
 */
record TrainShape(String name, int batch, int timesteps, int features, int units) {

  private static final List<TrainShape> ALL =
      List.of(
          new TrainShape("train-sine", 32, 10, 1, 50),
          new TrainShape("train-mnist", 128, 28, 28, 128),
          new TrainShape("train-text", 32, 50, 100, 100),
          new TrainShape("train-512", 64, 25, 512, 512));

  static List<TrainShape> all() {
    return ALL;
  }

  static TrainShape named(String name) {
    return ALL.stream().filter(shape -> shape.name.equals(name)).findFirst().orElseThrow();
  }

  /**
   * Floating-point operations of the products: forward, and the gradients of the weights and of the
   * states.
   */
  double flops() {
    double forward = 8.0 * batch * timesteps * units * (features + units);
    double states = 8.0 * batch * timesteps * units * units;
    return 2 * forward + states;
  }
}
