package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lanewise train}: learns to forecast a column of a table from its last rows. */
@Command(
    name = "train",
    description =
        "Learn to forecast a column of a CSV file from windows of its rows, oldest first.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "F.csv",
      description = "The table: a header, a row a time step, the oldest first. -: from stdin.")
  private Path data = Path.of("");

  @Option(
      names = "--target",
      required = true,
      paramLabel = "COL",
      description = "The column to forecast.")
  private String target = "";

  @Option(
      names = "--features",
      paramLabel = "A,B,..",
      description =
          "The columns to forecast from; a name that holds a comma in quotes: '\"a, b\",c'. Default: the target alone.")
  private List<String> features = List.of();

  @Option(
      names = "--window",
      defaultValue = "30",
      paramLabel = "N",
      description = "Rows a forecast looks back. Default: ${DEFAULT-VALUE}.")
  private int window;

  @Option(
      names = "--horizon",
      defaultValue = "1",
      paramLabel = "N",
      description = "Rows a forecast looks ahead. Default: ${DEFAULT-VALUE}.")
  private int horizon;

  @Option(
      names = "--layers",
      defaultValue = "lstm:64,dense:1",
      paramLabel = "LIST",
      description = "TYPE:UNITS[:ACTIVATION],.. Default: ${DEFAULT-VALUE}.")
  private String layers = "";

  @Option(
      names = "--epochs",
      defaultValue = "20",
      paramLabel = "N",
      description = "Passes over the training windows. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "N",
      description = "Windows an update. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--optimizer",
      defaultValue = "adam",
      paramLabel = "NAME",
      description = "adam or sgd. Default: ${DEFAULT-VALUE}.")
  private String optimizer = "";

  @Option(
      names = "--lr",
      defaultValue = "0.001",
      paramLabel = "X",
      description = "Learning rate. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--loss",
      defaultValue = "mse",
      paramLabel = "NAME",
      description = "mse. Default: ${DEFAULT-VALUE}.")
  private String loss = "";

  @Option(
      names = "--validation",
      defaultValue = "0.2",
      paramLabel = "X",
      description =
          "Fraction of the rows, the latest, held back to test on. Default: ${DEFAULT-VALUE}.")
  private double validation;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Of the weights and of the shuffle. The same seed gives the same bytes. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Default: all cores. The result does not depend on it.")
  private int threads;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where model.safetensors, history.csv, forecast.csv, forecast.png and loss.png go.")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    long start = System.nanoTime();
    checkNumbers();
    List<Layer> layerList = LayerList.parse(layers, 1);
    Optimizer chosen = chosenOptimizer();
    List<String> inputs = inputs();
    Path source = StandardStreams.is(data) ? StandardStreams.INPUT : data;
    CsvTable table =
        StandardStreams.is(data) ? CsvTable.read(System.in, source) : CsvTable.read(data);
    checkFeatures(table, inputs);
    TimeOrder.check(table, source);
    ForecastData windows =
        ForecastData.of(table, source, inputs, target, window, horizon, validation);
    OutputDirectory directory = OutputDirectory.open(out, ForecastReport.FILES);
    FormerRun.warn(out);
    Sequential core =
        Sequential.of(layerList)
            .build(inputs.size(), seed)
            .compile(chosen, Loss.MEAN_SQUARED_ERROR);
    History history = fit(core, windows);
    Accuracy accuracy = new ForecastReport(table, windows).write(directory, core, history, threads);
    System.out.println(core.summary());
    System.out.printf(
        Locale.ROOT,
        "%d windows of %d rows trained on, the last %d rows held back%n%s%s%nwrote %s in %.1f s%n",
        windows.trainX().dim(0),
        window,
        windows.rows().length,
        constant(windows.constant()),
        accuracy,
        out,
        (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    for (String list : features) {
      try {
        inputs.addAll(CsvLine.parse(list));
      } catch (IllegalArgumentException e) {
        throw new InputException("--features " + list + ": " + e.getMessage(), e);
      }
    }
    if (new HashSet<>(inputs).size() < inputs.size()) {
      throw new InputException("--features " + CsvLine.join(inputs) + " names a column twice");
    }
    return inputs.isEmpty() ? List.of(target) : inputs;
  }

  /** A name with commas that was given without quotes is several, of which none is a column. */
  private void checkFeatures(CsvTable table, List<String> inputs) {
    for (String list : features) {
      if (table.columns().contains(list.strip()) && !table.columns().containsAll(inputs)) {
        String quoted = CsvLine.join(List.of(list.strip()));
        throw new InputException(
            "--features "
                + list
                + ": a name that holds a comma is given in quotes: '"
                + quoted
                + "'");
      }
    }
  }

  private static String constant(List<String> columns) {
    return columns.isEmpty()
        ? ""
        : "nothing to learn from " + CsvLine.join(columns) + ", the same in all rows trained on\n";
  }

  private History fit(Sequential core, ForecastData windows) {
    try (Progress progress = Progress.of("training", epochs)) {
      return core.fit(
          windows.trainX(),
          windows.trainY(),
          FitOptions.builder()
              .epochs(epochs)
              .batchSize(batch)
              .seed(seed)
              .threads(threads)
              .validationData(
                  windows.inputs().transform(windows.testX()),
                  windows.output().transform(windows.testY()))
              .onBatch(progress::step)
              .onEpoch(EpochLog::line)
              .build());
    }
  }

  private Optimizer chosenOptimizer() {
    return switch (optimizer.toLowerCase(Locale.ROOT)) {
      case "adam" -> Adam.of(learningRate);
      case "sgd" -> Sgd.of(learningRate);
      default -> throw new InputException("--optimizer " + optimizer + ": expected adam or sgd");
    };
  }

  private void checkNumbers() {
    if (StandardStreams.is(out)) {
      throw new InputException("--out -: expected a directory, for train writes five files");
    }
    atLeastOne("--window", window);
    atLeastOne("--horizon", horizon);
    atLeastOne("--epochs", epochs);
    atLeastOne("--batch", batch);
    if (threads < 0) {
      throw new InputException("--threads " + threads + ": expected 1 or more, or 0 for all cores");
    }
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new InputException(
          "--lr " + learningRate + ": expected a number above 0, such as 0.001");
    }
    if (!(validation > 0 && validation < 1)) {
      throw new InputException(
          "--validation " + validation + ": expected a fraction between 0 and 1, such as 0.2");
    }
    if (!loss.equalsIgnoreCase("mse")) {
      throw new InputException("--loss " + loss + ": expected mse");
    }
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option + " " + value + ": expected 1 or more");
    }
  }
}
