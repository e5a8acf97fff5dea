package dev.lanewise.cli;

import dev.lanewise.cli.report.Panel;
import dev.lanewise.cli.report.Shown;
import dev.lanewise.cli.report.StepErrors;
import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.FrameOptions;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Forecast;
import dev.lanewise.lstm.data.ForecastData;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.lstm.data.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lanewise train}: learns to forecast columns of a table from its last rows, or the class of
 * each row.
 */
@Command(
    name = "train",
    description =
        "Learn to forecast columns of a CSV file from windows of its rows, or the class of each row.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final int SHOWN_TEXTS = 8;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "F.csv",
      description = "The table, a row a time step. -: from stdin.")
  private Path data = Path.of("");

  @Mixin private ForecasterOptions forecaster = new ForecasterOptions();
  @Mixin private ClassifyOptions classify = new ClassifyOptions();
  @Mixin private TableOptions tableOptions = new TableOptions();
  @Mixin private TrainingOptions training = new TrainingOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where model.safetensors, report.html, history.csv, forecast.csv, forecast.png, errors.png and loss.png go;"
              + " of classes model.safetensors, history.csv, predictions.csv and confusion.png.")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    long start = System.nanoTime();
    if (StandardStreams.is(out)) {
      throw new InputException("--out -: expected a directory, for train writes several files");
    }
    classify.check(spec, CommandSpec.forAnnotatedObject(new ForecasterOptions()));
    training.check();
    if (!classify.isGiven()) {
      forecaster.check();
    }
    FrameOptions options = tableOptions.read();
    Path source = StandardStreams.is(data) ? StandardStreams.INPUT : data;
    CsvTable table = StandardStreams.table(data, options.csv());
    if (classify.isGiven()) {
      System.out.println("read " + source + ": " + table.dialect());
      List<String> features = forecaster.features(table, List.of());
      ClassTable rows =
          CommandWords.about(
              source,
              () ->
                  ClassTable.of(
                      table, classify, features, training.learning().seed(), source.toString()));
      new Classification(rows, training, spec, out).run();
    } else {
      forecast(table, options, source);
    }
    System.out.printf(Locale.ROOT, "wrote %s in %.1f s%n", out, (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private void forecast(CsvTable table, FrameOptions options, Path source) {
    TableFrame frame = forecaster.frame(table, options);
    ForecastData prepared = CommandWords.about(source, () -> forecaster.prepare(table, frame));
    List<Layer> layers = training.layers(prepared.recipe().outputs());
    LearningOptions learning = training.learning();
    Optimizer optimizer = learning.optimizer(prepared.trainX().dim(0));
    OutputDirectory directory = OutputDirectory.open(out, TrainedFiles.NAMES);
    FormerRun.warn(out, TrainedFiles.NAMES);
    List<String> reading = reading(source, table, frame, prepared);
    reading.forEach(System.out::println);
    prepared.notes().forEach(note -> System.out.println(CommandWords.of(note)));
    Sequential network =
        prepared.network(layers, learning.seed()).compile(optimizer, training.loss().loss());
    NetworkTraining run = new NetworkTraining(learning, spec);
    boolean tested = prepared.isTested();
    FitOptions.Builder fit =
        run.measuring(tested ? prepared.testX() : null, tested ? prepared.testY() : null);
    History history = run.run(network, prepared.trainX(), prepared.trainY(), fit);
    ForecastModel model = prepared.model(network);
    ForecastFile file =
        new ForecastFile(
            model, new FrameOptions(frame.time(), options.timeFormat(), options.csv()));
    Outcome outcome = outcome(model, prepared, table, frame);
    directory.write(
        TrainedFiles.of(
            file, history, outcome.forecasts(), shown(prepared, reading, outcome, history)));
    System.out.println(network.summary());
    System.out.println(rows(prepared));
    run.lines().forEach(System.out::println);
    outcome.lines().forEach(System.out::println);
  }

  /** What came of the training. */
  private record Outcome(
      CsvTable forecasts,
      List<Panel> panels,
      StepErrors errors,
      List<List<String>> scores,
      String subtitle,
      List<String> lines) {}

  /** How well the rows held back were forecast; what is still to come where none were. */
  private static Outcome outcome(
      ForecastModel model, ForecastData prepared, CsvTable table, TableFrame frame) {
    Recipe recipe = model.recipe();
    ForecastTable csv = new ForecastTable(recipe);
    ForecastPanels panels = new ForecastPanels(recipe);
    if (!prepared.isTested()) {
      ForecastWindows windows = model.last(frame.frame());
      List<Forecast> forecasts = windows.forecasts(model.network().predict(windows.x()));
      return new Outcome(
          csv.of(forecasts),
          panels.of(windows, forecasts),
          StepErrors.none(),
          List.of(),
          "after the last row; trained on all rows",
          List.of("trained on all rows: no row is held back to test on"));
    }
    Backtest test = prepared.backtest(model);
    Accuracy accuracy = new Accuracy(recipe, test);
    return new Outcome(
        csv.of(test, table, frame),
        panels.of(test),
        ForecastPanels.errors(test.ofTarget(recipe.targets().getFirst())),
        accuracy.table(),
        tested(recipe, test) + "; " + accuracy.headline(),
        accuracy.lines());
  }

  private static String tested(Recipe recipe, Backtest test) {
    List<Backtest.Row> rows = test.rows();
    String count = rows.size() / recipe.outputs() + " windows";
    return rows.getFirst().time().isEmpty()
        ? "tested on " + count
        : "tested on "
            + count
            + ", "
            + recipe.grid().format(rows.stream().mapToLong(r -> r.time().orElse(0)).min().orElse(0))
            + " to "
            + recipe
                .grid()
                .format(rows.stream().mapToLong(r -> r.time().orElse(0)).max().orElse(0));
  }

  private static List<String> reading(
      Path source, CsvTable table, TableFrame frame, ForecastData prepared) {
    List<String> lines = new ArrayList<>();
    lines.add("read " + source + ": " + table.dialect());
    frame.lines().forEach(line -> lines.add(CommandWords.of(line)));
    String step = prepared.recipe().grid().toString();
    String count = prepared.seriesCount() == 1 ? "" : prepared.seriesCount() + " series, ";
    lines.add(count + "rows are " + step);
    lines.addAll(prepared.reading());
    for (Recipe.Input input : prepared.recipe().inputs()) {
      if (input.kind() == Recipe.Kind.TEXT) {
        lines.add(texts(input));
      }
    }
    return lines;
  }

  /** What the network sees of a column of text. */
  private static String texts(Recipe.Input input) {
    int count = input.values().size();
    List<String> shown = input.values().subList(0, Math.min(count, SHOWN_TEXTS));
    return "\""
        + input.column()
        + "\" is text: "
        + (count == 1 ? "a column" : count + " columns, each")
        + " 1 where it is "
        + CsvLine.join(shown)
        + (shown.size() < count ? ",.." : "");
  }

  private String rows(ForecastData prepared) {
    long[] rows = prepared.rows();
    return prepared.trainX().dim(0)
        + " windows of "
        + prepared.recipe().window()
        + " rows trained on"
        + (rows[1] == 0 ? "" : ", the last " + rows[1] + " rows held back");
  }

  private Shown shown(
      ForecastData prepared, List<String> reading, Outcome outcome, History history) {
    Recipe recipe = prepared.recipe();
    return new Shown(
        String.join(", ", recipe.targets()) + ", " + Ahead.of(recipe),
        outcome.subtitle(),
        new ForecastPanels(recipe).datePattern(),
        outcome.panels(),
        outcome.errors(),
        outcome.scores(),
        training.loss().axis(),
        history.loss(),
        history.validationLoss(),
        reading,
        prepared.notes().stream().map(CommandWords::of).toList(),
        CommandLineText.of(spec));
  }
}
