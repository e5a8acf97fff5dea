package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where what one layer gives and the next takes lies during training: values that the forward
 * writes, and gradients that the layer above writes. Time-major (steps, batch, width), dense for
 * the batch at hand, which may be smaller than the one that the memory was planned for.
 */
public interface TrainingBlock {

  /** The values. */
  MemorySegment values();

  /** Where they begin, in elements. */
  long valuesOffset(int batch);

  /** Whether a layer at or below this has weights to train. */
  boolean wantsGradient();

  /** The gradients, from element 0; no one reads them where they are not wanted. */
  MemorySegment gradient();

  /** Which of the steps are padding, (steps, batch); null where none ever is. */
  @Nullable StepMask mask();

  /** How many steps; 1 where the time axis is gone or never was. */
  int steps();

  /** The length of the last axis. */
  int width();
}
