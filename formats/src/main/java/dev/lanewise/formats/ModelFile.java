package dev.lanewise.formats;

import dev.lanewise.formats.lanewise.Architecture;
import dev.lanewise.formats.lanewise.LanewiseErrors;
import dev.lanewise.formats.lanewise.TrainingText;
import dev.lanewise.formats.models.FiniteWeights;
import dev.lanewise.formats.models.ModelErrors;
import dev.lanewise.formats.models.ModelJson;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.formats.models.PlannedModel;
import dev.lanewise.formats.safetensors.NamedTensors;
import dev.lanewise.formats.statedict.SafeTensorsState;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.TrainingState;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The native format of a model: one {@code .safetensors} file, which any tool for these can open.
 *
 * <p>Its tensors are the model's weights under their names ({@code lstm/kernel}), F32. Its metadata
 * hold the layers, as JSON under the key {@code lanewise.architecture}:
 *
 * <pre>{@code
 * {"version": 1, "features": 1, "layers": [
 *   {"type": "Lstm", "name": "lstm", "units": 64, "activation": "tanh",
 *    "recurrentActivation": "sigmoid", "useBias": true, "unitForgetBias": true,
 *    "returnSequences": false, "goBackwards": false},
 *   {"type": "Dense", "name": "dense", "units": 1, "activation": "linear", "useBias": true}]}
 * }</pre>
 *
 * <p>A {@link Model} that is no chain is version 2: its inputs, its layers, in what order they are
 * called and on what, and its outputs. Values are numbered as {@link Model.Call} says. A call of a
 * recurrent layer that begins from states names them in {@code from}, h before c:
 *
 * <pre>{@code
 * {"version": 2,
 *  "inputs": [{"name": "sensors", "kind": "sequences", "features": 3},
 *             {"name": "words", "kind": "ids", "timesteps": 7},
 *             {"name": "site", "kind": "rows", "features": 4}],
 *  "layers": [ ... as above ... ],
 *  "calls": [{"layer": "embedding", "in": [1]},
 *            {"layer": "lstm", "in": [3]},
 *            {"layer": "lstm_1", "in": [0], "from": [5, 6]},
 *            {"layer": "concatenate", "in": [7, 2]},
 *            {"layer": "dense", "in": [10]}],
 *  "outputs": [{"name": "load", "value": 11}]}
 * }</pre>
 *
 * <p>A file is written whole or not at all ({@link AtomicFile}), and one that is cut short at any
 * byte is refused. Immutable, save for the model.
 */
public final class ModelFile {
  private static final String PREFIX = "lanewise.";
  static final String ARCHITECTURE = PREFIX + "architecture";
  private static final String TRAINING = PREFIX + "training";
  private static final String TRAINING_TENSORS = TRAINING + "/";
  private static final String PROOF_INPUTS = PREFIX + "proof/in/";
  private static final String PROOF_OUTPUTS = PREFIX + "proof/out/";

  private final Path file;
  private final Model model;
  private final Map<String, String> metadata;
  private final @Nullable TrainingState training;
  private final @Nullable Proof proof;

  private ModelFile(
      Path file,
      Model model,
      Map<String, String> metadata,
      @Nullable TrainingState training,
      @Nullable Proof proof) {
    this.file = file;
    this.model = model;
    this.metadata = Collections.unmodifiableMap(metadata);
    this.training = training;
    this.proof = proof;
  }

  /**
   * Saves a model: its layers and weights, which give the same bytes each time. How it was compiled
   * is not saved, nor the moments of its optimizer: {@link #save(Model, Map, TrainingState, Path)}
   * keeps those.
   *
   * @param model the model, built. Not modified
   * @param file where to; replaced where it exists
   * @throws IllegalArgumentException when two of its weights have one name
   * @throws IllegalStateException when the model is not built
   * @throws FormatException when the file cannot be written; an old one is then unchanged
   */
  public static void save(Model model, Path file) {
    save(model, Map.of(), file);
  }

  /**
   * Saves a model and text of one's own beside it.
   *
   * @param model the model, built. Not modified
   * @param metadata text by key, written in the map's order
   * @param file where to; replaced where it exists
   * @throws IllegalArgumentException when a key begins with {@code lanewise.}, or two weights of
   *     the model have one name
   * @throws IllegalStateException when the model is not built
   * @throws FormatException when the file cannot be written; an old one is then unchanged
   */
  public static void save(Model model, Map<String, String> metadata, Path file) {
    AtomicFile.write(file, contents(model, metadata));
  }

  /**
   * Saves a model and where its training stands, so that it can go on.
   *
   * @param model the model, built. Not modified
   * @param metadata text by key, written in the map's order
   * @param training where it stands
   * @param file where to; replaced where it exists
   * @throws IllegalArgumentException when a key begins with {@code lanewise.}, or two weights of
   *     the model have one name
   * @throws IllegalStateException when the model is not built
   * @throws FormatException when the file cannot be written; an old one is then unchanged
   */
  public static void save(
      Model model, Map<String, String> metadata, TrainingState training, Path file) {
    AtomicFile.write(file, contents(model, metadata, training, null));
  }

  /**
   * Saves a model with inputs and its answers to them, which {@link LoadOptions#checkProof} holds
   * it to.
   *
   * @param model the model, built. Not modified
   * @param metadata text by key, written in the map's order
   * @param proof the inputs and the answers
   * @param file where to; replaced where it exists
   * @throws IllegalArgumentException when a key begins with {@code lanewise.}, or two weights of
   *     the model have one name
   * @throws IllegalStateException when the model is not built
   * @throws FormatException when the file cannot be written; an old one is then unchanged
   */
  public static void save(Model model, Map<String, String> metadata, Proof proof, Path file) {
    AtomicFile.write(file, contents(model, metadata, null, proof));
  }

  /**
   * What {@link #save(Model, Map, Path)} writes, for {@link AtomicFile#writeAll}.
   *
   * @param model the model, built. Not modified; its weights are read when the file is written
   * @param metadata text by key, written in the map's order
   * @return writes the model
   * @throws IllegalArgumentException when a key begins with {@code lanewise.}
   * @throws IllegalStateException when the model is not built
   */
  public static AtomicFile.Contents contents(Model model, Map<String, String> metadata) {
    return contents(model, metadata, null, null);
  }

  private static AtomicFile.Contents contents(
      Model model,
      Map<String, String> metadata,
      @Nullable TrainingState training,
      @Nullable Proof proof) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Weight weight : model.weights()) {
      if (tensors.put(weight.name(), weight.value()) != null) {
        throw LanewiseErrors.weightTwice(weight.name());
      }
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put(ARCHITECTURE, Architecture.write(model));
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (entry.getKey().startsWith(PREFIX)) {
        throw LanewiseErrors.reservedKey(entry.getKey(), PREFIX);
      }
      all.put(entry.getKey(), entry.getValue());
    }
    if (training != null) {
      tensors.putAll(TrainingText.tensors(TRAINING_TENSORS, training));
      all.put(TRAINING, TrainingText.write(training));
    }
    if (proof != null) {
      proof.inputs().forEach((name, x) -> tensors.put(PROOF_INPUTS + name, x.toFloat()));
      proof.outputs().forEach((name, y) -> tensors.put(PROOF_OUTPUTS + name, y));
    }
    return SafeTensors.contents(tensors, all);
  }

  /**
   * Loads a chain of layers, whose weights must be finite.
   *
   * @param file the file
   * @return the model, built, its weights those of the file
   * @throws FormatException when the file cannot be read or holds no model, or one that is no chain
   */
  public static Sequential load(Path file) {
    return read(file).sequential();
  }

  /**
   * Loads any model, whose weights must be finite.
   *
   * @param file the file
   * @return the model, built, its weights those of the file; a {@link Sequential} where it is a
   *     chain
   * @throws FormatException when the file cannot be read or holds no model
   */
  public static Model loadModel(Path file) {
    return read(file).model();
  }

  /**
   * Loads a model, whose weights must be finite, and the text beside it.
   *
   * @param file the file
   * @return what it holds
   * @throws FormatException when the file cannot be read or holds no model
   */
  public static ModelFile read(Path file) {
    return read(file, LoadOptions.of());
  }

  /**
   * Loads a model and the text beside it.
   *
   * @param file the file
   * @param options how
   * @return what it holds
   * @throws FormatException when the file cannot be read or holds no model
   */
  public static ModelFile read(Path file, LoadOptions options) {
    try (SafeTensorsState tensors = SafeTensorsState.open(file)) {
      return filled(planned(tensors), tensors, options);
    }
  }

  /** The model that a file says. */
  static PlannedModel planned(SafeTensorsState tensors) {
    String json = tensors.metadata().get(ARCHITECTURE);
    if (json == null) {
      throw LanewiseErrors.noArchitecture(tensors.file(), ARCHITECTURE, tensors.shapes().keySet());
    }
    NamedTensors weights =
        tensors.named().without(TRAINING_TENSORS).without(PROOF_INPUTS).without(PROOF_OUTPUTS);
    return Architecture.read(json, tensors.file(), ARCHITECTURE, weights);
  }

  /** The model that a file says beside one of weights. */
  static PlannedModel planned(SafeTensorsState tensors, Path config) {
    String json = new String(ModelJson.read(config), StandardCharsets.UTF_8);
    return Architecture.read(json, config, "", tensors.named());
  }

  private static ModelFile filled(
      PlannedModel planned, SafeTensorsState tensors, LoadOptions options) {
    Path file = tensors.file();
    Model model =
        ModelSizes.allocated(
            file,
            ModelSizes.elements(planned.shapes().values()),
            () -> planned.build(FiniteWeights.checked(tensors::fill, file, options.allowNan())));
    String text = tensors.metadata().get(TRAINING);
    TrainingState training =
        text == null
            ? null
            : TrainingText.read(text, file, TRAINING, tensors.named().under(TRAINING_TENSORS));
    Proof proof = proof(tensors);
    if (options.checkProof()) {
      require(proof, file).check(model.predictor(), file);
    }
    return new ModelFile(file, model, metadata(tensors), training, proof);
  }

  /** The proof of a file; null where it has none. */
  static @Nullable Proof proof(SafeTensorsState tensors) {
    Map<String, Tensor> inputs = tensors.named().under(PROOF_INPUTS);
    Map<String, Tensor> outputs = tensors.named().under(PROOF_OUTPUTS);
    return inputs.isEmpty() && outputs.isEmpty() ? null : new Proof(inputs, outputs);
  }

  /** The proof, which must be there. */
  static Proof require(@Nullable Proof proof, Path file) {
    if (proof == null) {
      throw LanewiseErrors.proofMissing(file);
    }
    return proof;
  }

  /** What is the user's own. */
  static Map<String, String> metadata(SafeTensorsState tensors) {
    Map<String, String> metadata = new LinkedHashMap<>(tensors.metadata());
    metadata.keySet().removeIf(key -> key.startsWith(PREFIX));
    return metadata;
  }

  /**
   * The model.
   *
   * @return the model, built; a {@link Sequential} where it is a chain
   */
  public Model model() {
    return model;
  }

  /**
   * The model where it is a chain.
   *
   * @return the model, built
   * @throws FormatException when it is none
   */
  public Sequential sequential() {
    return ModelErrors.requireChain(model, file, "ModelFile.loadModel(file) reads it");
  }

  /**
   * Where the training of the model stands.
   *
   * @return empty where the file does not say
   */
  public Optional<TrainingState> trainingState() {
    return Optional.ofNullable(training);
  }

  /**
   * Inputs and what the model answered when it was saved.
   *
   * @return empty where the file has none
   */
  public Optional<Proof> proof() {
    return Optional.ofNullable(proof);
  }

  /**
   * The text beside the model.
   *
   * @return by key, in the order of the file, without Lanewise's own; unmodifiable
   */
  public Map<String, String> metadata() {
    return metadata;
  }
}
