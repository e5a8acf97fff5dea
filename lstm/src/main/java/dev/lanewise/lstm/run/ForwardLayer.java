package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer ready to predict: its weights are packed, and never change. Thread-safe; what it writes
 * is in the scratch that the caller brings. Sequences are time-major: row {@code t * rows + r},
 * dense.
 */
public interface ForwardLayer {

  /** No layers within a layer. */
  ForwardLayer[] NONE = {};

  /** The layers within it. */
  default ForwardLayer[] inner() {
    return NONE;
  }

  /** The steps of the layers within it for so many of its own. */
  default int innerSteps(int steps) {
    return steps;
  }

  /** The scratch that so many steps of so many rows need, in elements; grows with both. */
  long scratchSize(int steps, int rows);

  /**
   * Runs whole sequences, from the states that {@link #begin} told.
   *
   * @param in (steps, rows, features). Not modified.
   * @param inOffset in elements
   * @param scratch made for as many steps and rows or more. Overwritten.
   * @param mask what is padding (steps, rows). The layer may mark more.
   * @return where the output lies in {@link #output}, in elements
   */
  long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask);

  /** The memory that {@link #forward} and {@link #step} leave their output in. */
  default MemorySegment output(MemorySegment in, LayerScratch scratch) {
    return scratch.memory;
  }

  /**
   * Runs one step; the scratch, zeroed at first, carries the state from call to call.
   *
   * @param in (rows, features). Not modified.
   * @param inOffset in elements
   * @param odd false for the first call, then each time the other
   * @param scratch made for one step of as many rows. Overwritten.
   * @param mask what is padding (1, rows). The layer may mark more.
   * @return where in the scratch the output (rows, width) lies, in elements
   */
  default long step(
      int rows, MemorySegment in, long inOffset, boolean odd, LayerScratch scratch, StepMask mask) {
    return forward(1, rows, in, inOffset, scratch, mask);
  }

  /**
   * Before the first {@link #step}: lays the states that a sequence begins from, where these are
   * not 0.
   *
   * @param scratch made for one step of as many rows, zeroed
   */
  default void beginSteps(int rows, LayerScratch scratch) {}

  /**
   * Before a {@link #forward}: what its states begin from.
   *
   * @param from those of this layer (rows, units), h before c; null for the layer's own, or 0
   */
  default void begin(@Nullable HeldStates from, LayerScratch scratch) {}

  /**
   * The states after a {@link #forward}: those of the last real step.
   *
   * @return views of h and c (rows, units) in the scratch, h before c
   */
  default HeldStates finalStates(int steps, int rows, LayerScratch scratch) {
    List<HeldStates> all = new ArrayList<>();
    for (int i = 0; i < inner().length; i++) {
      all.add(inner()[i].finalStates(innerSteps(steps), rows, scratch.inner[i]));
    }
    return HeldStates.joined(all);
  }

  /**
   * The states before a {@link #step}.
   *
   * @param odd as the step is told
   * @return views of h and c (rows, units) in the scratch, h before c
   */
  default HeldStates stepStates(int rows, boolean odd, LayerScratch scratch) {
    return HeldStates.joined(List.of());
  }

  /** Whether it may mark padding. */
  default boolean marksPadding() {
    return false;
  }

  /** The multiply-adds that a row of one step costs. */
  long work();

  /** Whether it can share the units of so many steps out to a team, and it pays for these rows. */
  default boolean sharesSteps(int steps, int rows) {
    for (ForwardLayer layer : inner()) {
      if (layer.sharesSteps(steps, rows)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The part of its work whose weights are too many for a core's own cache. Threads that share the
   * units out read a part of them each. Threads that share the rows out read all of them.
   */
  default long workOfLargeWeights() {
    long work = 0;
    for (ForwardLayer layer : inner()) {
      work += layer.workOfLargeWeights();
    }
    return work;
  }

  /** The off-heap bytes of its packed or copied weights, those of the layers within it too. */
  default long weightBytes() {
    long total = 0;
    for (ForwardLayer each : inner()) {
      total += each.weightBytes();
    }
    return total;
  }
}
