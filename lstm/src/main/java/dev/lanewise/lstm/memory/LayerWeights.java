package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.WeightFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

/**
 * The weights of one layer, where the kernels find them.
 *
 * @param memory that of the whole model
 * @param owner what their names begin with
 * @param weights the layer's, in Keras's order
 * @param format what the kernels of recurrent and Dense layers are packed in
 * @param arena where packed weights go
 */
public record LayerWeights(
    MemorySegment memory,
    String owner,
    List<StoredWeight> weights,
    WeightFormat format,
    Supplier<Arena> arena) {
  /** The offset of a weight that the layer does not have. */
  public static final long NONE = -1;

  public LayerWeights {
    weights = List.copyOf(weights);
  }

  public LayerWeights(MemorySegment memory, String owner, List<StoredWeight> weights) {
    this(memory, owner, weights, WeightFormat.FLOAT32, Arena::ofAuto);
  }

  /** The same weights, to be packed in another format and place. */
  public LayerWeights in(WeightFormat other, Arena place) {
    return new LayerWeights(memory, owner, weights, other, () -> place);
  }

  /** Where a weight begins in {@code memory}, in elements. */
  public long offset(String suffix) {
    String name = owner + "/" + suffix;
    for (StoredWeight weight : weights) {
      if (weight.name().equals(name)) {
        return weight.offset();
      }
    }
    return NONE;
  }

  /** A weight (k, n), packed. */
  public PackedMatrix pack(String suffix, int k, int n) {
    return packed(suffix, PackedMatrix.of(arena.get(), k, n, format));
  }

  /** A weight (k, n) whose columns are the gates, packed. */
  public PackedMatrix packGates(String suffix, int k, int n) {
    return packed(suffix, PackedMatrix.ofGates(arena.get(), k, n, format));
  }

  private PackedMatrix packed(String suffix, PackedMatrix room) {
    long at = offset(suffix);
    if (format == WeightFormat.INT8) {
      for (long i = 0; i < (long) room.k() * room.n(); i++) {
        float weight = memory.getAtIndex(JAVA_FLOAT, at + i);
        if (!Float.isFinite(weight)) {
          throw MemoryErrors.notFinite(
              owner + "/" + suffix, (int) (i / room.n()), (int) (i % room.n()), weight);
        }
      }
    }
    return room.pack(memory, at, room.n());
  }

  /** Those of a layer within the layer. */
  public LayerWeights under(String prefix) {
    String inner = owner + "/" + prefix.substring(0, prefix.length() - 1);
    return new LayerWeights(memory, inner, weights, format, arena);
  }
}
