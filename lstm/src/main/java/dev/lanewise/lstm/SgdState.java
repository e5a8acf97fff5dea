package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.AddScaled;
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
    for (long i = from; i < from + n; i++) {
      float last = velocity.getAtIndex(JAVA_FLOAT, i);
      float next = momentum * last - rate * gradients.getAtIndex(JAVA_FLOAT, i);
      velocity.setAtIndex(JAVA_FLOAT, i, next);
      weights.setAtIndex(JAVA_FLOAT, i, weights.getAtIndex(JAVA_FLOAT, i) + next);
    }
  }
}
