package dev.lanewise.cli.report;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.XYDataset;

/** The lines of one chart, the first the lowest. */
final class LineSet {
  /** Where there are fewer points, each is marked. */
  private static final int MARKED = 40;

  private final DefaultXYDataset data = new DefaultXYDataset();
  private final List<Line> lines = new ArrayList<>();
  private final List<double[]> numbers = new ArrayList<>();

  /** Adds a line; numbers that are not finite are not drawn. */
  LineSet add(Line line, double[] x, double[] y) {
    double[] drawn = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      drawn[i] = Double.isFinite(y[i]) ? y[i] : Double.NaN;
    }
    data.addSeries(line, new double[][] {x, drawn});
    lines.add(line);
    numbers.add(drawn);
    return this;
  }

  XYDataset data() {
    return data;
  }

  List<double[]> numbers() {
    return numbers;
  }

  XYItemRenderer renderer() {
    XYLineAndShapeRenderer renderer = new Marked();
    renderer.setDrawSeriesLineAsPath(true); // else dashes begin anew at each point
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      renderer.setSeriesPaint(i, line.color());
      renderer.setSeriesStroke(i, line.stroke());
      renderer.setSeriesShape(i, mark(line));
    }
    return renderer;
  }

  LegendItemCollection legend() {
    LegendItemCollection items = new LegendItemCollection();
    for (Line line : lines.reversed()) {
      items.add(
          new LegendItem(
              line.label(),
              null,
              null,
              null,
              new Line2D.Double(-14, 0, 14, 0),
              line.stroke(),
              line.color()));
    }
    return items;
  }

  private static Shape mark(Line line) {
    double size = 2 + 1.6 * line.width();
    return line == Line.NAIVE || line == Line.SEASONAL
        ? new Rectangle2D.Double(-size / 2, -size / 2, size, size)
        : new Ellipse2D.Double(-size / 2, -size / 2, size, size);
  }

  /** Marks each point where they are few, and else those that no line reaches. */
  private final class Marked extends XYLineAndShapeRenderer {
    private static final long serialVersionUID = 1;

    Marked() {
      super(true, false);
    }

    @Override
    public boolean getItemShapeVisible(int series, int item) {
      double[] line = numbers.get(series);
      return line.length <= MARKED || (isNone(line, item - 1) && isNone(line, item + 1));
    }

    private static boolean isNone(double[] line, int item) {
      return item < 0 || item >= line.length || Double.isNaN(line[item]);
    }
  }
}
