package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.Multiply;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.SplitMix64;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A dropout of whole features in training. What a row drops is drawn from the seed, the number of
 * the batch and the row's place in it, whatever thread draws.
 */
public final class SpatialDropout1dTraining extends WeightlessTraining {
  private final double rate;
  private final float scale; // of what is kept
  private final long seed;
  private final MemorySegment factors; // (batch, width): 0 or the scale
  private long update;

  public SpatialDropout1dTraining(double rate, TrainingPlace place) {
    super(place);
    this.rate = rate;
    this.scale = (float) (1 / (1 - rate));
    this.seed = place.seed();
    this.factors = Blocks.allocate(Arena.ofAuto(), (long) place.batch() * width());
  }

  @Override
  public void begin(long number, int batch) {
    update = number;
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    for (int row = first; row < first + rows; row++) {
      SplitMix64 random = SplitMix64.stream(seed + update, row);
      for (long i = (long) row * width(); i < (row + 1L) * width(); i++) {
        factors.setAtIndex(JAVA_FLOAT, i, random.nextDouble() < rate ? 0 : scale);
      }
    }
    multiply(batch, first, rows, below.values(), below.valuesOffset(batch), output);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (below.wantsGradient()) {
      multiply(batch, first, rows, dOutput, 0, below.gradient());
    }
  }

  private void multiply(
      int batch, int first, int rows, MemorySegment in, long inOffset, MemorySegment out) {
    long n = (long) rows * width();
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + first) * width();
      Multiply.apply(n, in, inOffset + at, factors, (long) first * width(), out, at);
    }
  }
}
