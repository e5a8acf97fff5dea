/** Packs the command line with a Java of its own into a zip. */
@NullMarked
package dev.lanewise.dist;

import org.jspecify.annotations.NullMarked;
