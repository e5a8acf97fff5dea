/** What the library holds: blocks of numbers, weights, masks, and the threads that work on them. */
@NullMarked
package dev.lanewise.lstm.memory;

import org.jspecify.annotations.NullMarked;
