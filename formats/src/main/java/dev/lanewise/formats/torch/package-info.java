/** PyTorch's files: the pickle in them, and the tensors behind it. No code of a file is run. */
@NullMarked
package dev.lanewise.formats.torch;

import org.jspecify.annotations.NullMarked;
