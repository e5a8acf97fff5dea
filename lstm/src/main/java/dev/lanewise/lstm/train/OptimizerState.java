package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an optimizer remembers of a model's earlier gradients, and how it changes weights: how many
 * updates there were, and its slots. Both say all that there is to save.
 */
public abstract class OptimizerState {
  private final long elements;
  private final List<Slot> slots;
  private long step;
  private double learningRate;

  /**
   * Nothing yet.
   *
   * @param elements of the trainable weights with their padding
   * @param slots their names, in order
   */
  OptimizerState(long elements, String... slots) {
    this.elements = elements;
    this.slots = Stream.of(slots).map(name -> zeros(name, elements)).toList();
  }

  private static Slot zeros(String name, long elements) {
    return new Slot(name, Blocks.allocate(Arena.ofAuto(), elements));
  }

  /** How many updates there were. */
  public final long step() {
    return step;
  }

  /** What it keeps, always in the same order. */
  public final List<Slot> slots() {
    return slots;
  }

  /**
   * Goes on from what another state of the same optimizer and model kept.
   *
   * @param updates its {@link #step}
   * @param values of each of its slots, in order. Not modified
   * @throws IllegalArgumentException when that is no such state; this one is then as before
   */
  public final void restore(long updates, List<MemorySegment> values) {
    if (updates < 0 || values.size() != slots.size()) {
      throw StateErrors.other(updates, values.size(), slots);
    }
    long bytes = elements * Float.BYTES;
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).byteSize() < bytes) {
        throw StateErrors.tooShort(slots.get(i), values.get(i).byteSize(), bytes);
      }
    }
    for (int i = 0; i < values.size(); i++) {
      Blocks.copy(values.get(i), 0, slots.get(i).values(), 0, elements);
    }
    step = updates;
  }

  /**
   * Begins an update; one thread, before the ranges.
   *
   * @param rate the learning rate of this update
   */
  final void begin(double rate) {
    learningRate = rate;
    step++;
  }

  /** That of the update that has begun. */
  final double learningRate() {
    return learningRate;
  }

  /** The memory of a slot. */
  final MemorySegment slot(int index) {
    return slots.get(index).values();
  }

  /**
   * Updates a range of the trainable weights; threads may share the ranges out, as no element
   * depends on another.
   *
   * @param from its first element
   * @param n its elements
   * @param gradients of all trainable weights. Not modified.
   * @param weights all weights. Overwritten in the range.
   */
  abstract void update(long from, long n, MemorySegment gradients, MemorySegment weights);
}
