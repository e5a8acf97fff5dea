package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.StoredWeight;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The weight gradients of layers that are called more than once. Each call but the first leaves its
 * own aside; they are added in the order of the calls.
 */
public final class SharedGradients {
  private final ModelWeights weights;
  private final MemorySegment gradients;
  private final List<MemorySegment> aside = new ArrayList<>(); // by how often it was called before
  private final List<Again> calls = new ArrayList<>();

  /** A call after the first. */
  private record Again(MemorySegment gradients, List<StoredWeight> weights) {}

  /**
   * Of a model.
   *
   * @param gradients where those of first calls go, in the same places as the weights
   */
  SharedGradients(ModelWeights weights, MemorySegment gradients) {
    this.weights = weights;
    this.gradients = gradients;
  }

  /** Where the gradients of a layer go that was called so often before. */
  MemorySegment of(int layer, int before) {
    List<StoredWeight> own =
        weights.layer(layer).weights().stream().filter(StoredWeight::trainable).toList();
    if (before == 0 || own.isEmpty()) {
      return gradients;
    }
    while (aside.size() < before) {
      aside.add(Blocks.allocate(Arena.ofAuto(), weights.trainableElements()));
    }
    calls.add(new Again(aside.get(before - 1), own));
    return aside.get(before - 1);
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** Adds a part of them. */
  void add(int part, int of) {
    for (int i = 0; i < calls.size(); i++) {
      Again call = calls.get(i);
      for (int k = 0; k < call.weights.size(); k++) {
        StoredWeight weight = call.weights.get(k);
        long size = weight.shape().size();
        long from = size * part / of;
        long count = size * (part + 1) / of - from;
        long at = weight.offset() + from;
        AddScaled.apply(count, 1, call.gradients, at, gradients, at);
      }
    }
  }
}
