package dev.lanewise.cli;

import dev.lanewise.formats.ModelReader;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
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
  private static final String HIDDEN = "h_n";
  private static final String CELL = "c_n";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "The model: .safetensors of Lanewise, .h5 or .keras of Keras.")
  private Path model = Path.of("");

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--input",
      required = true,
      paramLabel = "[NAME=]X.(npy|npz|csv)",
      description =
          "npy: (batch, timesteps, features). npz: its only array, or the one of the input's name, x. csv: one sequence, a"
              + " row a timestep, by the columns the model was trained on. For a model of token ids: (batch, timesteps),"
              + " a csv then with a row a sample. Beside it lengths=FILE: the real length of each sample, (batch), or a"
              + " csv of one column; what comes after is padding. A path that holds \"=\" begins with ./")
  private List<String> inputs = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "[NAME=]Y.(npy|csv)",
      description =
          "npy: as the model gives it. csv: a row a sample (or a timestep of it). Beside or instead of it h_n=FILE and"
              + " c_n=FILE: the states after the last real step, (layers*directions, batch, units). All are written or"
              + " none.")
  private List<String> outputs = List.of();

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
          "f32, bf16 or int8: what the kernels of LSTM and Dense layers are rounded to. Narrower is faster for few"
              + " sequences and large layers, and a little less exact. Default: ${DEFAULT-VALUE}.")
  private String weights = "";

  @Override
  public Integer call() {
    if (threads < 0) {
      throw new InputException("--threads " + threads + ": expected 1 or more, or 0 for all cores");
    }
    WeightFormat format = format(weights);
    Map<String, Path> from =
        NamedPaths.parse("--input", inputs, X, List.of(LENGTHS), "; every state begins with 0");
    Map<String, Path> to = NamedPaths.parse("--out", outputs, Y, List.of(HIDDEN, CELL), "");
    ArrayOutputs.check(to);
    Path first = from.get(X);
    if (first == null) {
      throw new InputException("--input: expected x beside lengths; add --input X.npy");
    }
    Path second = from.get(LENGTHS);
    ArrayFile input = new ArrayFile(X, first);
    ArrayFile lengths = second == null ? null : new ArrayFile(LENGTHS, second);
    ModelReader.Contents contents = options.read(model);
    for (String name : to.keySet()) {
      if (!name.equals(Y)) {
        FinalStates.check(contents.model(), name);
      }
    }
    predict(contents, format, input, lengths, to);
    return 0;
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
      ModelReader.Contents contents,
      WeightFormat format,
      ArrayFile input,
      @Nullable ArrayFile lengths,
      Map<String, Path> to) {
    Predictor predictor =
        contents
            .model()
            .predictor(PredictorOptions.builder().threads(threads).weights(format).build());
    Tensor x = read(input, contents);
    input.about(x, () -> predictor.outputShape(x.shape()));
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    if (to.size() == 1 && to.containsKey(Y)) {
      Tensor y =
          lengths == null
              ? input.about(x, () -> predictor.predict(x))
              : masked(input, x, lengths, mask -> predictor.predict(x, mask));
      arrays.put(Y, y);
    } else {
      Prediction all =
          lengths == null
              ? input.about(x, () -> predictor.predictWithState(x))
              : masked(input, x, lengths, mask -> predictor.predictWithState(x, mask));
      arrays.put(Y, all.y());
      arrays.put(HIDDEN, FinalStates.stack(all.state().h()));
      arrays.put(CELL, FinalStates.stack(all.state().c()));
    }
    ArrayOutputs.write(to, arrays);
    NotFinite.warn(to, arrays);
    System.out.println(
        input.path()
            + " "
            + x.shape()
            + " -> "
            + to.entrySet().stream()
                .map(each -> each.getValue() + " " + shape(arrays, each.getKey()))
                .collect(Collectors.joining(", ")));
  }

  private static String shape(Map<String, Tensor> arrays, String name) {
    Tensor array = arrays.get(name);
    return array == null ? "" : array.shape().toString();
  }

  private static Tensor read(ArrayFile input, ModelReader.Contents contents) {
    String named = contents.metadata().get("features");
    Tensor x = input.read(named == null ? List.of() : Arrays.asList(named.split(",", -1)));
    if (contents.model().layers().getFirst() instanceof Embedding) {
      return x; // whose ids the model checks
    }
    Tensor sequences = input.isCsv() ? Sequences.rows(x) : x;
    input.checkFinite(sequences);
    return sequences;
  }

  /** What the library does with a mask. */
  private interface Masked<T> {
    T with(Mask mask);
  }

  private static <T> T masked(ArrayFile input, Tensor x, ArrayFile file, Masked<T> work) {
    int[] lengths = file.readLengths();
    String both = file.path() + " " + Shape.of(lengths.length) + ", ";
    if (x.rank() < 2 || lengths.length != x.dim(0)) {
      throw new InputException(
          file.path()
              + " "
              + Shape.of(lengths.length)
              + ": expected "
              + Shape.of(x.dim(0))
              + ", a length for each sample of "
              + input.path()
              + " "
              + x.shape());
    }
    try {
      return work.with(Mask.ofLengths(Math.toIntExact(x.dim(1)), lengths));
    } catch (IllegalArgumentException e) {
      throw new InputException(both + input.path() + " " + x.shape() + ": " + e.getMessage(), e);
    }
  }
}
