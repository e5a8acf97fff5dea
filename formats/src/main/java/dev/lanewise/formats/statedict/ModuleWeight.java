package dev.lanewise.formats.statedict;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How tensors become one weight.
 *
 * @param shape of the weight
 * @param tensors their names in the file
 * @param convert makes the weight of them
 */
record ModuleWeight(Shape shape, List<String> tensors, Function<List<Tensor>, Tensor> convert) {
  /** A tensor that is the weight. */
  static ModuleWeight of(String tensor, long... shape) {
    return of(tensor, all -> all, shape);
  }

  /** A tensor that is the weight when its axes, or its rows, have another order. */
  static ModuleWeight of(String tensor, Function<Tensor, Tensor> convert, long... shape) {
    return new ModuleWeight(Shape.of(shape), List.of(tensor), all -> convert.apply(all.getFirst()));
  }

  /** The weight's values, in the arena or on the heap. */
  Tensor read(StateTensors from, Arena arena) {
    return convert.apply(
        tensors.stream()
            .map(
                name -> {
                  Shape stored = Objects.requireNonNull(from.shapes().get(name));
                  Tensor tensor = Tensor.zeros(arena, stored.toArray());
                  from.copyTo(name, tensor);
                  return tensor;
                })
            .toList());
  }
}
