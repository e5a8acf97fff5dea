/**
 * Networks: layers in a {@link dev.lanewise.lstm.Sequential}, trained there. A {@link
 * dev.lanewise.lstm.Predictor} and its {@link dev.lanewise.lstm.Stream}s serve one; {@link
 * dev.lanewise.lstm.Sequences} and {@link dev.lanewise.lstm.Windows} bring data into its shape.
 */
@NullMarked
package dev.lanewise.lstm;

import org.jspecify.annotations.NullMarked;
