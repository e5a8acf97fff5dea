package dev.lanewise.cli.report;

import dev.lanewise.formats.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * A confusion matrix as a picture: a square for each pair of classes, the darker the larger its
 * part of the class wanted, with the count in it.
 */
public final class ConfusionPicture {
  /** More classes than this have squares too small for a number. */
  static final int MOST_NUMBERS = 25;

  /** Shades of the scale: blue, which no kind of colour-blindness takes for white. */
  private static final int SHADES = 64;

  private static final Color DARKEST = new Color(0x08519c);

  /** From this part of a class on, white is read more easily than black. */
  private static final double DARK = 0.55;

  private static final int LONGEST_LABEL = 16;

  /** Pixels of a letter and its gap, about. */
  private static final int LETTER = 9;

  private static final int HEAD = 150;
  private static final int LEAST_SIDE = 350;
  private static final int MOST_SIDE = 900;
  private static final int SQUARE = 60;

  private ConfusionPicture() {}

  /**
   * Draws now.
   *
   * @param title above the squares
   * @return writes the picture, a PNG
   */
  public static AtomicFile.Contents of(String title, ConfusionMatrix matrix) {
    return Look.file(png(title, matrix));
  }

  static byte[] png(String title, ConfusionMatrix matrix) {
    int classes = matrix.labels().size();
    SymbolAxis predicted = axis("predicted", matrix);
    boolean upright = longest(matrix) * LETTER > (Look.WIDTH - HEAD) / classes;
    predicted.setVerticalTickLabels(upright);
    XYPlot plot = new XYPlot(squares(matrix), predicted, null, renderer());
    SymbolAxis wanted = axis("wanted", matrix);
    wanted.setInverted(true); // the first class on top, as in the text
    plot.setRangeAxis(wanted);
    plot.setDomainAxisLocation(AxisLocation.TOP_OR_LEFT);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    if (classes <= MOST_NUMBERS) {
      number(plot, matrix);
    }
    JFreeChart chart = Look.chart(title, subtitle(matrix), plot);
    chart.removeLegend();
    plot.setOutlineVisible(true);
    plot.setOutlinePaint(Look.FAINT);
    plot.setOutlineStroke(new BasicStroke(1));
    int head = HEAD + (upright ? longest(matrix) * LETTER : 0);
    int height = head + Math.clamp((long) SQUARE * classes, LEAST_SIDE, MOST_SIDE);
    return Look.png(List.of(chart), List.of(height));
  }

  /** Letters of a label as it is drawn. */
  private static int longest(ConfusionMatrix matrix) {
    int longest = matrix.labels().stream().mapToInt(String::length).max().orElseThrow();
    return Math.min(longest, LONGEST_LABEL);
  }

  private static String subtitle(ConfusionMatrix matrix) {
    return String.format(
        Locale.ROOT,
        "%d samples, accuracy %s; darker: a larger part of the class wanted",
        matrix.samples(),
        ConfusionMatrix.part(matrix.accuracy()));
  }

  private static SymbolAxis axis(String name, ConfusionMatrix matrix) {
    String[] labels =
        matrix.labels().stream()
            .map(label -> Look.shortened(label, LONGEST_LABEL))
            .toArray(String[]::new);
    SymbolAxis axis = new SymbolAxis(name, labels);
    axis.setRange(-0.5, labels.length - 0.5);
    axis.setGridBandsVisible(false);
    axis.setLabelFont(Look.SMALL);
    axis.setTickLabelFont(Look.SMALL);
    axis.setLabelPaint(Look.TEXT);
    axis.setTickLabelPaint(Look.TEXT);
    return axis;
  }

  private static DefaultXYZDataset squares(ConfusionMatrix matrix) {
    int classes = matrix.labels().size();
    double[][] xyz = new double[3][classes * classes];
    for (int at = 0; at < classes * classes; at++) {
      int wanted = at / classes;
      int predicted = at % classes;
      xyz[0][at] = predicted;
      xyz[1][at] = wanted;
      xyz[2][at] = part(matrix, wanted, predicted);
    }
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries("parts", xyz);
    return data;
  }

  /** Of the class wanted; 0 where nothing is of it. */
  private static double part(ConfusionMatrix matrix, int wanted, int predicted) {
    return (double) matrix.count(wanted, predicted) / Math.max(1, matrix.wanted(wanted));
  }

  private static XYBlockRenderer renderer() {
    LookupPaintScale scale = new LookupPaintScale(0, 1.0 + 1e-9, Color.WHITE);
    for (int i = 1; i <= SHADES; i++) {
      scale.add((i - 0.5) / SHADES, shade((double) i / SHADES));
    }
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(scale);
    return renderer;
  }

  /** Between white and the darkest. */
  static Color shade(double part) {
    return new Color(
        mixed(DARKEST.getRed(), part),
        mixed(DARKEST.getGreen(), part),
        mixed(DARKEST.getBlue(), part));
  }

  private static int mixed(int channel, double part) {
    return (int) Math.round(255 + part * (channel - 255));
  }

  private static void number(XYPlot plot, ConfusionMatrix matrix) {
    int classes = matrix.labels().size();
    for (int wanted = 0; wanted < classes; wanted++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        int count = matrix.count(wanted, predicted);
        XYTextAnnotation text = new XYTextAnnotation(Integer.toString(count), predicted, wanted);
        text.setFont(wanted == predicted ? Look.SMALL.deriveFont(Font.BOLD) : Look.SMALL);
        boolean dark = part(matrix, wanted, predicted) >= DARK;
        text.setPaint(dark ? Color.WHITE : count == 0 ? Color.GRAY : Look.TEXT);
        plot.addAnnotation(text);
      }
    }
  }
}
