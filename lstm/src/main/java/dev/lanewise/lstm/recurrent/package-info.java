/** The walk over time of a recurrent layer, once, and the cells that it walks with. */
@NullMarked
package dev.lanewise.lstm.recurrent;

import org.jspecify.annotations.NullMarked;
