/** {@code Shape} and {@code Tensor}: a view over a memory segment with a shape and strides. */
@NullMarked
package dev.lanewise.tensor;

import org.jspecify.annotations.NullMarked;
