package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.memory.XxHash64;
import java.util.function.IntFunction;

/** Hands weights on, and hashes those of each layer as they pass. */
final class HashedWeights implements IntFunction<LayerWeights> {
  private final IntFunction<LayerWeights> weights;
  private final long[] hashes;

  /**
   * Of a model of so many layers.
   *
   * @param weights of each layer, by its number, until the next ones are asked for
   */
  HashedWeights(IntFunction<LayerWeights> weights, int layers) {
    this.weights = weights;
    this.hashes = new long[layers];
  }

  /** The hashes of all layers' weights, which nothing else asks for. */
  static long[] of(IntFunction<LayerWeights> weights, int layers) {
    HashedWeights hashed = new HashedWeights(weights, layers);
    for (int layer = 0; layer < layers; layer++) {
      hashed.apply(layer);
    }
    return hashed.hashes;
  }

  @Override
  public LayerWeights apply(int layer) {
    LayerWeights own = weights.apply(layer);
    long hash = 0;
    for (StoredWeight weight : own.weights()) {
      hash = XxHash64.of(weight.memory(), hash);
    }
    hashes[layer] = hash;
    return own;
  }

  /** By layer; 0 of one whose weights were not asked for. */
  long[] hashes() {
    return hashes;
  }
}
