/**
 * Scalar bodies that answer while the vector ones are compiled: the first second of a JVM. Knows
 * the contract alone.
 */
@NullMarked
package dev.lanewise.kernels.relay;

import org.jspecify.annotations.NullMarked;
