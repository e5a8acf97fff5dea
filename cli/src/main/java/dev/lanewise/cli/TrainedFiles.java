package dev.lanewise.cli;

import dev.lanewise.cli.report.ErrorPicture;
import dev.lanewise.cli.report.ForecastPicture;
import dev.lanewise.cli.report.LossPicture;
import dev.lanewise.cli.report.ReportPage;
import dev.lanewise.cli.report.Shown;
import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.lstm.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a training leaves behind. */
final class TrainedFiles {
  private static final String MODEL = "model.safetensors";
  private static final String HISTORY = "history.csv";
  private static final String FORECAST = "forecast.csv";
  private static final String FORECAST_PICTURE = "forecast.png";
  private static final String ERROR_PICTURE = "errors.png";
  private static final String LOSS_PICTURE = "loss.png";
  private static final String PAGE = "report.html";

  /** The files that {@link #of} names. */
  static final List<String> NAMES =
      List.of(MODEL, HISTORY, FORECAST, FORECAST_PICTURE, ERROR_PICTURE, LOSS_PICTURE, PAGE);

  private TrainedFiles() {}

  /** What each file holds, by its name. */
  static Map<String, AtomicFile.Contents> of(
      ForecastFile model, History history, CsvTable forecasts, Shown shown) {
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(MODEL, model.contents());
    files.put(HISTORY, history(history).contents());
    files.put(FORECAST, forecasts.contents());
    files.put(FORECAST_PICTURE, ForecastPicture.of(shown));
    files.put(ERROR_PICTURE, ErrorPicture.of(shown));
    files.put(LOSS_PICTURE, LossPicture.of(shown));
    files.put(PAGE, ReportPage.of(shown));
    return files;
  }

  private static CsvTable history(History history) {
    List<List<String>> rows = new ArrayList<>();
    double[] loss = history.loss();
    double[] validation = history.validationLoss();
    for (int i = 0; i < loss.length; i++) {
      String held = Double.isNaN(validation[i]) ? "" : Double.toString(validation[i]);
      rows.add(List.of(Integer.toString(i + 1), Double.toString(loss[i]), held));
    }
    return CsvTable.of(List.of("epoch", "loss", "validation_loss"), rows);
  }
}
