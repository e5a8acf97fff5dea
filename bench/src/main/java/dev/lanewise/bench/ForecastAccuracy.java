package dev.lanewise.bench;

import dev.lanewise.formats.CsvOptions;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.FrameOptions;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.ForecastData;
import dev.lanewise.lstm.data.Forecaster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What each step of a forecaster is worth: mean absolute errors on real tables, with what is
 * learned of the target set, and as it is chosen. A table for docs/forecasting.md.
 */
public final class ForecastAccuracy {
  private static final Path TABLES = Path.of("formats/src/test/resources/tables");
  private static final int SEEDS = 3;
  private static final int EPOCHS = 20;
  private static final int UNITS = 32;
  private static final int WINDOW = 12;

  /** Of a table's name, its number. */
  private static final int PREFIX = 3;

  private ForecastAccuracy() {}

  /**
   * A table and its target.
   *
   * @param season rows a season has
   */
  private record Case(String file, String target, int season, List<String> missing) {
    static Case of(String file, String target, int season) {
      return new Case(file, target, season, List.of());
    }
  }

  private static final List<Case> CASES =
      List.of(
          Case.of("01-airline", "Passengers", 12),
          new Case("04-air-eu", "CO(GT)", 24, List.of("-200")),
          Case.of("05-beijing", "pm2.5", 24),
          Case.of("06-tesla", "close", 5),
          Case.of("07-seoul", "Rented Bike Count", 24),
          Case.of("08-opsd", "Wind", 7),
          Case.of("08-opsd", "Consumption", 7),
          Case.of("09-covid", "US", 7),
          Case.of("10-wiki", "y", 7),
          Case.of("11-machine", "value", 12),
          Case.of("13-rome", "temperature_2m (°C)", 24),
          Case.of("14-co2", "average", 12),
          Case.of("15-air-iso", "T", 24));

  /**
   * Prints the table.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(
        "| table, target | naive | seasonal naive | level | last | season | log | blind | chosen | what |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    CASES.forEach(ForecastAccuracy::row);
  }

  private static void row(Case each) {
    CsvOptions csv = CsvOptions.builder().missing(each.missing()).build();
    CsvTable table = CsvTable.read(TABLES.resolve(each.file() + ".csv"), csv);
    FrameOptions options = new FrameOptions(List.of(), Optional.empty(), csv);
    TableFrame frame = TableFrame.of(table, options, List.of(each.target()), "");
    Measure chosen = Measure.of(each, frame, b -> b);
    Backtest naive = chosen.test();
    Change season = new Change(true, each.season(), false);
    double[] errors = {
      naive.meanAbsoluteError(Backtest.By.NAIVE),
      naive.meanAbsoluteError(Backtest.By.SEASONAL_NAIVE),
      error(each, frame, b -> b.change(Change.LEVEL)),
      error(each, frame, b -> b.change(Change.LAST)),
      error(each, frame, b -> b.change(season)),
      error(each, frame, b -> b.change(season.ofLog())),
      error(each, frame, b -> b.showLevel(false)),
      chosen.error()
    };
    double best = Arrays.stream(errors).filter(error -> !Double.isNaN(error)).min().orElse(0);
    String cells =
        Arrays.stream(errors)
            .mapToObj(error -> error == best ? "**" + number(error) + "**" : number(error))
            .collect(Collectors.joining(" | "));
    String name = each.file().substring(PREFIX) + ", " + each.target();
    System.out.println("| " + name + " | " + cells + " | " + what(chosen.change()) + " |");
  }

  private static String what(Change change) {
    String base = change.isLevel() ? "level" : change.season() > 0 ? "season" : "last";
    return change.log() ? base + ", log" : base;
  }

  /** NaN where it cannot be: a logarithm of 0, or a season longer than the rows. */
  private static double error(Case each, TableFrame frame, UnaryOperator<Forecaster.Builder> how) {
    try {
      return Measure.of(each, frame, how).error();
    } catch (IllegalArgumentException e) {
      return Double.NaN;
    }
  }

  private static String number(double error) {
    String format = error < 1 ? "%.4f" : error < 100 ? "%.2f" : "%.0f";
    return Double.isNaN(error) ? "-" : String.format(Locale.ROOT, format, error);
  }

  /**
   * What came of the seeds.
   *
   * @param error the mean of their mean absolute errors
   * @param test of the last
   * @param change what was learned
   */
  private record Measure(double error, Backtest test, Change change) {
    static Measure of(Case each, TableFrame frame, UnaryOperator<Forecaster.Builder> how) {
      Forecaster.Builder builder =
          Forecaster.builder(each.target()).window(WINDOW).season(each.season());
      ForecastData data = how.apply(builder).build().prepare(frame.frame());
      double error = 0;
      Backtest test = run(data, 1);
      for (int seed = 1; seed <= SEEDS; seed++) {
        test = seed == 1 ? test : run(data, seed);
        error += test.meanAbsoluteError(Backtest.By.MODEL) / SEEDS;
      }
      return new Measure(error, test, data.recipe().changes().get(0));
    }

    private static Backtest run(ForecastData data, long seed) {
      Sequential network =
          data.network(List.of(Lstm.of(UNITS), Dense.of(data.recipe().outputs())), seed)
              .compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
      network.fit(
          data.trainX(), data.trainY(), FitOptions.builder().epochs(EPOCHS).seed(seed).build());
      return data.backtest(data.model(network));
    }
  }
}
