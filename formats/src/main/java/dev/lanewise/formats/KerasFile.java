package dev.lanewise.formats;

import dev.lanewise.lstm.Sequential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads models that Keras saved: whole ones in HDF5 ({@code .h5}) of Keras 1, 2 and 3, {@code
 * .keras} archives, and weights in HDF5 beside a model's JSON. What a file is, its first bytes say,
 * not its name.
 *
 * <p>A functional model is read where it is a plain chain. What is absent from a file means what it
 * meant in the version of Keras that wrote it: the gates of an LSTM were hard before 2.3, and the
 * hard sigmoid of Keras 3 is another. Weights in float16, float32 or float64 become float32.
 * Dropout, regularizers, constraints, initializers and the optimizer only matter in training, and
 * are left out. Anything else that this library does not do is an error that names the layer.
 */
public final class KerasFile {
  private static final String MODEL_CONFIG = "model_config";

  /** Far above any model's, far below what would hurt. */
  static final int MOST_JSON = 1 << 24;

  private KerasFile() {}

  /**
   * Loads a whole model.
   *
   * @param file what {@code model.save} wrote
   * @return the model, built, its weights those of the file
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run
   */
  public static Sequential load(Path file) {
    byte[] head;
    try (InputFile input = InputFile.open(file)) {
      head = input.bytes(0, (int) Math.min(8, input.size()));
    }
    if (ZipArchive.begins(head)) {
      return KerasArchive.load(file);
    }
    if (!Hdf5.begins(head)) {
      throw KerasErrors.notKeras(file, head);
    }
    try (Hdf5 hdf5 = Hdf5.open(file)) {
      if (!hdf5.hasAttribute("", MODEL_CONFIG)) {
        throw hdf5.hasList("", "layer_names")
            ? KerasErrors.weightsOnly(file)
            : KerasErrors.noModel(file, hdf5.children(""));
      }
      byte[] json = hdf5.text("", MODEL_CONFIG).getBytes(StandardCharsets.UTF_8);
      String said = version(hdf5);
      String where = KerasErrors.attribute("", MODEL_CONFIG);
      KerasConfig config = KerasConfig.read(json, file, where, said == null ? "1" : said);
      return KerasModel.of(config).filled(hdf5, file);
    }
  }

  /**
   * Loads a model from its weights and its JSON.
   *
   * @param weights what {@code model.save_weights} wrote; a whole model's weights serve too
   * @param config what {@code model.to_json} gave
   * @return the model, built, its weights those of the file
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run
   */
  public static Sequential load(Path weights, Path config) {
    try (Hdf5 hdf5 = Hdf5.open(weights)) {
      KerasConfig read = KerasConfig.read(text(config), config, "", null);
      return KerasModel.of(read).filled(hdf5, weights);
    }
  }

  /** The JSON of a model. */
  static byte[] text(Path file) {
    try (InputFile input = InputFile.open(file)) {
      if (input.size() > MOST_JSON) {
        throw KerasErrors.longJson(file, MOST_JSON, input.size());
      }
      return input.bytes(0, (int) input.size());
    }
  }

  private static @Nullable String version(Hdf5 hdf5) {
    for (String group : List.of("", "model_weights")) {
      if (hdf5.hasAttribute(group, "keras_version")) {
        return hdf5.text(group, "keras_version");
      }
    }
    return null;
  }
}
