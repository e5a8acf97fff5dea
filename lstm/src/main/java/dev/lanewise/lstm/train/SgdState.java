package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.MomentumUpdate;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The velocity of stochastic gradient descent. */
public final class SgdState implements OptimizerState {
  private final float momentum;
  private final MemorySegment velocity; // as long as the trainable weights; unused without momentum
  private float learningRate;
  private long step;

  public SgdState(double momentum, long elements) {
    this.momentum = (float) momentum;
    this.velocity = Blocks.allocate(Arena.ofAuto(), momentum == 0 ? 0 : elements);
  }

  @Override
  public long updates() {
    return step;
  }

  @Override
  public List<Slot> slots() {
    return momentum == 0 ? List.of() : List.of(new Slot("velocity", velocity));
  }

  @Override
  public void resume(long updates) {
    step = updates;
  }

  @Override
  public void begin(double rate) {
    learningRate = (float) rate;
    step++;
  }

  @Override
  public void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    if (momentum == 0) {
      AddScaled.apply(n, -learningRate, gradients, from, weights, from);
      return;
    }
    MomentumUpdate.apply(n, learningRate, momentum, gradients, from, velocity, from, weights, from);
  }
}
