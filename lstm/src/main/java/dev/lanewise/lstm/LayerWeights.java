package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The weights of one layer, where the kernels find them.
 *
 * @param memory that of the whole model
 * @param owner what their names begin with
 * @param weights the layer's, in Keras's order
 */
record LayerWeights(MemorySegment memory, String owner, List<Weight> weights) {
  /** The offset of a weight that the layer does not have. */
  static final long NONE = -1;

  LayerWeights {
    weights = List.copyOf(weights);
  }

  /** Where a weight begins in {@code memory}, in elements. */
  long offset(String suffix) {
    String name = owner + "/" + suffix;
    for (Weight weight : weights) {
      if (weight.name().equals(name)) {
        return weight.offset();
      }
    }
    return NONE;
  }

  /** Those of a layer within the layer. */
  LayerWeights under(String prefix) {
    String inner = owner + "/" + prefix.substring(0, prefix.length() - 1);
    return new LayerWeights(memory, inner, weights);
  }
}
