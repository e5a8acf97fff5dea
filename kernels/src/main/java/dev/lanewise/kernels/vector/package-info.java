/**
 * The kernels on the Vector API.
 *
 * <p>The only room of the library that addresses memory without a bounds check: {@link
 * dev.lanewise.kernels.vector.Memory} says how. The checked entries prove every extent before they
 * call in.
 */
@NullMarked
package dev.lanewise.kernels.vector;

import org.jspecify.annotations.NullMarked;
