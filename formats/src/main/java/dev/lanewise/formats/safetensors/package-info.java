/** The header of {@code .safetensors}, and the tensors behind it. */
@NullMarked
package dev.lanewise.formats.safetensors;

import org.jspecify.annotations.NullMarked;
