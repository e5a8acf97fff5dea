/** Networks that process audio sample by sample, as the JSON of plug-ins. */
@NullMarked
package dev.lanewise.formats.audio;

import org.jspecify.annotations.NullMarked;
