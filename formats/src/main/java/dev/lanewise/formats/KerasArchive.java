package dev.lanewise.formats;

import dev.lanewise.lstm.Model;
import java.nio.file.Path;
import java.util.function.Function;

/** The {@code .keras} format: a zip archive of two JSON texts and the weights in HDF5. */
final class KerasArchive {
  private static final String METADATA = "metadata.json";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** What HDF5 takes beside the arrays: some kilobytes for each. */
  private static final long STRUCTURE = 64 << 20;

  private KerasArchive() {}

  /**
   * Loads a model.
   *
   * @param kind which models it may be
   */
  static <M extends Model> M read(
      Path file, LoadOptions options, Function<KerasConfig, KerasModel<? extends M>> kind) {
    try (ZipArchive zip = ZipArchive.open(file)) {
      byte[] json = bytes(zip, file, METADATA, KerasFile.MOST_JSON);
      JsonObject metadata = JsonObject.of(Json.parse(json, file, METADATA, -1), file, METADATA);
      String version = metadata.string("keras_version");
      byte[] text = bytes(zip, file, CONFIG, KerasFile.MOST_JSON);
      KerasModel<? extends M> model =
          kind.apply(KerasConfig.read(text, file, CONFIG, version, KerasVersion.UNKNOWN));
      byte[] weights = bytes(zip, file, WEIGHTS, most(model));
      try (Hdf5 hdf5 = Hdf5.open(weights, file, FormatErrors.entry(WEIGHTS))) {
        return model.filled(hdf5, file, options);
      }
    }
  }

  /** The weights in float64, and as many states of an optimizer as any has. */
  private static long most(KerasModel<?> model) {
    return Sizes.add(STRUCTURE, Sizes.multiply(model.elements(), 4L * Double.BYTES));
  }

  private static byte[] bytes(ZipArchive zip, Path file, String name, long most) {
    byte[] bytes = zip.bytes(name, most);
    if (bytes == null) {
      throw KerasErrors.noEntry(file, name, zip.names());
    }
    return bytes;
  }
}
