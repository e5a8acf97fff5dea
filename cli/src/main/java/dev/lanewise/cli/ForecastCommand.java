package dev.lanewise.cli;

import dev.lanewise.cli.report.ForecastPicture;
import dev.lanewise.cli.report.Shown;
import dev.lanewise.cli.report.StepErrors;
import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.data.Forecast;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.lstm.data.Recipe;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise forecast}: the steps after a table's last row. */
@Command(
    name = "forecast",
    description = "Forecast the steps after the last row of a CSV file.",
    sortOptions = false)
final class ForecastCommand implements Callable<Integer> {
  private static final String TABLE = "forecast.csv";
  private static final String PICTURE = "forecast.png";

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "The model.safetensors that train wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "F.csv",
      description =
          "The table: the columns that the model was trained on, as many rows as it looks back on, or more. -: from stdin.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where forecast.csv and forecast.png go. Default, or -: the CSV to stdout.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    OutputDirectory directory =
        out == null || StandardStreams.is(out)
            ? null
            : OutputDirectory.open(out, List.of(TABLE, PICTURE));
    ModelReader.Contents contents = ModelReader.read(file);
    ForecastFile found =
        ForecastFile.of(contents.model(), contents.metadata(), file)
            .orElseThrow(
                () ->
                    new InputException(
                        "--model "
                            + file
                            + ": expected a model of the command train, which knows its columns, got a"
                            + " network alone; lanewise predict runs it"));
    Path source = StandardStreams.is(data) ? StandardStreams.INPUT : data;
    CsvTable table = StandardStreams.table(data, found.options().csv());
    ForecastModel model = found.model();
    TableFrame frame = TableFrame.of(table, found.options(), model.recipe());
    ForecastWindows windows = CommandWords.about(source, () -> model.last(frame.frame()));
    List<Forecast> forecasts = windows.forecasts(model.network().predict(windows.x()));
    CsvTable csv = new ForecastTable(model.recipe()).of(forecasts);
    List<String> reading = new ArrayList<>(List.of("read " + source + ": " + table.dialect()));
    frame.lines().forEach(line -> reading.add(CommandWords.of(line)));
    reading.addAll(windows.lines());
    PrintStream report = directory == null ? System.err : System.out;
    reading.forEach(report::println);
    if (directory == null) {
      StandardStreams.write(csv::write);
    } else {
      write(directory, csv, shown(model.recipe(), windows, forecasts, reading));
      int count = forecasts.size();
      report.println((count == 1 ? "1 forecast" : count + " forecasts") + ", wrote " + out);
    }
    return 0;
  }

  private static void write(OutputDirectory directory, CsvTable csv, Shown shown) {
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(TABLE, csv.contents());
    files.put(PICTURE, ForecastPicture.of(shown));
    directory.write(files);
  }

  /** For instance {@code 2016-01-01 to 2016-01-07, after the last row}. */
  private static String when(Recipe recipe, List<Forecast> forecasts) {
    LongSummaryStatistics times =
        forecasts.stream().flatMapToLong(each -> each.time().stream()).summaryStatistics();
    String after = "after the last row";
    if (times.getCount() == 0) {
      return after;
    }
    String first = recipe.grid().format(times.getMin());
    String last = recipe.grid().format(times.getMax());
    return (first.equals(last) ? first : first + " to " + last) + ", " + after;
  }

  private Shown shown(
      Recipe recipe, ForecastWindows windows, List<Forecast> forecasts, List<String> reading) {
    ForecastPanels panels = new ForecastPanels(recipe);
    return new Shown(
        String.join(", ", recipe.targets()) + ", " + Ahead.of(recipe),
        when(recipe, forecasts),
        panels.datePattern(),
        panels.of(windows, forecasts),
        StepErrors.none(),
        List.of(),
        "",
        new double[0],
        new double[0],
        reading,
        List.of(),
        CommandLineText.of(spec));
  }
}
