package dev.lanewise.formats;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;

/** Refuses weights that are NaN or infinite, of which a model makes predictions that are NaN. */
final class FiniteWeights {
  private FiniteWeights() {}

  /**
   * Looks at every weight of a model, unless the options allow any.
   *
   * @param model whose weights were read. Not modified
   * @param file where they came from, in errors
   */
  static void require(Model model, Path file, LoadOptions options) {
    for (Weight weight : model.weights()) {
      if (!options.allowNan()) {
        require(weight, file);
      }
    }
  }

  private static void require(Weight weight, Path file) {
    Tensor flat = weight.value().reshape(-1);
    long first = -1;
    long count = 0;
    for (long i = flat.size() - 1; i >= 0; i--) {
      if (!Float.isFinite(flat.get(i))) {
        first = i;
        count++;
      }
    }
    if (count > 0) {
      throw ModelErrors.notFinite(file, weight, first, flat.get(first), count);
    }
  }
}
