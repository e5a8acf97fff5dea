/** Programs that bring data into an LSTM and take results out of it, each for one situation. */
@NullMarked
package dev.lanewise.examples;

import org.jspecify.annotations.NullMarked;
