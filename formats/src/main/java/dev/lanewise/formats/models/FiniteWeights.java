package dev.lanewise.formats.models;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Refuses weights that are NaN or infinite, of which a model makes predictions that are NaN. */
public final class FiniteWeights {
  /** The bits of infinity, which those of no number reach. */
  private static final int INFINITE = 0x7f80_0000;

  private static final int SIGN = 0x8000_0000;
  private static final long BLOCK = 1 << 13;

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

  /** The bits of the number that is furthest from 0. */
  private static int largest(Tensor value) {
    int largest = 0;
    for (long from = 0; from < value.size(); from += BLOCK) {
      long end = Math.min(from + BLOCK, value.size());
      largest = Math.max(largest, largest(value.segment(), value.offset() + from, end - from));
    }
    return largest;
  }

  /** Of one block, so that the loop is compiled before a large weight is through. */
  private static int largest(MemorySegment values, long from, long count) {
    int largest = 0;
    for (int i = 0; i < (int) count; i++) {
      largest = Math.max(largest, values.getAtIndex(JAVA_INT, from + i) & ~SIGN);
    }
    return largest;
  }

  private static void require(Weight weight, Path file) {
    Tensor value = weight.value();
    if (largest(value) < INFINITE) {
      return;
    }
    Tensor flat = value.reshape(-1);
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
