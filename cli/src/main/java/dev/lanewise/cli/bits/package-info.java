/** Models drawn under names, and the hashes of what they answer and of what they learn. */
@NullMarked
package dev.lanewise.cli.bits;

import org.jspecify.annotations.NullMarked;
