package dev.lanewise.formats;

import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.hdf5.Hdf5Errors;
import dev.lanewise.formats.keras.KerasApart;
import dev.lanewise.formats.keras.KerasArchive;
import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.keras.KerasErrors;
import dev.lanewise.formats.keras.KerasEvidence;
import dev.lanewise.formats.keras.KerasModel;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Reads models that Keras saved: whole ones in HDF5 ({@code .h5}) of Keras 1, 2 and 3, {@code
 * .keras} archives, and weights beside a model's JSON: HDF5 in one file or several, or an {@code
 * .npz} of {@code model.get_weights()}. What a file is, its first bytes say, not its name.
 *
 * <p>A functional model of one chain is a {@link Sequential}, as {@link #load(Path)} gives it;
 * {@link #loadModel(Path)} reads any: several inputs and outputs, layers that several places share,
 * states that one layer hands to another, the two outputs of a {@code Bidirectional} with {@code
 * merge_mode=None}, and {@code Add}, {@code Average}, {@code Multiply} and {@code Concatenate}. Its
 * inputs and outputs have the names of their layers in Keras.
 *
 * <p>A model within a model, a Sequential or a functional one, is read as its layers, in place of
 * each of its calls: its layers are called {@code model/layer}, and have the same weights in every
 * call. What is of a class of one's own is refused, and named.
 *
 * <p>Each setting of a layer is used, known to have no effect on predictions, or an error that
 * names it. A {@code stateful} layer begins each call with the state 0; a {@link
 * dev.lanewise.lstm.Stream} carries a state on. What is absent from a file means what it meant in
 * the version of Keras that wrote it: the gates of an LSTM were hard before 2.3, and the hard
 * sigmoid of Keras 3 is another. Where a JSON does not say the version, the names in it and the
 * weights' file tell. Weights in float16, bfloat16, float32 or float64 become float32. Dropout,
 * regularizers, constraints, initializers and the optimizer only matter in training, and are left
 * out. Anything else that this library does not do is an error that names the layer.
 */
public final class KerasFile {
  private static final String MODEL_CONFIG = "model_config";

  private KerasFile() {}

  /**
   * Loads a whole model of layers one after the other, whose weights must be finite.
   *
   * @param file what {@code model.save} wrote
   * @return the model, built, its weights those of the file
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run, or one that is no chain
   */
  public static Sequential load(Path file) {
    return load(file, LoadOptions.of());
  }

  /**
   * Loads a whole model of layers one after the other.
   *
   * @param file what {@code model.save} wrote
   * @param options how
   * @return the model, built, its weights those of the file
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run, or one that is no chain
   */
  public static Sequential load(Path file, LoadOptions options) {
    return whole(file, options, KerasModel::chain);
  }

  /**
   * Loads a whole model of any form, whose weights must be finite.
   *
   * @param file what {@code model.save} wrote
   * @return the model, built, its weights those of the file; a {@link Sequential} where it is
   *     layers one after the other
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run
   */
  public static Model loadModel(Path file) {
    return loadModel(file, LoadOptions.of());
  }

  /**
   * Loads a whole model of any form.
   *
   * @param file what {@code model.save} wrote
   * @param options how
   * @return as {@link #loadModel(Path)}
   * @throws FormatException when the file cannot be read, or holds no model that this library can
   *     run
   */
  public static Model loadModel(Path file, LoadOptions options) {
    return whole(file, options, KerasModel::of);
  }

  /** What is made of a whole model. */
  static <T> T whole(
      Path file, LoadOptions options, Function<KerasConfig, KerasModel<? extends T>> kind) {
    byte[] head = ModelReader.head(file);
    if (ZipArchive.begins(head)) {
      return KerasArchive.read(file, options.allowNan(), kind);
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
      String where = Hdf5Errors.attribute("", MODEL_CONFIG);
      KerasConfig config = KerasConfig.read(json, file, where, "", KerasEvidence.of(hdf5));
      return kind.apply(config).filled(hdf5, file, options.allowNan());
    }
  }

  /**
   * Loads a model of layers one after the other from its weights, which must be finite, and its
   * JSON.
   *
   * @param weights what {@code model.save_weights} wrote, in one file or in several beside its
   *     JSON, or {@code numpy.savez} of {@code model.get_weights()}; a whole model's weights serve
   *     too
   * @param config what {@code model.to_json} gave
   * @return the model, built, its weights those of the file
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run, or one that is no chain
   */
  public static Sequential load(Path weights, Path config) {
    return load(weights, config, LoadOptions.of());
  }

  /**
   * Loads a model of layers one after the other from its weights and its JSON.
   *
   * @param weights what {@code model.save_weights} wrote, in one file or in several beside its
   *     JSON, or {@code numpy.savez} of {@code model.get_weights()}; a whole model's weights serve
   *     too
   * @param config what {@code model.to_json} gave
   * @param options how
   * @return the model, built, its weights those of the file
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run, or one that is no chain
   */
  public static Sequential load(Path weights, Path config, LoadOptions options) {
    return apart(weights, config, options, KerasModel::chain);
  }

  /**
   * Loads a model of any form from its weights, which must be finite, and its JSON.
   *
   * @param weights what {@code model.save_weights} wrote, in one file or in several beside its
   *     JSON, or {@code numpy.savez} of {@code model.get_weights()}; a whole model's weights serve
   *     too
   * @param config what {@code model.to_json} gave
   * @return as {@link #loadModel(Path)}
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run
   */
  public static Model loadModel(Path weights, Path config) {
    return loadModel(weights, config, LoadOptions.of());
  }

  /**
   * Loads a model of any form from its weights and its JSON.
   *
   * @param weights what {@code model.save_weights} wrote, in one file or in several beside its
   *     JSON, or {@code numpy.savez} of {@code model.get_weights()}; a whole model's weights serve
   *     too
   * @param config what {@code model.to_json} gave
   * @param options how
   * @return as {@link #loadModel(Path)}
   * @throws FormatException when a file cannot be read, or they hold no model that this library can
   *     run
   */
  public static Model loadModel(Path weights, Path config, LoadOptions options) {
    return apart(weights, config, options, KerasModel::of);
  }

  /** What is made of weights and a model's JSON. */
  static <T> T apart(
      Path weights,
      Path config,
      LoadOptions options,
      Function<KerasConfig, KerasModel<? extends T>> kind) {
    return KerasApart.read(weights, config, options.allowNan(), kind);
  }
}
