/**
 * Layers ready to predict, and what runs them: whole sequences in blocks of rows, or step by step.
 */
@NullMarked
package dev.lanewise.lstm.run;

import org.jspecify.annotations.NullMarked;
