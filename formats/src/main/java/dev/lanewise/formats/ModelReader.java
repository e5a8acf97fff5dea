package dev.lanewise.formats;

import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.keras.KerasArchive;
import dev.lanewise.formats.keras.KerasModel;
import dev.lanewise.formats.models.ForeignFile;
import dev.lanewise.formats.models.ModelErrors;
import dev.lanewise.formats.safetensors.SafeTensorsHeader;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model of any format that this library reads: its own ({@link ModelFile}) and Keras's
 * ({@link KerasFile}). What a file is, its first bytes say, not its name. A file of another tool is
 * named, with the way to one that can be read.
 */
public final class ModelReader {
  private ModelReader() {}

  /**
   * What a file holds.
   *
   * @param file which was read
   * @param model the model, built, its weights those of the file; a {@link Sequential} where it is
   *     a chain
   * @param metadata the text beside it, by key; empty where the format has none
   * @param format the format in words: {@code Lanewise}, {@code Keras HDF5} or {@code Keras
   *     archive}
   */
  public record Contents(Path file, Model model, Map<String, String> metadata, String format) {
    /**
     * Copies the metadata.
     *
     * @param file which was read
     * @param model the model
     * @param metadata the text beside it
     * @param format the format in words
     */
    public Contents {
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * The model where it is a chain.
     *
     * @return the model, built
     * @throws FormatException when it is none
     */
    public Sequential sequential() {
      return ModelErrors.requireChain(model, file, "Contents.model() is any model");
    }
  }

  /**
   * Reads a file that holds its own architecture. Its weights must be finite.
   *
   * @param file the file
   * @return what it holds
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run
   */
  public static Contents read(Path file) {
    return load(file, null, LoadOptions.of());
  }

  /**
   * Reads a file that holds its own architecture.
   *
   * @param file the file
   * @param options how
   * @return what it holds
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run
   */
  public static Contents read(Path file, LoadOptions options) {
    return load(file, null, options);
  }

  /**
   * Reads a file of weights, which must be finite, with the architecture of another.
   *
   * @param file the file
   * @param config the architecture, used in place of the file's own where that has one: Keras's
   *     model JSON for HDF5, and for safetensors what {@link ModelFile} says. A {@code .keras}
   *     archive takes none
   * @return what they hold
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run
   */
  public static Contents read(Path file, Path config) {
    return load(file, config, LoadOptions.of());
  }

  /**
   * Reads a file of weights with the architecture of another.
   *
   * @param file the file
   * @param config as for {@link #read(Path, Path)}
   * @param options how
   * @return what they hold
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run
   */
  public static Contents read(Path file, Path config, LoadOptions options) {
    return load(file, config, options);
  }

  private static Contents load(Path file, @Nullable Path config, LoadOptions options) {
    byte[] head = head(file);
    if (Hdf5.begins(head)) {
      Model model =
          config == null
              ? KerasFile.loadModel(file, options)
              : KerasFile.loadModel(file, config, options);
      return new Contents(file, model, Map.of(), "Keras HDF5");
    }
    if (ZipArchive.begins(head)) {
      if (config != null) {
        throw ModelErrors.archiveConfig(file, config);
      }
      return new Contents(
          file,
          KerasArchive.read(file, options.allowNan(), KerasModel::of),
          Map.of(),
          "Keras archive");
    }
    if (SafeTensorsHeader.begins(head)) {
      ModelFile found =
          config == null ? ModelFile.read(file, options) : ModelFile.read(file, config, options);
      return new Contents(file, found.model(), found.metadata(), "Lanewise");
    }
    throw ModelErrors.noModel(file, head);
  }

  /** What a file begins with, which says what it is. */
  static byte[] head(Path file) {
    if (Files.isDirectory(file)) {
      throw ModelErrors.folder(file);
    }
    try (InputFile input = InputFile.open(file)) {
      return input.bytes(0, (int) Math.min(ForeignFile.HEAD, input.size()));
    }
  }
}
