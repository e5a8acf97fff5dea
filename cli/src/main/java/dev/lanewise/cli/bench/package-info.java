/** The quick table of the command bench: shapes, the clock, the ceilings, the text. */
@NullMarked
package dev.lanewise.cli.bench;

import org.jspecify.annotations.NullMarked;
