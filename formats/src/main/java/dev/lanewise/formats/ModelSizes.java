package dev.lanewise.formats;

import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;

/** What a file may ask of the layers, and what they refuse, as an exception of this module. */
final class ModelSizes {
  /** Far above any network, far below what would hurt. */
  static final int MOST_LAYERS = 4096;

  /** How many values the calls of a graph may read together. */
  static final int MOST_READS = 16 * MOST_LAYERS;

  private ModelSizes() {}

  static void requireLayers(Path file, String where, int count) {
    if (count > MOST_LAYERS) {
      throw FormatErrors.layers(file, where, MOST_LAYERS, count);
    }
  }

  /**
   * Builds and fills a model of weights that the file holds.
   *
   * @param elements how many elements the weights have together
   */
  static <T> T allocated(Path file, long elements, Supplier<T> build) {
    try {
      return build.get();
    } catch (OutOfMemoryError e) {
      throw FormatErrors.noRoom(file, elements, e);
    }
  }

  /** How many elements weights have together. */
  static long elements(Collection<Shape> shapes) {
    return shapes.stream().mapToLong(Shape::size).reduce(0, Sizes::add);
  }

  /**
   * Calls the library with sizes that a file says.
   *
   * @param where names the part of the file in errors
   */
  static <T> T guarded(Path file, String where, Supplier<T> call) {
    try {
      return call.get();
    } catch (FormatException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw FormatErrors.modelRefused(file, where, e);
    } catch (NegativeArraySizeException e) {
      throw FormatErrors.modelRefused(file, where, new ArithmeticException(e.getMessage()));
    }
  }
}
