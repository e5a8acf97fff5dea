package dev.lanewise.lstm.recurrent;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.Multiply;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.SplitMix64;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the rows of a batch drop at every step: masks of 0, and of the scale that makes up for it.
 * They are drawn from the seed, the number of the batch and the row's place in it, whatever thread
 * draws.
 */
final class DropoutMasks {
  private final int width;
  private final double rate;
  private final float scale; // of what is kept
  private final long seed;
  private final MemorySegment[] factors; // by mask: (batch, width)
  private long update;

  /**
   * Several masks of each row.
   *
   * @param rate the part that is dropped: at least 0, below 1
   */
  DropoutMasks(int masks, int batch, int width, double rate, long seed) {
    this.width = width;
    this.rate = rate;
    this.scale = (float) (1 / (1 - rate));
    this.seed = seed;
    this.factors = new MemorySegment[masks];
    Arena arena = Arena.ofAuto();
    for (int i = 0; i < masks; i++) {
      factors[i] = Blocks.allocate(arena, (long) batch * width);
    }
  }

  /** One thread, before a batch: how many came before. */
  void begin(long number) {
    update = number;
  }

  /** Draws the masks of a row of the batch, and keeps them in a slot. */
  void draw(int slot, int row) {
    SplitMix64 random = SplitMix64.stream(seed + update, row);
    long first = (long) slot * width;
    for (MemorySegment mask : factors) {
      for (long at = first; at < first + width; at++) {
        mask.setAtIndex(JAVA_FLOAT, at, random.nextDouble() < rate ? 0 : scale);
      }
    }
  }

  /**
   * Values times one of the masks, the rows in the order of their slots.
   *
   * @param from (rows, width). Not modified, unless it is {@code to}.
   * @param to (rows, width). Overwritten; may be {@code from} itself.
   */
  void apply(
      int mask,
      int slot,
      int rows,
      MemorySegment from,
      long fromOffset,
      MemorySegment to,
      long toOffset) {
    long at = (long) slot * width;
    Multiply.apply((long) rows * width, from, fromOffset, factors[mask], at, to, toOffset);
  }

  /** One of the masks itself. */
  void copy(int mask, int slot, int rows, MemorySegment to, long toOffset) {
    Blocks.copy(factors[mask], (long) slot * width, to, toOffset, (long) rows * width);
  }
}
