package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.MomentumUpdate;
import java.lang.foreign.MemorySegment;

/** The velocity of stochastic gradient descent. */
public final class SgdState extends OptimizerState {
  private static final int VELOCITY = 0;

  private final float momentum;
  private final boolean nesterov;

  /**
   * Nothing yet.
   *
   * @param momentum how much of the velocity stays; without any there is no slot
   * @param nesterov whether weights go by the velocity to come
   * @param elements of the trainable weights with their padding
   */
  public SgdState(double momentum, boolean nesterov, long elements) {
    super(elements, momentum == 0 ? new String[0] : new String[] {"momentum"});
    this.momentum = (float) momentum;
    this.nesterov = nesterov;
  }

  @Override
  void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    float rate = (float) learningRate();
    if (slots().isEmpty()) {
      AddScaled.apply(n, -rate, gradients, from, weights, from);
    } else if (nesterov) {
      MomentumUpdate.nesterov(
          n, rate, momentum, gradients, from, slot(VELOCITY), from, weights, from);
    } else {
      MomentumUpdate.apply(n, rate, momentum, gradients, from, slot(VELOCITY), from, weights, from);
    }
  }
}
