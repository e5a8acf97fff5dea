/**
 * Shapes and tensors: strided views of float32 or int32 elements over off-heap memory, and the
 * moves between layouts.
 *
 * <p>There is no arithmetic here. A {@link dev.lanewise.tensor.Tensor} says where numbers lie. What
 * changes their layout is a view, which costs nothing and shares the memory, or a copy. Each method
 * says which.
 */
@NullMarked
package dev.lanewise.tensor;

import org.jspecify.annotations.NullMarked;
