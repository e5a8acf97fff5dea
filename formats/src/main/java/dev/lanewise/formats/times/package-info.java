/** Times in columns: which columns they are, and how each is read. */
@NullMarked
package dev.lanewise.formats.times;

import org.jspecify.annotations.NullMarked;
