package dev.lanewise.cli.report;

import dev.lanewise.formats.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * Actual and forecast numbers over time. One series has one chart, and one more of its last rows
 * where it is long; of several, the first four have a chart each.
 */
public final class ForecastPicture {
  private static final int MOST_PANELS = 4;
  private static final int PANEL = 300;
  private static final int HEADING = 80;

  /** A chart of more rows shows no naive forecast: it would hide the others. */
  private static final int LONG = 400;

  private static final int LAST = 150;

  /** As many as can be told apart on a chart; of more, means are drawn. */
  private static final int MOST_ROWS = 1500;

  private static final int MEANS = 500;

  /** Room for the numbers left of charts that stand below each other. */
  private static final int LEFT = 110;

  private ForecastPicture() {}

  /**
   * Draws now.
   *
   * @return writes the picture, a PNG
   */
  public static AtomicFile.Contents of(Shown shown) {
    return Look.file(png(shown));
  }

  static byte[] png(Shown shown) {
    List<Panel> panels = shown.panels();
    if (panels.size() == 1) {
      Panel panel = Future.shortened(panels.getFirst());
      return panel.rows() > LONG
          ? png(shown, List.of(panel, last(panel)), "")
          : png(shown, List.of(panel), "");
    }
    List<Panel> drawn = panels.stream().limit(MOST_PANELS).map(Future::shortened).toList();
    int more = panels.size() - drawn.size();
    return png(shown, drawn, more > 0 ? "the first " + MOST_PANELS + " of " + panels.size() : "");
  }

  private static Panel last(Panel panel) {
    return panel.from(panel.rows() - LAST);
  }

  private static byte[] png(Shown shown, List<Panel> panels, String more) {
    List<JFreeChart> charts = new ArrayList<>();
    List<Integer> heights = new ArrayList<>();
    for (Panel panel : panels) {
      boolean first = charts.isEmpty();
      XYPlot plot = plot(shown, panel, panel.rows() <= LONG);
      if (panels.size() > 1) {
        AxisSpace left = new AxisSpace();
        left.add(LEFT, RectangleEdge.LEFT);
        plot.setFixedRangeAxisSpace(left);
      }
      String below = more.isEmpty() ? shown.subtitle() : shown.subtitle() + "; " + more;
      JFreeChart chart = first ? Look.chart(shown.title(), below, plot) : Look.chart("", "", plot);
      if (!first) {
        chart.removeLegend();
      }
      charts.add(chart);
      heights.add(panels.size() == 1 ? Look.HEIGHT : first ? PANEL + HEADING : PANEL);
    }
    return Look.png(charts, heights);
  }

  private static XYPlot plot(Shown shown, Panel panel, boolean naive) {
    int each = panel.rows() > MOST_ROWS ? Math.ceilDiv(panel.rows(), MEANS) : 1;
    if (each > 1 && shown.dated()) {
      each = Thinning.wholeCycles(each, panel.at());
    }
    Panel drawn = Thinning.broken(Thinning.means(each, panel));
    LineSet lines = new LineSet();
    if (naive) {
      lines.add(Line.NAIVE, drawn.at(), drawn.naive());
    }
    lines.add(Line.ACTUAL, drawn.at(), drawn.actual());
    lines.add(Line.FORECAST, drawn.at(), drawn.forecast());
    ValueAxis time = shown.dated() ? DateTicks.axis(shown.datePattern()) : Look.count("row");
    String label =
        each > 1 ? Look.shortened(panel.name(), 20) + ", means of " + each + " rows" : panel.name();
    XYPlot plot = Look.plot(lines, time, label, Scale.of(lines.numbers()));
    int known = panel.lastKnown();
    if (known >= 0) {
      plot.addDomainMarker(border(panel.at()[known]));
    }
    return plot;
  }

  /** Where what was measured ends. */
  private static ValueMarker border(double at) {
    ValueMarker marker =
        new ValueMarker(
            at, Color.GRAY, new BasicStroke(1, BasicStroke.CAP_BUTT, 0, 1, new float[] {2, 3}, 0));
    marker.setLabel("last row known");
    marker.setLabelFont(Look.SMALL);
    marker.setLabelPaint(Look.TEXT);
    marker.setLabelBackgroundColor(Color.WHITE);
    marker.setLabelAnchor(RectangleAnchor.TOP_LEFT);
    marker.setLabelTextAnchor(TextAnchor.TOP_RIGHT);
    return marker;
  }
}
