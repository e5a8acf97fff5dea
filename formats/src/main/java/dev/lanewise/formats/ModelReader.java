package dev.lanewise.formats;

import dev.lanewise.formats.audio.AudioModel;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.keras.KerasApart;
import dev.lanewise.formats.keras.KerasArchive;
import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.keras.KerasModel;
import dev.lanewise.formats.models.FiniteWeights;
import dev.lanewise.formats.models.ForeignFile;
import dev.lanewise.formats.models.ModelErrors;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.formats.models.PlannedModel;
import dev.lanewise.formats.safetensors.SafeTensorsHeader;
import dev.lanewise.formats.statedict.SafeTensorsState;
import dev.lanewise.formats.statedict.StateDict;
import dev.lanewise.formats.statedict.StateTensors;
import dev.lanewise.formats.tfjs.TfjsModel;
import dev.lanewise.formats.torch.TorchTensors;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model of any format that this library reads: its own ({@link ModelFile}), Keras's ({@link
 * KerasFile}) and PyTorch's. What a file is, its content says, not its name. A file of another tool
 * is named, with the way to one that can be read.
 *
 * <p>Of PyTorch a {@code state_dict} is read, of {@code nn.LSTM}, {@code GRU} and {@code RNN}, of
 * {@code LSTMCell} and its like, {@code Linear}, {@code Embedding}, {@code Conv1d}, {@code
 * BatchNorm1d} and {@code LayerNorm}. It has the modules' tensors and not how they are called. One
 * module is a model; several are where each takes what the one before gives and nothing need stand
 * between. Otherwise {@link LoadOptions#layers()} says it, a module or a function an item:
 *
 * <ul>
 *   <li>{@code lstm}: the module of that name. Of a recurrent one {@code :last} is {@code out[:,
 *       -1]}, {@code :h_n} the last state of each direction; without a word every timestep.
 *   <li>{@code fc:relu}: an activation after it, by its name in {@code torch.nn.functional}.
 *   <li>{@code conv:stride=2:padding=same:dilation=1}, {@code norm:eps=1e-3}, {@code rnn:relu}:
 *       what its constructor took, where that was not the default.
 *   <li>{@code aux:unused}: left out.
 *   <li>{@code relu}, {@code softmax}, .. and {@code flatten}, {@code mean} and {@code max} over
 *       time, {@code maxpool:kernel_size=2}, {@code avgpool:kernel_size=2}, {@code dropout}.
 * </ul>
 *
 * <p>A model that is no chain is the JSON of ours as the config, whose layers have the names of the
 * modules; those of a module of several levels end in {@code _l0}, {@code _l1}. Sequences are
 * {@code (batch, timesteps, features)}, as with {@code batch_first=True}, states {@code (layers *
 * directions, batch, units)}.
 */
public final class ModelReader {
  private static final String KERAS_HDF5 = "Keras HDF5";

  private ModelReader() {}

  /**
   * What a file holds.
   *
   * @param file which was read
   * @param model the model, built, its weights those of the file; a {@link Sequential} where it is
   *     a chain
   * @param metadata the text beside it, by key; empty where the format has none
   * @param format the format in words, such as {@code Lanewise} or {@code Keras HDF5}
   * @param notes what the file does not say, and how it was taken; a sentence each
   * @param proof inputs and answers that the file keeps
   */
  public record Contents(
      Path file,
      Model model,
      Map<String, String> metadata,
      String format,
      List<String> notes,
      Optional<Proof> proof) {
    /**
     * Copies the metadata and the notes.
     *
     * @param file which was read
     * @param model the model
     * @param metadata the text beside it
     * @param format the format in words
     * @param notes what the file does not say
     * @param proof inputs and answers that the file keeps
     */
    public Contents {
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
      notes = List.copyOf(notes);
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
    Found<? extends Model> found = Found.in(file, config, options, MODEL);
    return new Contents(file, found.made, found.metadata, found.format, found.notes, found.proof());
  }

  /**
   * Reads a model of which only predictions are wanted. The weights are read a layer at a time and
   * packed, so that besides the packed ones no more memory is taken than the largest layer's are,
   * and of Keras's or TensorFlow.js's twice that. A {@code .keras} archive is in memory meanwhile,
   * and a file for audio plugins is read whole first.
   *
   * @param file the file
   * @param options how it is read
   * @param predictor how it predicts
   * @return a new predictor, the caller's to close
   * @throws FormatException as {@link #read(Path, LoadOptions)} does
   * @throws IllegalArgumentException as {@link Model#predictor(PredictorOptions)} does
   */
  public static Predictor predictor(Path file, LoadOptions options, PredictorOptions predictor) {
    return Found.in(file, null, options, predicting(predictor)).made;
  }

  /** What is made of a file. */
  private interface Use<T> {
    /** Of layers, and what gives each weight its value. */
    T of(PlannedModel model, Consumer<Weight> fill);

    /** Of a model that is read already. */
    T of(Model model);

    /** Of a model of Keras. */
    Function<KerasConfig, KerasModel<? extends T>> ofKeras();

    /** To hold what was made to its proof. */
    Predictor predictor(T made);
  }

  private static final Use<Model> MODEL =
      new Use<>() {
        @Override
        public Model of(PlannedModel model, Consumer<Weight> fill) {
          return model.build(fill);
        }

        @Override
        public Model of(Model model) {
          return model;
        }

        @Override
        public Function<KerasConfig, KerasModel<? extends Model>> ofKeras() {
          return KerasModel::of;
        }

        @Override
        public Predictor predictor(Model made) {
          return made.predictor();
        }
      };

  private static Use<Predictor> predicting(PredictorOptions options) {
    return new Use<>() {
      @Override
      public Predictor of(PlannedModel model, Consumer<Weight> fill) {
        return model.predictor(options, fill);
      }

      @Override
      public Predictor of(Model model) {
        return model.predictor(options);
      }

      @Override
      public Function<KerasConfig, KerasModel<? extends Predictor>> ofKeras() {
        return config -> KerasModel.predictor(config, options);
      }

      @Override
      public Predictor predictor(Predictor made) {
        return made;
      }
    };
  }

  /**
   * What a file holds.
   *
   * @param made of its model
   * @param kept null where the file has no proof
   */
  private record Found<T>(
      T made,
      Map<String, String> metadata,
      String format,
      List<String> notes,
      @Nullable Proof kept) {
    static <T> Found<T> in(Path file, @Nullable Path config, LoadOptions options, Use<T> use) {
      Found<T> found = read(file, config, options, use);
      if (options.checkProof()) {
        ModelFile.require(found.kept, file).check(use.predictor(found.made), file);
      }
      return found;
    }

    private static <T> Found<T> of(T made, String format) {
      return new Found<>(made, Map.of(), format, List.of(), null);
    }

    Optional<Proof> proof() {
      return Optional.ofNullable(kept);
    }

    private static <T> Found<T> read(
        Path file, @Nullable Path config, LoadOptions options, Use<T> use) {
      byte[] head = head(file);
      if (SafeTensorsHeader.begins(head)) {
        return safeTensors(file, config, options, use);
      }
      if (isTorch(file, head)) {
        try (TorchTensors tensors = TorchTensors.read(file)) {
          return stateDict(tensors, config, options, use, "PyTorch state_dict");
        }
      }
      ModelErrors.requireNoLayers(file, options.layers());
      if (config != null) {
        requireApart(file, head, config);
        String format = Hdf5.begins(head) ? KERAS_HDF5 : "Keras weights";
        return of(KerasFile.apart(file, config, options, use.ofKeras()), format);
      }
      if (Hdf5.begins(head) || ZipArchive.begins(head)) {
        String format = Hdf5.begins(head) ? KERAS_HDF5 : "Keras archive";
        return of(KerasFile.whole(file, options, use.ofKeras()), format);
      }
      if (TfjsModel.begins(head)) {
        T made = TfjsModel.read(file, options.allowNan(), use.ofKeras());
        return of(made, "TensorFlow.js");
      }
      if (AudioModel.begins(head)) {
        AudioModel audio = AudioModel.read(file, options.allowNan());
        return new Found<>(use.of(audio.model()), audio.metadata(), audio.form(), List.of(), null);
      }
      throw ModelErrors.noModel(file, head);
    }

    /** Refuses what holds no weights of Keras that need a config. */
    private static void requireApart(Path file, byte[] head, Path config) {
      if (ZipArchive.begins(head)) {
        try (ZipArchive zip = ZipArchive.open(file)) {
          if (KerasArchive.is(zip.names())) {
            throw ModelErrors.archiveConfig(file, config);
          }
        }
      } else if (!Hdf5.begins(head) && !KerasApart.begins(head)) {
        throw ModelErrors.noModel(file, head);
      }
    }

    private static boolean isTorch(Path file, byte[] head) {
      if (!ZipArchive.begins(head)) {
        return TorchTensors.begins(head);
      }
      try (ZipArchive zip = ZipArchive.open(file)) {
        return TorchTensors.isTorch(zip.names());
      }
    }

    /** Ours where it has our layers, or names as of our weights; else PyTorch's. */
    private static <T> Found<T> safeTensors(
        Path file, @Nullable Path config, LoadOptions options, Use<T> use) {
      try (SafeTensorsState tensors = SafeTensorsState.open(file)) {
        boolean ours =
            tensors.metadata().containsKey(ModelFile.ARCHITECTURE)
                || tensors.shapes().keySet().stream().anyMatch(name -> name.contains("/"));
        if (!ours) {
          return stateDict(tensors, config, options, use, "PyTorch state_dict, safetensors");
        }
        ModelErrors.requireNoLayers(file, options.layers());
        PlannedModel planned =
            config == null ? ModelFile.planned(tensors) : ModelFile.planned(tensors, config);
        T made = made(file, planned, tensors::fill, options, use);
        Map<String, String> metadata = ModelFile.metadata(tensors);
        return new Found<>(made, metadata, "Lanewise", List.of(), ModelFile.proof(tensors));
      }
    }

    private static <T> Found<T> stateDict(
        StateTensors tensors,
        @Nullable Path config,
        LoadOptions options,
        Use<T> use,
        String format) {
      StateDict found =
          config == null ? StateDict.of(tensors, options.layers()) : StateDict.of(tensors, config);
      T made = made(tensors.file(), found.model(), found::fill, options, use);
      return new Found<>(made, Map.of(), format, found.notes(), null);
    }

    private static <T> T made(
        Path file, PlannedModel planned, Consumer<Weight> fill, LoadOptions options, Use<T> use) {
      Consumer<Weight> checked = FiniteWeights.checked(fill, file, options.allowNan());
      long elements = ModelSizes.elements(planned.shapes().values());
      return ModelSizes.allocated(file, elements, () -> use.of(planned, checked));
    }
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
