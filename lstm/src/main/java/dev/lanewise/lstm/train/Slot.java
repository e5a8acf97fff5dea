package dev.lanewise.lstm.train;

import java.lang.foreign.MemorySegment;

/**
 * An array that an optimizer keeps from update to update.
 *
 * @param name Keras's word for it, such as {@code momentum}
 * @param values as long as the trainable weights and in their places; zeros before the first
 *     update. The memory itself, no copy
 */
public record Slot(String name, MemorySegment values) {}
