/** Layers ready to train, and the step that runs them forward and back and changes weights. */
@NullMarked
package dev.lanewise.lstm.train;

import org.jspecify.annotations.NullMarked;
