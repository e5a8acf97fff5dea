/** JSON text, read with the place of each value for errors. */
@NullMarked
package dev.lanewise.formats.json;

import org.jspecify.annotations.NullMarked;
