package dev.lanewise.lstm;

/**
 * Turns the scores of a row into probabilities that add up to 1: {@code y_i = e^(x_i) / sum of
 * e^(x_j)}, over the last axis. Keras's {@code activation="softmax"} is this layer after a linear
 * {@link Dense}.
 *
 * <p>On (batch, features) or (batch, timesteps, features). Immutable.
 */
public final class Softmax extends Layer {
  private Softmax(String name) {
    super(name);
  }

  /**
   * The layer.
   *
   * @return a new layer
   */
  public static Softmax of() {
    return new Softmax("");
  }

  @Override
  public Softmax named(String name) {
    return new Softmax(name);
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new SoftmaxForward(in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new SoftmaxTraining(place);
  }

  /**
   * The layer in words.
   *
   * @return for instance {@code Softmax "softmax"}
   */
  @Override
  public String toString() {
    return LayerNames.quoted(this);
  }
}
