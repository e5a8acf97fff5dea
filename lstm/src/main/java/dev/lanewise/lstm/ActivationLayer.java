package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Activated;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ElementwiseForward;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.IdentityForward;
import dev.lanewise.lstm.train.ElementwiseTraining;
import dev.lanewise.lstm.train.RowLoss;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An activation on its own, element by element: {@code y = a(x)}, Keras's {@code Activation}. A
 * {@link Dense} or {@link Conv1d} takes one itself, without this layer. {@link Relu} and {@link
 * Elu} have settings.
 *
 * <p>On (batch, features) or (batch, timesteps, features). Immutable.
 */
public final class ActivationLayer extends Layer {
  static final LayerType TYPE =
      Declaration.of(ActivationLayer.class, () -> of(Activation.LINEAR))
          .constant(
              "activation", Activation.class, ActivationLayer::activation, (layer, v) -> of(v))
          .type();

  private final Activation activation;

  private ActivationLayer(String name, Activation activation) {
    super(name);
    this.activation = activation;
  }

  /**
   * The layer.
   *
   * @param activation the activation a
   * @return a new layer
   */
  public static ActivationLayer of(Activation activation) {
    return new ActivationLayer("", activation);
  }

  @Override
  public ActivationLayer named(String name) {
    return new ActivationLayer(name, activation);
  }

  /**
   * The activation a.
   *
   * @return the activation
   */
  public Activation activation() {
    return activation;
  }

  @Override
  @Nullable RowLoss fused(Loss loss) {
    return activation == Activation.SIGMOID ? loss.afterSigmoid() : null;
  }

  @Override
  List<Layer> unfused() {
    return List.of();
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return activation == Activation.LINEAR
        ? IdentityForward.INSTANCE
        : new ElementwiseForward(new Activated(activation), in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new ElementwiseTraining(new Activated(activation), place);
  }
}
