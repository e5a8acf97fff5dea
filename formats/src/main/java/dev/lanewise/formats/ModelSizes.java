package dev.lanewise.formats;

import java.nio.file.Path;
import java.util.function.Supplier;

/** What a file may ask of the layers, and what they refuse, as an exception of this module. */
final class ModelSizes {
  /** Far above any network, far below what would hurt. */
  static final int MOST_LAYERS = 4096;

  private ModelSizes() {}

  static void requireLayers(Path file, String where, int count) {
    if (count > MOST_LAYERS) {
      throw FormatErrors.layers(file, where, MOST_LAYERS, count);
    }
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
