package dev.lanewise.formats.models;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;

/** What a file may ask of the layers, and what they refuse, as an exception of this module. */
public final class ModelSizes {
  /** Far above any network, far below what would hurt. */
  public static final int MOST_LAYERS = 4096;

  /** How many values the calls of a graph may read together. */
  public static final int MOST_READS = 16 * MOST_LAYERS;

  private ModelSizes() {}

  public static void requireLayers(Path file, String where, int count) {
    if (count > MOST_LAYERS) {
      throw ModelErrors.layers(file, where, MOST_LAYERS, count);
    }
  }

  /**
   * Builds and fills a model of weights that the file holds.
   *
   * @param elements how many elements the weights have together
   */
  public static <T> T allocated(Path file, long elements, Supplier<T> build) {
    try {
      return build.get();
    } catch (OutOfMemoryError e) {
      throw ModelErrors.noRoom(file, elements, e);
    }
  }

  /** How many elements weights have together. */
  public static long elements(Collection<Shape> shapes) {
    long elements = 0;
    for (Shape shape : shapes) {
      elements = Sizes.add(elements, shape.size());
    }
    return elements;
  }

  /**
   * Calls the library with sizes that a file says.
   *
   * @param where names the part of the file in errors
   */
  public static <T> T guarded(Path file, String where, Supplier<T> call) {
    try {
      return call.get();
    } catch (FormatException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw ModelErrors.refused(file, where, e);
    } catch (NegativeArraySizeException e) {
      throw ModelErrors.refused(file, where, new ArithmeticException(e.getMessage()));
    }
  }
}
