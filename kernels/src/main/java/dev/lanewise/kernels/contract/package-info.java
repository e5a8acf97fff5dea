/**
 * What a scalar and a vector kernel both promise. Internal: operands are proved valid by the
 * checked entries above.
 */
@NullMarked
package dev.lanewise.kernels.contract;

import org.jspecify.annotations.NullMarked;
