package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AdamUpdate;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The moments of Adam. */
public final class AdamState implements OptimizerState {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final MemorySegment first; // m, as long as the trainable weights
  private final MemorySegment second; // v, as long as the trainable weights
  private double learningRate;
  private long step;

  public AdamState(double beta1, double beta2, double epsilon, long elements) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.first = Blocks.allocate(Arena.ofAuto(), elements);
    this.second = Blocks.allocate(Arena.ofAuto(), elements);
  }

  @Override
  public long updates() {
    return step;
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("m", first), new Slot("v", second));
  }

  @Override
  public void resume(long updates) {
    step = updates;
  }

  @Override
  public void begin(double rate) {
    learningRate = rate;
    step++;
  }

  @Override
  public void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    AdamUpdate.apply(
        n,
        step,
        learningRate,
        beta1,
        beta2,
        epsilon,
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
