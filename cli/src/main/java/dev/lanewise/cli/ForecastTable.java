package dev.lanewise.cli;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.Forecast;
import dev.lanewise.lstm.data.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Forecasts as rows of a CSV: columns that would be the same in every row are left out. */
final class ForecastTable {
  private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]*\\.?[0-9]+");

  private final Recipe recipe;

  ForecastTable(Recipe recipe) {
    this.recipe = recipe;
  }

  private boolean hasSeries() {
    return !recipe.series().isEmpty();
  }

  private boolean hasTargets() {
    return recipe.targets().size() > 1;
  }

  private boolean hasSteps() {
    return recipe.steps() > 1;
  }

  private List<String> header(boolean timed) {
    List<String> header = new ArrayList<>();
    if (hasSeries()) {
      header.add(recipe.series());
    }
    if (timed) {
      header.add("time");
    }
    if (hasTargets()) {
      header.add("target");
    }
    return header;
  }

  private List<String> begin(String series, boolean timed, OptionalLong time, String target) {
    List<String> row = new ArrayList<>();
    if (hasSeries()) {
      row.add(series);
    }
    if (timed) {
      row.add(time.isPresent() ? recipe.grid().format(time.getAsLong()) : "");
    }
    if (hasTargets()) {
      row.add(target);
    }
    return row;
  }

  /** A row a forecast that is still to come. */
  CsvTable of(List<Forecast> forecasts) {
    boolean timed = forecasts.stream().anyMatch(each -> each.time().isPresent());
    List<String> header = header(timed);
    header.add("step");
    header.add("forecast");
    List<List<String>> rows = new ArrayList<>();
    for (Forecast each : forecasts) {
      List<String> row = begin(each.series(), timed, each.time(), each.target());
      row.add(Integer.toString(each.step()));
      row.add(Numbers.exact(each.value()));
      rows.add(row);
    }
    return CsvTable.of(header, rows);
  }

  /** A row a forecast of a row held back, beside what came. */
  CsvTable of(Backtest test, CsvTable table, TableFrame frame) {
    boolean timed = frame.frame().isTimed();
    List<String> header = new ArrayList<>(List.of("index"));
    header.addAll(header(timed));
    if (hasSteps()) {
      header.add("step");
    }
    header.addAll(List.of("actual", "forecast", "naive"));
    boolean seasonal = test.season() > 0;
    if (seasonal) {
      header.add("seasonal_naive");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Backtest.Row each : test.rows()) {
      List<String> row = new ArrayList<>();
      row.add(each.row() < 0 ? "" : Integer.toString(frame.tableRow(each.row())));
      row.addAll(begin(each.series(), timed, each.time(), each.target()));
      if (hasSteps()) {
        row.add(Integer.toString(each.step()));
      }
      row.add(written(table, frame, each.target(), each.row(), each.actual()));
      row.add(Numbers.exact(each.forecast()));
      row.add(written(table, frame, each.target(), each.origin(), each.naive()));
      if (seasonal) {
        row.add(Double.isNaN(each.seasonal()) ? "" : Numbers.exact(each.seasonal()));
      }
      rows.add(row);
    }
    return CsvTable.of(header, rows);
  }

  /** A number digit by digit as the file has it, where it has it as plain digits. */
  private static String written(
      CsvTable table, TableFrame frame, String target, int row, double value) {
    if (row >= 0) {
      String cell = table.cell(frame.tableRow(row), target).strip();
      if (PLAIN.matcher(cell).matches() && Double.parseDouble(cell) == value) {
        return cell;
      }
    }
    return Numbers.exact(value);
  }
}
