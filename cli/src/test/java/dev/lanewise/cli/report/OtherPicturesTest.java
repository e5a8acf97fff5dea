package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherPicturesTest {

  private static Shown with(StepErrors errors, double[] loss, double[] validation) {
    return new Shown(
        "t",
        "",
        "",
        List.of(),
        errors,
        List.of(),
        "mse",
        loss,
        validation,
        List.of(),
        List.of(),
        "");
  }

  @Test
  void errorsAreALineEachOverSeveralSteps() throws IOException {
    Pixels picture =
        Pixels.of(ErrorPicture.png(with(Samples.sevenSteps(), Samples.NONE, Samples.NONE)));
    assertEquals(1200, picture.width());
    assertEquals(500, picture.height());
    for (Line line : Samples.sevenSteps().lines()) {
      assertTrue(picture.left(line) < 100, line.label());
      assertTrue(picture.right(line) > 1100, line.label());
    }
  }

  @Test
  void errorsAreABarEachWhereThereIsOneStep() throws IOException {
    Pixels picture =
        Pixels.of(ErrorPicture.png(with(Samples.oneStep(), Samples.NONE, Samples.NONE)));
    int forecast = picture.count(Line.FORECAST.color(), 0, 1200, 0, 500);
    int naive = picture.count(Line.NAIVE.color(), 0, 1200, 0, 500);
    assertEquals(17.2 / 44.7, (double) forecast / naive, 0.01, "bars from 0");
    assertTrue(picture.count(Line.SEASONAL.color(), 0, 1200, 0, 500) > naive);
  }

  @Test
  void errorsOfNothingHeldBackAreAnEmptyChart() throws IOException {
    Pixels picture =
        Pixels.of(ErrorPicture.png(with(StepErrors.none(), Samples.NONE, Samples.NONE)));
    assertEquals(0, picture.count(Line.FORECAST));
  }

  @Test
  void lossHasALineForTheRowsHeldBackWhereThereAreAny() throws IOException {
    double[] loss = {0.9, 0.5, 0.3};
    double[] none = {Double.NaN, Double.NaN, Double.NaN};
    Pixels both =
        Pixels.of(LossPicture.png(with(StepErrors.none(), loss, new double[] {1, 0.6, 0.5})));
    assertEquals(1200, both.width());
    assertEquals(500, both.height());
    assertTrue(both.count(Line.TRAINING) > 500);
    assertTrue(both.count(Line.HELD_BACK.color(), 0, 1200, 0, Pixels.TOP) > 20, "in the legend");
    Pixels one = Pixels.of(LossPicture.png(with(StepErrors.none(), loss, none)));
    assertTrue(one.count(Line.TRAINING) > 500);
    assertEquals(0, one.count(Line.HELD_BACK.color(), 0, 1200, 0, 500), "nor in the legend");
  }

  @Test
  void becomeFiles(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("loss.png");
    Shown shown = Samples.months();
    AtomicFile.write(file, LossPicture.of(shown));
    assertEquals(1200, Pixels.of(Files.readAllBytes(file)).width());
    AtomicFile.write(file, ErrorPicture.of(shown));
    assertEquals(500, Pixels.of(Files.readAllBytes(file)).height());
    AtomicFile.write(file, ForecastPicture.of(shown));
    assertEquals(500, Pixels.of(Files.readAllBytes(file)).height());
    AtomicFile.write(file, ReportPage.of(shown));
    assertEquals(ReportPage.html(shown), Files.readString(file));
  }
}
