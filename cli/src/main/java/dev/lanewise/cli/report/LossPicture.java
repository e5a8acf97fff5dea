package dev.lanewise.cli.report;

import dev.lanewise.formats.AtomicFile;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.plot.XYPlot;

/** The loss curve: epoch by epoch, on the rows trained on and on those held back. */
public final class LossPicture {
  private LossPicture() {}

  /**
   * Draws now.
   *
   * @return writes the picture, a PNG
   */
  public static AtomicFile.Contents of(Shown shown) {
    return Look.file(png(shown));
  }

  static byte[] png(Shown shown) {
    LineSet lines = new LineSet();
    lines.add(Line.TRAINING, epochs(shown.loss().length), shown.loss());
    if (hasValidation(shown)) {
      double[] held = shown.validationLoss();
      lines.add(Line.HELD_BACK, epochs(held.length), held);
    }
    Scale scale = Scale.of(lines.numbers());
    XYPlot plot =
        Look.plot(
            lines,
            Look.count("epoch"),
            shown.lossAxis(),
            new Scale(Math.min(0, scale.from()), scale.to()));
    return Look.png(
        List.of(Look.chart("Loss of " + shown.title(), "", plot)), List.of(Look.HEIGHT));
  }

  static boolean hasValidation(Shown shown) {
    return Arrays.stream(shown.validationLoss()).anyMatch(Double::isFinite);
  }

  static double[] epochs(int count) {
    double[] epochs = new double[count];
    Arrays.setAll(epochs, i -> i + 1.0);
    return epochs;
  }
}
