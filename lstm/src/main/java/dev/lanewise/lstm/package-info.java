/** Layers and {@code Sequential}, {@code Predictor}, {@code Stream} and training. */
@NullMarked
package dev.lanewise.lstm;

import org.jspecify.annotations.NullMarked;
