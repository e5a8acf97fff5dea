/** The command doctor: what runs in this JVM, what slows it down, and what to change. */
@NullMarked
package dev.lanewise.cli.doctor;

import org.jspecify.annotations.NullMarked;
