package dev.lanewise.formats;

import dev.lanewise.tensor.Shape;

/**
 * Numbers in double, which no {@link dev.lanewise.tensor.Tensor} holds: what is to be scaled before
 * it becomes float32, or was scaled back after.
 *
 * @param shape the axes
 * @param values row-major. Not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DoubleArray(Shape shape, double[] values) {}
