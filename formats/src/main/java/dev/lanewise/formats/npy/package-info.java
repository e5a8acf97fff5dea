/** The header of NumPy's {@code .npy}. */
@NullMarked
package dev.lanewise.formats.npy;

import org.jspecify.annotations.NullMarked;
