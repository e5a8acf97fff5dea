/** The native format of models: layers and graphs as JSON, and back. */
@NullMarked
package dev.lanewise.formats.lanewise;

import org.jspecify.annotations.NullMarked;
