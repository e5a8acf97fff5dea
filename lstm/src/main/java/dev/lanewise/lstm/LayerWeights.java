package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The weights of one layer, where the kernels find them.
 *
 * @param memory that of the whole model
 * @param weights the layer's, in Keras's order
 */
record LayerWeights(MemorySegment memory, List<Weight> weights) {
  /** The offset of a weight that the layer does not have. */
  static final long NONE = -1;

  /** Where a weight begins in {@code memory}, in elements. */
  long offset(String suffix) {
    for (Weight weight : weights) {
      if (weight.name().endsWith("/" + suffix)) {
        return weight.offset();
      }
    }
    return NONE;
  }
}
