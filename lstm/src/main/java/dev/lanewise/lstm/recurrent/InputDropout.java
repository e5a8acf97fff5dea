package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.train.TrainingBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent layer reads in training where it drops features of it, of a sequence the same at
 * every step: one copy, or one for each gate, with a mask and gradients of its own.
 */
final class InputDropout {
  private final TrainingBlock below;
  private final DropoutMasks masks;
  private final Copy[] copies;

  InputDropout(TrainingBlock below, int copies, int batch, double rate, long seed) {
    this.below = below;
    this.masks = new DropoutMasks(copies, batch, below.width(), rate, seed);
    this.copies = new Copy[copies];
    Arena arena = Arena.ofAuto();
    long elements = (long) Sizes.rows(below.steps(), batch) * below.width();
    for (int i = 0; i < copies; i++) { // of one the gradients lie below
      boolean own = i > 0 && below.wantsGradient();
      MemorySegment gradient = own ? Blocks.allocate(arena, elements) : null;
      this.copies[i] = new Copy(below, Blocks.allocate(arena, elements), gradient);
    }
  }

  /** What the layer reads instead. */
  TrainingBlock[] copies() {
    return copies.clone();
  }

  void begin(long update) {
    masks.begin(update);
  }

  /** Draws the masks of some rows, and drops. */
  void forward(int batch, int first, int rows) {
    for (int row = first; row < first + rows; row++) {
      masks.draw(row, row);
    }
    for (int step = 0; step < below.steps(); step++) {
      long at = ((long) step * batch + first) * below.width();
      long from = below.valuesOffset(batch) + at;
      for (int i = 0; i < copies.length; i++) {
        masks.apply(i, first, rows, below.values(), from, copies[i].values, at);
      }
    }
  }

  /** From the gradients of the copies to those below, if wanted. */
  void backward(int batch, int first, int rows) {
    for (int step = 0; step < below.steps() && below.wantsGradient(); step++) {
      long at = ((long) step * batch + first) * below.width();
      for (int i = 0; i < copies.length; i++) {
        MemorySegment gradient = copies[i].gradient();
        masks.apply(i, first, rows, gradient, at, gradient, at);
        if (i > 0) {
          long elements = (long) rows * below.width();
          AddScaled.apply(elements, 1, gradient, at, below.gradient(), at);
        }
      }
    }
  }

  /** One copy (steps, batch, features). */
  private record Copy(TrainingBlock below, MemorySegment values, @Nullable MemorySegment own)
      implements TrainingBlock {

    @Override
    public long valuesOffset(int batch) {
      return 0;
    }

    @Override
    public boolean wantsGradient() {
      return below.wantsGradient();
    }

    @Override
    public MemorySegment gradient() {
      return own == null ? below.gradient() : own;
    }

    @Override
    public @Nullable StepMask mask() {
      return below.mask();
    }

    @Override
    public int steps() {
      return below.steps();
    }

    @Override
    public int width() {
      return below.width();
    }
  }
}
