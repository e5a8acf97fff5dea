package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.lstm.BatchProgress;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.TrainingState;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise fit}: trains a model file on arrays. */
@Command(name = "fit", description = "Train a model file on arrays.", sortOptions = false)
final class FitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "The model to go on from, of any format that predict reads.")
  private Path model = Path.of("");

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--x",
      required = true,
      paramLabel = "[NAME=]X.(npy|npz|csv)",
      description =
          "npy: (samples, timesteps, features), or as the model takes it. Of a model of several inputs one for each, by name.")
  private List<String> inputs = List.of();

  @Option(
      names = "--y",
      required = true,
      paramLabel = "[NAME=]Y.(npy|npz|csv)",
      description =
          "What the model should give. Of a model of several outputs one for each, by name.")
  private List<String> targets = List.of();

  @Option(
      names = "--lengths",
      paramLabel = "L.(npy|csv)",
      description =
          "The real length of each sample of the only input; what comes after is padding.")
  private @Nullable Path lengths;

  @Mixin private FitSettings settings = new FitSettings();

  @Option(
      names = "--history",
      paramLabel = "H.csv",
      description = "Where the losses go: a row a step, of before its update.")
  private @Nullable Path history;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "M2.safetensors",
      description = "Where the trained model goes; replaced where it exists, whole or not at all.")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    settings.check();
    requireSafetensors("--out", out);
    CheckpointOptions checkpoint = settings.learning().checkpoint();
    Optional<ModelFile> last = checkpoint.last();
    ModelReader.Contents contents = options.read(model);
    Model network = last.map(ModelFile::model).orElseGet(contents::model);
    Map<String, Tensor> x = new LinkedHashMap<>();
    Map<String, Mask> masks = new LinkedHashMap<>();
    read(network, x, masks);
    Map<String, Tensor> y =
        arrays("--y", targets, PortNames.of("--y", "output", "out", network.outputNames()));
    long samples = x.values().iterator().next().dim(0);
    Optimizer optimizer = settings.learning().optimizer(samples);
    List<Tensor> data = new ArrayList<>(x.values());
    data.addAll(y.values());
    TrainingIdentity identity = new TrainingIdentity(spec).of(network).of(data);
    last.ifPresent(file -> checkpoint.require(file, identity));
    network.compile(optimizer, settings.loss());
    List<List<String>> losses = new ArrayList<>();
    Patience patience = settings.learning().patience();
    fit(network, x, masks, y, last.flatMap(ModelFile::trainingState), identity, patience, losses);
    Map<Path, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(out, ModelFile.contents(network, contents.metadata()));
    if (history != null) {
      files.put(history, CsvTable.of(List.of("step", "loss"), losses).contents());
    }
    AtomicFile.writeAll(files);
    System.out.println(report(losses));
    patience.lines().forEach(System.out::println);
    return 0;
  }

  static void requireSafetensors(String option, Path file) {
    if (!ArrayFile.ends(file, ".safetensors")) {
      throw new InputException(option + " " + file + ": expected a name that ends in .safetensors");
    }
  }

  private void read(Model network, Map<String, Tensor> x, Map<String, Mask> masks) {
    PortNames ports = PortNames.of("--x", "input", "in", network.inputNames());
    x.putAll(arrays("--x", inputs, ports));
    for (Value input : network.inputs()) {
      Tensor given = x.get(input.name());
      if (given != null && given.rank() == 2 && input.hasTime() && !input.isIds()) {
        x.put(input.name(), Sequences.rows(given)); // one sequence, whose rows are timesteps
      }
    }
    if (lengths != null) {
      String name = network.inputNames().getFirst();
      if (network.inputNames().size() > 1) {
        throw new InputException("--lengths: expected a model of one input; " + ports.theirs());
      }
      Tensor only = Objects.requireNonNull(x.get(name));
      ArrayFile file = ArrayFile.of("lengths", lengths);
      SampleLengths all = Objects.requireNonNull(SampleLengths.read(file, file, only));
      masks.put(name, all.mask(only, all.about() + ", --x " + only.shape()));
    }
  }

  /** One array for each name. */
  private static Map<String, Tensor> arrays(String option, List<String> values, PortNames ports) {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (NamedPaths.Given given : NamedPaths.split(option, values, ports.names())) {
      NamedPaths.put(option, paths, ports.of(given), given);
    }
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (String name : ports.names()) {
      Path path = paths.get(name);
      if (path == null) {
        throw new InputException(
            option
                + ": expected "
                + name
                + " too, add "
                + option
                + " "
                + name
                + "=FILE; "
                + ports.theirs());
      }
      arrays.put(name, ArrayFile.of(name, path).read());
    }
    return arrays;
  }

  private void fit(
      Model network,
      Map<String, Tensor> x,
      Map<String, Mask> masks,
      Map<String, Tensor> y,
      Optional<TrainingState> state,
      TrainingIdentity identity,
      Patience patience,
      List<List<String>> losses) {
    CheckpointOptions checkpoint = settings.learning().checkpoint();
    try (Progress progress = Progress.of("training", settings.learning().epochs());
        EndedFromOutside end = new EndedFromOutside(checkpoint.ended())) {
      FitOptions.Builder fit = settings.options().onEpoch(progress::epoch);
      fit.onBatch(
          batch -> {
            progress.step(batch);
            losses.add(row(batch));
          });
      state.ifPresent(fit::resume);
      patience.add(fit);
      checkpoint.add(fit, identity, end);
      network.fit(x, masks, y, fit.build());
    } catch (IllegalArgumentException e) {
      throw new InputException(CommandWords.of(e), e);
    }
  }

  private static List<String> row(BatchProgress batch) {
    long step = (long) batch.epoch() * batch.of() + batch.index();
    return List.of(Long.toString(step), Double.toString(batch.loss()));
  }

  private String report(List<List<String>> losses) {
    if (losses.isEmpty()) {
      return model + " -> " + out + ", no epoch was left";
    }
    return String.format(
        Locale.ROOT,
        "%s -> %s, %d steps, loss %.4g to %.4g",
        model,
        out,
        losses.size(),
        Double.parseDouble(losses.getFirst().get(1)),
        Double.parseDouble(losses.getLast().get(1)));
  }
}
