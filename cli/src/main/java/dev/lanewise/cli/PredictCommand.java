package dev.lanewise.cli;

import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.tensor.Tensor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise predict}: runs a model file over a file of inputs. */
@Command(name = "predict", description = "Predict with a model file.", sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  private static final String X = "x";
  private static final String LENGTHS = "lengths";
  private static final String Y = "y";

  @Option(names = "--model", required = true, paramLabel = "M", description = ModelOptions.FILES)
  private Path model = Path.of("");

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--input",
      required = true,
      paramLabel = "[NAME=]X.(npy|npz|csv)",
      description =
          "npy: (batch, timesteps, features). npz: its only array, or the one of the input's name, x. csv: a row a timestep,"
              + " the oldest first; of a model of the command train the last window of its rows, by the columns it was"
              + " trained on; of another model one sequence. For a model of token ids: (batch, timesteps),"
              + " a csv then with a row a sample. -: npy or csv from stdin. Beside it lengths=FILE: the real length of each"
              + " sample, (batch), or a csv of one column; what comes after is padding. And h0=FILE, of LSTMs also c0=FILE: the states"
              + " that the recurrent layers begin from, (layers*directions, batch, units); 0 where not given. A path that holds \"=\" begins"
              + " with ./. A model that is a graph has inputs of its own names, which inspect shows, or by place in0, in1: give each."
              + " A csv of rows then has a row a sample, and NAME.lengths=FILE are the lengths of one input")
  private List<String> inputs = List.of();

  @Option(
      names = "--all-windows",
      description =
          "Of a csv, and a model of the command train: a forecast for each window of rows, the last one's last.")
  private boolean allWindows;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "[NAME=]Y.(npy|csv)",
      description =
          "npy: as the model gives it. csv: a row a sample (or a timestep of it), under the target's name where the model"
              + " has one. -: to stdout, in the format of the input. Beside or instead of it h_n=FILE and"
              + " c_n=FILE: the states after the last real step, (layers*directions, batch, units); a GRU and a SimpleRnn"
              + " have no c_n. All are written or none. A model that is a graph has outputs of its own"
              + " names, or by place out0, out1; give those that you want.")
  private List<String> outputs = List.of();

  @Option(
      names = "--time-major",
      description =
          "Arrays of sequences have the time before the batch, (timesteps, batch, features), as those of PyTorch without"
              + " batch_first. What comes out has it too where it has a time axis. A CSV and states are as without it.")
  private boolean timeMajor;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Default: all cores. The result does not depend on it.")
  private int threads;

  @Option(
      names = "--weights",
      defaultValue = "f32",
      paramLabel = "FORMAT",
      description =
          "f32, bf16 or int8: what the kernels of recurrent and Dense layers are rounded to. Narrower is faster for few"
              + " sequences and large layers, and a little less exact. Default: ${DEFAULT-VALUE}.")
  private String weights = "";

  @Override
  public Integer call() {
    if (threads < 0) {
      throw new InputException("--threads " + threads + ": expected 1 or more, or 0 for all cores");
    }
    WeightFormat format = format(weights);
    NamedPaths.requirePaths("--input", inputs);
    NamedPaths.requirePaths("--out", outputs);
    ModelReader.Contents contents = options.read(model);
    if (contents.model() instanceof Sequential chain) {
      predict(chain, contents.metadata(), format);
      return 0;
    }
    if (allWindows) {
      throw new InputException(
          "--all-windows: expected a model of the command train, which has a window; leave it out");
    }
    GraphPrediction graph = new GraphPrediction(contents.model(), inputs, outputs, timeMajor);
    graph.run(predictor(contents.model(), format));
    return 0;
  }

  private Predictor predictor(Model network, WeightFormat format) {
    return network.predictor(PredictorOptions.builder().threads(threads).weights(format).build());
  }

  private void predict(Sequential network, Map<String, String> metadata, WeightFormat format) {
    List<String> others = new ArrayList<>(List.of(LENGTHS));
    others.addAll(ModelState.inputs());
    Map<String, Path> from = NamedPaths.parse("--input", inputs, X, others);
    Map<String, Path> to = NamedPaths.parse("--out", outputs, Y, ModelState.outputs());
    ArrayOutputs.check(to);
    Path first = from.get(X);
    if (first == null) {
      throw new InputException("--input: expected x beside the others; add --input X.npy");
    }
    Path second = from.get(LENGTHS);
    NamedPaths.requireStdinOnce(from);
    ArrayFile file = ArrayFile.of(X, first);
    file = timeMajor ? file.timeMajor() : file;
    ArrayFile lengths = second == null ? null : ArrayFile.of(LENGTHS, second);
    states(to).forEach(state -> state.checkOutput(network));
    ForecastFile forecaster = ForecastFile.of(network, metadata, model).orElse(null);
    String features = metadata.get(PredictInput.FEATURES);
    if (timeMajor && forecaster != null) {
      throw new InputException(
          "--time-major: expected a model of sequences, got one of the command train, which takes"
              + " (batch, rows, columns); leave it out");
    }
    Classes classes = Classes.of(metadata).orElse(null);
    PredictInput input =
        PredictInput.read(network, features, classes, forecaster, file, allWindows, lengths);
    StreamState begin = ModelState.read(from, network, input.x());
    predict(predictor(network, format), forecaster, classes, input, begin, to);
  }

  /** Those that are asked for. */
  private static List<ModelState> states(Map<String, Path> to) {
    return Arrays.stream(ModelState.values())
        .filter(state -> to.containsKey(state.output()))
        .toList();
  }

  private static WeightFormat format(String name) {
    return switch (name) {
      case "f32" -> WeightFormat.FLOAT32;
      case "bf16" -> WeightFormat.BFLOAT16;
      case "int8" -> WeightFormat.INT8;
      default -> throw new InputException("--weights " + name + ": expected f32, bf16 or int8");
    };
  }

  private void predict(
      Predictor predictor,
      @Nullable ForecastFile forecaster,
      @Nullable Classes classes,
      PredictInput input,
      @Nullable StreamState begin,
      Map<String, Path> to) {
    Tensor x = input.x();
    ArrayFile file = input.file();
    file.about(x, () -> predictor.outputShape(x.shape()));
    Mask mask = input.mask();
    Map<String, OutputArray> arrays = new LinkedHashMap<>();
    try {
      List<ModelState> states = states(to);
      if (states.isEmpty() && begin == null) {
        Tensor y = mask == null ? predictor.predict(x) : predictor.predict(x, mask);
        arrays.put(Y, target(laidOut(y), forecaster, classes, input));
      } else {
        Prediction all = withState(predictor, x, mask, begin);
        arrays.put(Y, target(laidOut(all.y()), forecaster, classes, input));
        states.forEach(state -> arrays.put(state.output(), state.of(all.state())));
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(input.about() + ": " + CommandWords.of(e), e);
    }
    ArrayOutputs.write(to, arrays, file.isCsv());
    NotFinite.warn(to, arrays);
    PrintStream report = ArrayOutputs.takeStdout(to) ? System.err : System.out;
    report.println(
        file.path()
            + " "
            + x.shape()
            + " -> "
            + to.entrySet().stream()
                .map(each -> named(each.getValue()) + " " + shape(arrays, each.getKey()))
                .collect(Collectors.joining(", ")));
  }

  private Tensor laidOut(Tensor y) {
    return timeMajor ? ArrayFile.timeMajor(y) : y;
  }

  private static Prediction withState(
      Predictor predictor, Tensor x, @Nullable Mask mask, @Nullable StreamState begin) {
    if (begin == null) {
      return mask == null ? predictor.predictWithState(x) : predictor.predictWithState(x, mask);
    }
    return mask == null
        ? predictor.predictWithState(x, begin)
        : predictor.predictWithState(x, mask, begin);
  }

  /** The output under the target's name and in its units, or with its class, where there is one. */
  private static OutputArray target(
      Tensor y, @Nullable ForecastFile forecaster, @Nullable Classes classes, PredictInput input) {
    if (forecaster == null) {
      return classes != null && classes.names().size() == y.dim(-1)
          ? classes.of(y)
          : OutputArray.of(Y, y);
    }
    Recipe recipe = forecaster.model().recipe();
    ForecastWindows windows = input.windows();
    return windows == null || recipe.isPlain()
        ? OutputArray.of(PredictedForecasts.columns(recipe), y)
        : PredictedForecasts.of(recipe, windows, y);
  }

  private static String named(Path path) {
    return StandardStreams.is(path) ? "stdout" : path.toString();
  }

  private static String shape(Map<String, OutputArray> arrays, String name) {
    OutputArray array = arrays.get(name);
    return array == null ? "" : array.shape().toString();
  }
}
