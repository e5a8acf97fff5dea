package dev.lanewise.formats;

import dev.lanewise.lstm.Sequential;
import java.nio.file.Path;

/** The {@code .keras} format: a zip archive of two JSON texts and the weights in HDF5. */
final class KerasArchive {
  private static final String METADATA = "metadata.json";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  private KerasArchive() {}

  static Sequential load(Path file, LoadOptions options) {
    try (ZipArchive zip = ZipArchive.open(file)) {
      byte[] json = bytes(zip, file, METADATA);
      JsonObject metadata = JsonObject.of(Json.parse(json, file, METADATA, -1), file, METADATA);
      String version = metadata.string("keras_version");
      try (Hdf5 hdf5 = Hdf5.open(bytes(zip, file, WEIGHTS), file, FormatErrors.entry(WEIGHTS))) {
        KerasConfig config =
            KerasConfig.read(
                bytes(zip, file, CONFIG), file, CONFIG, version, KerasEvidence.of(hdf5));
        return KerasFile.model(config, hdf5, file, options);
      }
    }
  }

  private static byte[] bytes(ZipArchive zip, Path file, String name) {
    byte[] bytes = zip.bytes(name);
    if (bytes == null) {
      throw KerasErrors.noEntry(file, name, zip.names());
    }
    return bytes;
  }
}
