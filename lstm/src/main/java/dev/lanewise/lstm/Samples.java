package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller trains or evaluates on.
 *
 * @param x by the names of the inputs
 * @param masks of those inputs that have padding
 * @param y by the names of the outputs
 */
record Samples(Map<String, Tensor> x, Map<String, Mask> masks, Map<String, Tensor> y) {
  Samples {
    x = Map.copyOf(x);
    masks = Map.copyOf(masks);
    y = Map.copyOf(y);
  }

  /** Of a chain. */
  static Samples of(Tensor x, @Nullable Mask mask, Tensor y) {
    Map<String, Mask> masks = mask == null ? Map.of() : Map.of(Plan.X, mask);
    return new Samples(Map.of(Plan.X, x), masks, Map.of(Plan.Y, y));
  }

  /** The shapes of the inputs in words; of a chain that of the only one. */
  String shapes() {
    Tensor only = x.size() == 1 ? x.get(Plan.X) : null;
    if (only != null) {
      return only.shape().toString();
    }
    Map<String, Shape> all = new TreeMap<>();
    x.forEach((name, tensor) -> all.put(name, tensor.shape()));
    return all.toString();
  }
}
