/** Times in a single cell, as they are written. */
@NullMarked
package dev.lanewise.formats.dates;

import org.jspecify.annotations.NullMarked;
