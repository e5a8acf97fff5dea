package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.SplitMix64;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A dropout in training. What a row drops is drawn from the seed, the number of the batch and the
 * row's place in it, whatever thread draws.
 */
public final class DropoutTraining extends WeightlessTraining {
  private final double rate;
  private final float scale; // of what is kept
  private final long seed;
  private final MemorySegment factors; // (steps, batch, width): 0 or the scale
  private long update;

  public DropoutTraining(double rate, TrainingPlace place) {
    super(place);
    this.rate = rate;
    this.scale = (float) (1 / (1 - rate));
    this.seed = place.seed();
    long elements = (long) Sizes.rows(steps(), place.batch()) * width();
    this.factors = Blocks.allocate(Arena.ofAuto(), elements);
  }

  @Override
  public void begin(long number, int batch) {
    update = number;
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch);
    for (int row = first; row < first + rows; row++) {
      SplitMix64 random = SplitMix64.stream(seed + update, row);
      for (int step = 0; step < steps(); step++) {
        long at = ((long) step * batch + row) * width();
        for (long i = at; i < at + width(); i++) {
          float factor = random.nextDouble() < rate ? 0 : scale;
          factors.setAtIndex(JAVA_FLOAT, i, factor);
          float value = below.values().getAtIndex(JAVA_FLOAT, from + i);
          output.setAtIndex(JAVA_FLOAT, i, value * factor);
        }
      }
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps() && below.wantsGradient(); step++) {
      long at = ((long) step * batch + first) * width();
      for (long i = at; i < at + (long) rows * width(); i++) {
        float d = dOutput.getAtIndex(JAVA_FLOAT, i) * factors.getAtIndex(JAVA_FLOAT, i);
        below.gradient().setAtIndex(JAVA_FLOAT, i, d);
      }
    }
  }
}
