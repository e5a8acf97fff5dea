package dev.lanewise.formats;

import dev.lanewise.lstm.Sequential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads models that Keras saved: whole ones in HDF5 ({@code .h5}) of Keras 1, 2 and 3, {@code
 * .keras} archives, and weights in HDF5 beside a model's JSON. What a file is, its first bytes say,
 * not its name.
 *
 * <p>A functional model is read where it is a plain chain. Each setting of a layer is used, known
 * to have no effect on predictions, or an error that names it. A {@code stateful} layer begins each
 * call with the state 0; a {@link dev.lanewise.lstm.Stream} carries a state on. What is absent from
 * a file means what it meant in the version of Keras that wrote it: the gates of an LSTM were hard
 * before 2.3, and the hard sigmoid of Keras 3 is another. Where a JSON does not say the version,
 * the names in it and the weights' file tell. Weights in float16, float32 or float64 become
 * float32. Dropout, regularizers, constraints, initializers and the optimizer only matter in
 * training, and are left out. Anything else that this library does not do is an error that names
 * the layer.
 */
public final class KerasFile {
  private static final String MODEL_CONFIG = "model_config";

  /** Far above any model's, far below what would hurt. */
  static final int MOST_JSON = 1 << 24;

  private KerasFile() {}

  /**
   * Loads a whole model, whose weights must be finite.
   *
   * @param file what {@code model.save} wrote
   * @return the model, built, its weights those of the file
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run
   */
  public static Sequential load(Path file) {
    return load(file, LoadOptions.of());
  }

  /**
   * Loads a whole model.
   *
   * @param file what {@code model.save} wrote
   * @param options how
   * @return the model, built, its weights those of the file
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run
   */
  public static Sequential load(Path file, LoadOptions options) {
    byte[] head = ModelReader.head(file);
    if (ZipArchive.begins(head)) {
      return KerasArchive.load(file, options);
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
      String where = KerasErrors.attribute("", MODEL_CONFIG);
      KerasConfig config = KerasConfig.read(json, file, where, "", KerasEvidence.of(hdf5));
      return KerasModel.of(config).filled(hdf5, file, options);
    }
  }

  /**
   * Loads a model from its weights, which must be finite, and its JSON.
   *
   * @param weights what {@code model.save_weights} wrote; a whole model's weights serve too
   * @param config what {@code model.to_json} gave
   * @return the model, built, its weights those of the file
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run
   */
  public static Sequential load(Path weights, Path config) {
    return load(weights, config, LoadOptions.of());
  }

  /**
   * Loads a model from its weights and its JSON.
   *
   * @param weights what {@code model.save_weights} wrote; a whole model's weights serve too
   * @param config what {@code model.to_json} gave
   * @param options how
   * @return the model, built, its weights those of the file
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run
   */
  public static Sequential load(Path weights, Path config, LoadOptions options) {
    try (Hdf5 hdf5 = Hdf5.open(weights)) {
      KerasConfig read = KerasConfig.read(text(config), config, "", "", KerasEvidence.of(hdf5));
      return KerasModel.of(read).filled(hdf5, weights, options);
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
}
