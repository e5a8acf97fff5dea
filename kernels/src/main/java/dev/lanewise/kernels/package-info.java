/** Checked entries to the kernels: sizes, scalars, inputs and outputs, and nothing allocated. */
@NullMarked
package dev.lanewise.kernels;

import org.jspecify.annotations.NullMarked;
