package dev.lanewise.formats.models;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Refuses weights that are NaN or infinite, of which a model makes predictions that are NaN. */
public final class FiniteWeights {
  private FiniteWeights() {}

  /**
   * Looks at every weight of a model.
   *
   * @param model whose weights were read. Not modified
   * @param file where they came from, in errors
   */
  public static void require(Model model, Path file) {
    for (Weight weight : model.weights()) {
      require(weight, file);
    }
  }

  /**
   * What gives weights their values, and refuses NaN and infinite ones.
   *
   * @param file where they come from, in errors
   * @param allowNan whether it takes them all the same
   */
  public static Consumer<Weight> checked(Consumer<Weight> fill, Path file, boolean allowNan) {
    return allowNan ? fill : fill.andThen(weight -> require(weight, file));
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
