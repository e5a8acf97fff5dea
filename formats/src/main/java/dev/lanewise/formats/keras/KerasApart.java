package dev.lanewise.formats.keras;

import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.models.ForeignFile;
import dev.lanewise.formats.models.ModelJson;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Weights whose model's JSON is a file of its own: an HDF5 file, several ({@link KerasIndex}), or
 * NumPy's arrays ({@link KerasNpz}).
 */
public final class KerasApart {
  private KerasApart() {}

  /** Whether a file of these first bytes holds weights alone that are no single HDF5 file. */
  public static boolean begins(byte[] head) {
    return KerasIndex.begins(head) || ZipArchive.begins(head);
  }

  /**
   * Loads a model.
   *
   * @param weights what {@code model.save_weights} wrote, or {@code numpy.savez} of {@code
   *     model.get_weights()}
   * @param config what {@code model.to_json} gave
   * @param allowNan whether weights may be NaN or infinite
   * @param kind what is made of it, and which models it may be
   */
  public static <T> T read(
      Path weights,
      Path config,
      boolean allowNan,
      Function<KerasConfig, KerasModel<? extends T>> kind) {
    byte[] head = head(weights);
    if (ZipArchive.begins(head)) {
      try (ZipArchive zip = ZipArchive.open(weights)) {
        if (zip.names().stream().allMatch(name -> name.endsWith(".npy"))) {
          KerasModel<? extends T> model = model(config, KerasVersion.UNKNOWN, kind);
          return model.filled(new KerasNpz(zip, weights, model.elements()), weights, allowNan);
        }
      }
    }
    if (KerasIndex.begins(head)) {
      try (KerasIndex index = KerasIndex.open(weights)) {
        return model(config, KerasVersion.UNKNOWN.from(3, 0), kind)
            .filled(index.store(weights), weights, allowNan);
      }
    }
    try (Hdf5 hdf5 = Hdf5.open(weights)) {
      return model(config, KerasEvidence.of(hdf5), kind).filled(hdf5, weights, allowNan);
    }
  }

  private static <T> KerasModel<? extends T> model(
      Path config, KerasVersion version, Function<KerasConfig, KerasModel<? extends T>> kind) {
    return kind.apply(KerasConfig.read(ModelJson.read(config), config, "", "", version));
  }

  private static byte[] head(Path file) {
    try (InputFile input = InputFile.open(file)) {
      return input.bytes(0, (int) Math.min(ForeignFile.HEAD, input.size()));
    }
  }
}
