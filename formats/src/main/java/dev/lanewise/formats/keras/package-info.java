/** Keras's models: what their JSON says, and the layers and weights that it becomes. */
@NullMarked
package dev.lanewise.formats.keras;

import org.jspecify.annotations.NullMarked;
