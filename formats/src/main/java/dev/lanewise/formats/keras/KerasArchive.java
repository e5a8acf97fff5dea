package dev.lanewise.formats.keras;

import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelJson;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The {@code .keras} format: a zip archive of two JSON texts and the weights in HDF5. */
public final class KerasArchive {
  private static final String METADATA = "metadata.json";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final String PICKLED = "model.weights.npz";

  /** What HDF5 takes beside the arrays: some kilobytes for each. */
  private static final long STRUCTURE = 64 << 20;

  private KerasArchive() {}

  /** Whether a zip archive with these entries is one. */
  public static boolean is(List<String> entries) {
    return entries.contains(METADATA) || entries.contains(CONFIG);
  }

  /**
   * Loads a model.
   *
   * @param allowNan whether weights may be NaN or infinite
   * @param kind what is made of it, and which models it may be
   */
  public static <T> T read(
      Path file, boolean allowNan, Function<KerasConfig, KerasModel<? extends T>> kind) {
    try (ZipArchive zip = ZipArchive.open(file)) {
      byte[] json = bytes(zip, file, METADATA, ModelJson.MOST_BYTES);
      JsonObject metadata = JsonObject.of(Json.parse(json, file, METADATA, -1), file, METADATA);
      String version = metadata.string("keras_version");
      byte[] text = bytes(zip, file, CONFIG, ModelJson.MOST_BYTES);
      KerasModel<? extends T> model =
          kind.apply(KerasConfig.read(text, file, CONFIG, version, KerasVersion.UNKNOWN));
      if (zip.names().contains(PICKLED) && !zip.names().contains(WEIGHTS)) {
        throw KerasErrors.pickled(file, WEIGHTS, PICKLED);
      }
      byte[] weights = bytes(zip, file, WEIGHTS, most(model));
      try (Hdf5 hdf5 = Hdf5.open(weights, file, FileErrors.entry(WEIGHTS))) {
        return model.filled(hdf5, file, allowNan);
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
