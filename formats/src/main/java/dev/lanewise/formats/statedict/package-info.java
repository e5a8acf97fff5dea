/** Models of PyTorch's modules, from the names and shapes of their tensors. */
@NullMarked
package dev.lanewise.formats.statedict;

import org.jspecify.annotations.NullMarked;
