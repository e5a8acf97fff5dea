package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The state that each sequence begins from where a call is told none: copies of a layer's weights.
 *
 * @param h (outputs)
 * @param c (units); empty where the layer keeps none
 */
record InitialState(MemorySegment h, int outputs, MemorySegment c, int units) {

  /** Null where the layer learns none: it is 0. */
  static @Nullable InitialState of(LayerWeights weights, ForwardCell cell) {
    if (weights.offset(WeightSpec.INITIAL_H) == LayerWeights.NONE) {
      return null;
    }
    int outputs = cell.outputs;
    int units = cell.keepsC() ? cell.units : 0;
    return new InitialState(
        copy(weights, WeightSpec.INITIAL_H, outputs),
        outputs,
        copy(weights, WeightSpec.INITIAL_C, units),
        units);
  }

  private static MemorySegment copy(LayerWeights weights, String suffix, int width) {
    MemorySegment row = Blocks.allocate(weights.arena().get(), width);
    if (width > 0) {
      Blocks.copy(weights.memory(), weights.offset(suffix), row, 0, width);
    }
    return row;
  }

  /** Lays it for so many rows, h and c where they are told to, in elements. */
  void lay(int rows, MemorySegment memory, long toH, long toC) {
    for (long row = 0; row < rows; row++) {
      Blocks.copy(h, 0, memory, toH + row * outputs, outputs);
      Blocks.copy(c, 0, memory, toC + row * units, units);
    }
  }

  long bytes() {
    return h.byteSize() + c.byteSize();
  }
}
