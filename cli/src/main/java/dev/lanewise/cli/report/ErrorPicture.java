package dev.lanewise.cli.report;

import dev.lanewise.formats.AtomicFile;
import java.awt.Paint;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/** The mean absolute error by step ahead: a line each, or a bar each where there is one step. */
public final class ErrorPicture {
  static final String AXIS = "mean absolute error";

  private ErrorPicture() {}

  /**
   * Draws now.
   *
   * @return writes the picture, a PNG
   */
  public static AtomicFile.Contents of(Shown shown) {
    return Look.file(png(shown));
  }

  static byte[] png(Shown shown) {
    JFreeChart chart = shown.errors().steps().length == 1 ? bars(shown) : lines(shown);
    return Look.png(List.of(chart), List.of(Look.HEIGHT));
  }

  private static JFreeChart lines(Shown shown) {
    StepErrors errors = shown.errors();
    double[] steps = Arrays.stream(errors.steps()).asDoubleStream().toArray();
    LineSet lines = new LineSet();
    for (Line line : errors.lines()) {
      lines.add(line, steps, line.of(errors));
    }
    double top = Scale.of(lines.numbers()).to();
    XYPlot plot = Look.plot(lines, Look.count("steps ahead"), AXIS, new Scale(0, top));
    return Look.chart("Error by step: " + shown.title(), shown.subtitle(), plot);
  }

  private static JFreeChart bars(Shown shown) {
    StepErrors errors = shown.errors();
    List<Line> lines = errors.lines().reversed();
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Line line : lines) {
      double error = line.of(errors)[0];
      data.addValue(Double.isFinite(error) ? error : null, AXIS, line.label());
    }
    NumberAxis range = new NumberAxis(AXIS);
    range.setRange(0, Scale.of(lines.stream().map(line -> line.of(errors)).toList()).to() * 1.1);
    range.setLabelFont(Look.SMALL);
    range.setTickLabelFont(Look.SMALL);
    range.setTickLabelInsets(new RectangleInsets(2, 20, 2, 20));
    CategoryAxis methods = new CategoryAxis();
    methods.setTickLabelFont(Look.SMALL);
    CategoryPlot plot = new CategoryPlot(data, methods, range, new Bars(lines));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setRangeGridlinePaint(Look.FAINT);
    JFreeChart chart = Look.chart("Error: " + shown.title(), shown.subtitle(), plot);
    chart.removeLegend();
    return chart;
  }

  /** A bar in the colour of its line, its number at the end. */
  private static final class Bars extends BarRenderer {
    private static final long serialVersionUID = 1;

    private final transient List<Line> lines;

    Bars(List<Line> lines) {
      this.lines = lines;
      setBarPainter(new StandardBarPainter());
      setShadowVisible(false);
      setMaximumBarWidth(0.2);
      setDefaultItemLabelGenerator(
          new StandardCategoryItemLabelGenerator("{2}", new SignificantDigits(4)));
      setDefaultItemLabelsVisible(true);
      setDefaultPositiveItemLabelPosition(
          new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
      setDefaultItemLabelFont(Look.SMALL);
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return lines.get(column).color();
    }
  }
}
