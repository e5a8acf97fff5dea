/** Tables of text: how they are written, and their cells as numbers. */
@NullMarked
package dev.lanewise.formats.csv;

import org.jspecify.annotations.NullMarked;
