/**
 * The plainest loops that state the mathematics: the reference, and what runs without the Vector
 * API.
 */
@NullMarked
package dev.lanewise.kernels.scalar;

import org.jspecify.annotations.NullMarked;
