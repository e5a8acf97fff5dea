package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an optimizer remembers, weight by weight: {@code m/lstm/kernel}. */
final class Moments {
  private Moments() {}

  static Map<String, Tensor> copy(OptimizerState state, ModelWeights weights) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (OptimizerState.Slot slot : state.slots()) {
      for (StoredWeight weight : trainable(weights)) {
        all.put(name(slot, weight), view(slot, weight).copy());
      }
    }
    return all;
  }

  /** Refuses moments that are not those of the optimizer for these weights. */
  static void restore(Map<String, Tensor> from, OptimizerState state, ModelWeights weights) {
    List<String> slots = state.slots().stream().map(OptimizerState.Slot::name).toList();
    List<String> held =
        from.keySet().stream().map(name -> name.replaceFirst("/.*", "")).distinct().toList();
    if (!slots.equals(held)) {
      throw FitErrors.moments(slots, held);
    }
    for (OptimizerState.Slot slot : state.slots()) {
      Blocks.clear(slot.memory(), 0, weights.trainableElements());
      for (StoredWeight weight : trainable(weights)) {
        Tensor moment = from.get(name(slot, weight));
        if (moment == null) {
          throw FitErrors.moments(List.of(name(slot, weight)), from.keySet());
        }
        if (!moment.shape().equals(weight.shape())) {
          throw FitErrors.momentShape(name(slot, weight), weight.shape(), moment.shape());
        }
        view(slot, weight).copyFrom(moment);
      }
    }
  }

  private static List<StoredWeight> trainable(ModelWeights weights) {
    return weights.all().stream().filter(StoredWeight::trainable).toList();
  }

  private static String name(OptimizerState.Slot slot, StoredWeight weight) {
    return slot.name() + "/" + weight.name();
  }

  private static Tensor view(OptimizerState.Slot slot, StoredWeight weight) {
    MemorySegment own =
        slot.memory().asSlice(weight.offset() * Float.BYTES, weight.shape().size() * Float.BYTES);
    return Tensor.wrap(own, weight.shape().toArray());
  }
}
