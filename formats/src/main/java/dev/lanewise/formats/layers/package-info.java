/** The words of a list of layers, and the layers that they stand for. */
@NullMarked
package dev.lanewise.formats.layers;

import org.jspecify.annotations.NullMarked;
