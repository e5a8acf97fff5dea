package dev.lanewise.lstm;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.MomentumUpdate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The velocity of {@link Sgd}. */
final class SgdState implements OptimizerState {
  private final Sgd sgd;
  private final MemorySegment velocity; // as long as the trainable weights; unused without momentum

  SgdState(Sgd sgd, long elements) {
    this.sgd = sgd;
    this.velocity = Blocks.allocate(Arena.ofAuto(), sgd.momentum() == 0 ? 0 : elements);
  }

  @Override
  public Optimizer optimizer() {
    return sgd;
  }

  @Override
  public void begin() {}

  @Override
  public void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    float rate = (float) sgd.learningRate();
    if (sgd.momentum() == 0) {
      AddScaled.apply(n, -rate, gradients, from, weights, from);
      return;
    }
    float momentum = (float) sgd.momentum();
    MomentumUpdate.apply(n, rate, momentum, gradients, from, velocity, from, weights, from);
  }
}
