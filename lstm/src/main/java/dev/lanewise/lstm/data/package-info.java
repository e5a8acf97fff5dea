/**
 * From a table of rows in time to the windows that a forecaster learns from, and back to real
 * units.
 */
@NullMarked
package dev.lanewise.lstm.data;

import org.jspecify.annotations.NullMarked;
