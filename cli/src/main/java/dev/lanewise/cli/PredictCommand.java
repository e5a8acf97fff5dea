package dev.lanewise.cli;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lanewise predict}: runs a model file over a file of inputs. */
@Command(name = "predict", description = "Predict with a model file.", sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "M", description = "The model file.")
  private Path model = Path.of("");

  @Option(
      names = "--input",
      required = true,
      paramLabel = "X.(npy|csv)",
      description =
          "npy: (batch, timesteps, features). csv: one sequence, a row a timestep, by the columns the model was trained on.")
  private Path input = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "Y.(npy|csv)",
      description = "npy: as the model gives it. csv: a row a sample (or a timestep of it).")
  private Path out = Path.of("");

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Default: all cores. The result does not depend on it.")
  private int threads;

  @Override
  public Integer call() {
    if (threads < 0) {
      throw new InputException("--threads " + threads + ": expected 1 or more, or 0 for all cores");
    }
    boolean toCsv = isCsv("--out", out);
    boolean fromCsv = isCsv("--input", input);
    ModelFile file = ModelFile.read(model);
    Tensor x = fromCsv ? sequence(file) : Npy.read(input);
    checkFinite(x);
    Tensor y =
        file.model().predictor(PredictorOptions.builder().threads(threads).build()).predict(x);
    if (toCsv) {
      table(y).write(out);
    } else {
      Npy.write(out, y);
    }
    System.out.println(input + " " + x.shape() + " -> " + out + " " + y.shape());
    return 0;
  }

  private Tensor sequence(ModelFile file) {
    CsvTable table = CsvTable.read(input);
    String named = file.metadata().get("features");
    return Sequences.rows(
        table.numbers(named == null ? table.columns() : Arrays.asList(named.split(",", -1))));
  }

  /** A NaN would go through the network unseen and come out as a forecast. */
  private void checkFinite(Tensor x) {
    float[] values = x.toArray();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            input
                + ": expected finite numbers, got "
                + values[i]
                + " at "
                + index(x, i)
                + "; fill it in or leave the sequence out");
      }
    }
  }

  /** The axes of an element from its place in row-major order: {@code [2, 0, 3]}. */
  private static String index(Tensor x, long place) {
    long[] index = new long[x.rank()];
    long rest = place;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % x.dim(axis);
      rest /= x.dim(axis);
    }
    return Arrays.toString(index);
  }

  private static boolean isCsv(String option, Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return true;
    }
    if (!name.endsWith(".npy")) {
      throw new InputException(option + " " + path + ": expected a name that ends in .npy or .csv");
    }
    return false;
  }

  /**
   * A row a sample, or a row a timestep where there is a time axis, with a column for each unit.
   */
  private static CsvTable table(Tensor y) {
    long units = y.dim(-1);
    List<String> columns = IntStream.range(0, (int) units).mapToObj(i -> "y" + i).toList();
    return CsvTable.of(columns, y.contiguous().reshape(y.size() / Math.max(1, units), units));
  }
}
