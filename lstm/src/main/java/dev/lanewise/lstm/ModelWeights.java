package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The master weights of a model in one piece of memory. First come the trainable ones, each from a
 * cache line on with zeros between, then the others. Gradients and moments mirror the first part,
 * so that an optimiser sees one long array.
 */
final class ModelWeights {
  private final MemorySegment memory;
  private final List<LayerWeights> layers;
  private final List<Weight> all;
  private final long trainableElements;
  private final Revision revision;

  private ModelWeights(
      MemorySegment memory, List<LayerWeights> layers, long trainableElements, Revision revision) {
    this.revision = revision;
    this.memory = memory;
    this.layers = List.copyOf(layers);
    this.all = layers.stream().flatMap(own -> own.weights().stream()).toList();
    this.trainableElements = trainableElements;
  }

  /** All weights 0, but for those that are given with the layers. */
  static ModelWeights zeros(Plan plan) {
    List<List<WeightSpec>> specs = plan.weights();
    ModelWeights weights = allocate(specs, plan.layers());
    weights.fill(specs, 0, false);
    return weights;
  }

  /** Keras's first values; every weight draws from a stream of its own. */
  static ModelWeights initialized(Plan plan, long seed) {
    List<List<WeightSpec>> specs = plan.weights();
    ModelWeights weights = allocate(specs, plan.layers());
    weights.fill(specs, seed, true);
    return weights;
  }

  private static ModelWeights allocate(List<List<WeightSpec>> specs, List<Layer> layers) {
    long trainable = 0;
    long all = 0;
    for (int layer = 0; layer < specs.size(); layer++) {
      for (WeightSpec spec : specs.get(layer)) {
        String name = layers.get(layer).name() + "/" + spec.suffix();
        long before = all;
        all = Sizes.weights(before, name, spec.shape());
        trainable += spec.trainable() ? all - before : 0;
      }
    }
    MemorySegment memory = room(all);
    long nextTrainable = 0;
    long nextFrozen = trainable;
    Revision revision = new Revision();
    List<LayerWeights> weights = new ArrayList<>();
    for (int layer = 0; layer < specs.size(); layer++) {
      List<Weight> own = new ArrayList<>();
      for (WeightSpec spec : specs.get(layer)) {
        String name = layers.get(layer).name() + "/" + spec.suffix();
        long at = spec.trainable() ? nextTrainable : nextFrozen;
        own.add(new Weight(name, spec.shape(), spec.trainable(), memory, at, revision));
        nextTrainable += spec.trainable() ? Blocks.align(spec.shape().size()) : 0;
        nextFrozen += spec.trainable() ? 0 : Blocks.align(spec.shape().size());
      }
      weights.add(new LayerWeights(memory, layers.get(layer).name(), own));
    }
    return new ModelWeights(memory, weights, trainable, revision);
  }

  private static MemorySegment room(long weights) {
    try {
      return Blocks.allocate(Arena.ofAuto(), weights);
    } catch (OutOfMemoryError exhausted) {
      throw CallErrors.noRoomForWeights(weights, exhausted);
    }
  }

  private void fill(List<List<WeightSpec>> specs, long seed, boolean all) {
    List<WeightSpec> flat = specs.stream().flatMap(List::stream).toList();
    for (int index = 0; index < flat.size(); index++) {
      WeightSpec spec = flat.get(index);
      if (all || spec.given()) {
        MemorySegment weight = this.all.get(index).memory();
        spec.initializer().fill(SplitMix64.stream(seed, index), weight);
      }
    }
  }

  /** Every weight, layer by layer. */
  List<Weight> all() {
    return all;
  }

  LayerWeights layer(int index) {
    return layers.get(index);
  }

  MemorySegment memory() {
    return memory;
  }

  /** The length of the trainable part with its padding, in elements. */
  long trainableElements() {
    return trainableElements;
  }

  /** Counts their changes; who writes to {@link #memory} tells it. */
  Revision revision() {
    return revision;
  }
}
