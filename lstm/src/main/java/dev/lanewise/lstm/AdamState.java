package dev.lanewise.lstm;

import dev.lanewise.kernels.AdamUpdate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The moments of {@link Adam}. */
final class AdamState implements OptimizerState {
  private final Adam adam;
  private final MemorySegment first; // m, as long as the trainable weights
  private final MemorySegment second; // v, as long as the trainable weights
  private long step;

  AdamState(Adam adam, long elements) {
    this.adam = adam;
    this.first = Blocks.allocate(Arena.ofAuto(), elements);
    this.second = Blocks.allocate(Arena.ofAuto(), elements);
  }

  @Override
  public Optimizer optimizer() {
    return adam;
  }

  @Override
  public void begin() {
    step++;
  }

  @Override
  public void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    AdamUpdate.apply(
        n,
        step,
        adam.learningRate(),
        adam.beta1(),
        adam.beta2(),
        adam.epsilon(),
        gradients,
        from,
        first,
        from,
        second,
        from,
        weights,
        from);
  }
}
