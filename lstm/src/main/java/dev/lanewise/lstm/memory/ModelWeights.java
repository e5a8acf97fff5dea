package dev.lanewise.lstm.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The master weights of a model in one piece of memory. First come the trainable ones, each from a
 * cache line on with zeros between, then the others. Gradients and moments mirror the first part,
 * so that an optimiser sees one long array.
 */
public final class ModelWeights {
  private final MemorySegment memory;
  private final List<LayerWeights> layers;
  private final List<StoredWeight> all;
  private final long trainableElements;
  private final Revision revision;

  private ModelWeights(
      MemorySegment memory, List<LayerWeights> layers, long trainableElements, Revision revision) {
    this.revision = revision;
    this.memory = memory;
    this.layers = List.copyOf(layers);
    this.all = flat(layers);
    this.trainableElements = trainableElements;
  }

  private static List<StoredWeight> flat(List<LayerWeights> layers) {
    List<StoredWeight> all = new ArrayList<>();
    for (LayerWeights layer : layers) {
      all.addAll(layer.weights());
    }
    return List.copyOf(all);
  }

  /**
   * All weights 0, but for those that are given with the layers.
   *
   * @param specs of each layer
   * @param layers what each is called
   */
  public static ModelWeights zeros(List<List<WeightSpec>> specs, List<String> layers) {
    return zeros(specs, layers, Arena.ofAuto());
  }

  /** The same in an arena of the caller's. */
  public static ModelWeights zeros(List<List<WeightSpec>> specs, List<String> layers, Arena arena) {
    ModelWeights weights = allocate(specs, layers, arena);
    weights.fill(specs, 0, false);
    return weights;
  }

  /** The first values of each layer, by name; every weight draws from a stream of its own. */
  public static ModelWeights initialized(
      List<List<WeightSpec>> specs, List<String> layers, long seed) {
    ModelWeights weights = allocate(specs, layers, Arena.ofAuto());
    weights.fill(specs, seed, true);
    return weights;
  }

  private static ModelWeights allocate(
      List<List<WeightSpec>> specs, List<String> layers, Arena arena) {
    long trainable = 0;
    long all = 0;
    for (int layer = 0; layer < specs.size(); layer++) {
      for (WeightSpec spec : specs.get(layer)) {
        String name = layers.get(layer) + "/" + spec.suffix();
        long before = all;
        all = Sizes.weights(before, name, spec.shape());
        trainable += spec.trainable() ? all - before : 0;
      }
    }
    MemorySegment memory = room(arena, all);
    long nextTrainable = 0;
    long nextFrozen = trainable;
    Revision revision = new Revision();
    List<LayerWeights> weights = new ArrayList<>();
    for (int layer = 0; layer < specs.size(); layer++) {
      List<StoredWeight> own = new ArrayList<>();
      for (WeightSpec spec : specs.get(layer)) {
        String name = layers.get(layer) + "/" + spec.suffix();
        long at = spec.trainable() ? nextTrainable : nextFrozen;
        own.add(
            new StoredWeight(
                name, spec.shape(), spec.trainable(), spec.penalty(), memory, at, revision));
        nextTrainable += spec.trainable() ? Blocks.align(spec.shape().size()) : 0;
        nextFrozen += spec.trainable() ? 0 : Blocks.align(spec.shape().size());
      }
      weights.add(new LayerWeights(memory, layers.get(layer), own));
    }
    return new ModelWeights(memory, weights, trainable, revision);
  }

  private static MemorySegment room(Arena arena, long weights) {
    try {
      return Blocks.allocate(arena, weights);
    } catch (OutOfMemoryError exhausted) {
      throw MemoryErrors.noRoomForWeights(weights, exhausted);
    }
  }

  private void fill(List<List<WeightSpec>> specs, long seed, boolean all) {
    int index = 0;
    for (List<WeightSpec> own : specs) {
      for (WeightSpec spec : own) {
        if (all || spec.given()) {
          MemorySegment weight = this.all.get(index).memory();
          spec.initializer().fill(SplitMix64.stream(seed, index), weight);
        }
        index++;
      }
    }
  }

  /** Every weight, layer by layer. */
  public List<StoredWeight> all() {
    return all;
  }

  public LayerWeights layer(int index) {
    return layers.get(index);
  }

  public MemorySegment memory() {
    return memory;
  }

  /** The length of the trainable part with its padding, in elements. */
  public long trainableElements() {
    return trainableElements;
  }

  /** Counts their changes; who writes to {@link #memory} tells it. */
  public Revision revision() {
    return revision;
  }
}
