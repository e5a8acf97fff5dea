/**
 * What is known of a table's rows before a network sees them: when they were, and how far apart.
 */
@NullMarked
package dev.lanewise.lstm.data;

import org.jspecify.annotations.NullMarked;
