/** The words that the messages of all rooms share. */
@NullMarked
package dev.lanewise.formats.text;

import org.jspecify.annotations.NullMarked;
