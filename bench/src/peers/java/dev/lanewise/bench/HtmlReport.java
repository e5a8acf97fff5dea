package dev.lanewise.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** The comparison as one page, with its charts inside. */
final class HtmlReport {

  private static final Color[] COLORS = {
    new Color(0x1f, 0x5f, 0xa8),
    new Color(0xe0, 0x6c, 0x00),
    new Color(0x3a, 0x8f, 0x4d),
    new Color(0x8c, 0x4f, 0xa8)
  };
  private static final Color GRID = new Color(0xd8, 0xd8, 0xd8);
  private static final int WIDTH = 1100;
  private static final int ROW_HEIGHT = 46;

  private final Comparison comparison;
  private final Machine machine;

  HtmlReport(Comparison comparison, Machine machine) {
    this.comparison = comparison;
    this.machine = machine;
  }

  /** Writes the page; its text is that of the tables. */
  void write(Path file, String tables) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Lanewise beside others</title>
        <style>body{font:15px/1.5 sans-serif;max-width:1100px;margin:2em auto;padding:0 1em}
        pre{overflow-x:auto;font-size:12px}svg{max-width:100%;height:auto}</style></head><body>
        <h1>Lanewise beside others</h1>
        """);
    Launch newest = comparison.newest();
    page.append(
        "<p>%s, JDK %s, commit %s: <code>%s</code></p>\n"
            .formatted(
                escaped(newest.cpu()),
                escaped(newest.jdk()),
                escaped(comparison.commit()),
                escaped(machine.command())));
    for (int threads : comparison.threads()) {
      List<Comparison.Row> rows = comparison.rows(threads);
      String suffix = threads == 1 ? ", one thread" : ", " + threads + " threads";
      page.append(svg(times("Time over Lanewise's" + suffix, rows), rows.size()));
      page.append(svg(shares("Share of the roofline" + suffix, rows), rows.size()));
    }
    page.append("<pre>").append(escaped(tables)).append("</pre>\n</body></html>\n");
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write the report " + file, e);
    }
  }

  /** Each peer's time as a multiple of Lanewise's; above 1, Lanewise is faster. */
  private JFreeChart times(String title, List<Comparison.Row> rows) {
    JFreeChart chart =
        bars(
            title + " (above 1, Lanewise is faster)",
            rows,
            engine ->
                row ->
                    row.micros().get(engine)
                        / row.micros().getOrDefault(Engine.LANEWISE, Double.NaN),
            false);
    LogAxis axis = new LogAxis("times Lanewise's");
    axis.setBase(2);
    axis.setNumberFormatOverride(new DecimalFormat("0.##"));
    chart.getCategoryPlot().setRangeAxis(axis);
    chart.getCategoryPlot().addRangeMarker(new ValueMarker(1, Color.BLACK, new BasicStroke(1.2f)));
    return chart;
  }

  /** The floor over each engine's time. */
  private JFreeChart shares(String title, List<Comparison.Row> rows) {
    JFreeChart chart =
        bars(title, rows, engine -> row -> row.floor() / row.micros().get(engine), true);
    NumberAxis axis = (NumberAxis) chart.getCategoryPlot().getRangeAxis();
    axis.setRange(0, 1.05);
    axis.setLabel("floor / time");
    return chart;
  }

  @FunctionalInterface
  private interface Figure {
    ToDoubleFunction<Comparison.Row> of(Engine engine);
  }

  private JFreeChart bars(String title, List<Comparison.Row> rows, Figure figure, boolean ours) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    List<Engine> engines = comparison.engines().stream().filter(e -> ours || e.isPeer()).toList();
    for (Engine engine : engines) {
      for (Comparison.Row row : rows) {
        double value = figure.of(engine).applyAsDouble(row);
        data.addValue(Double.isFinite(value) ? value : null, engine.label(), row.shape().name());
      }
    }
    JFreeChart chart =
        ChartFactory.createBarChart(
            title, null, null, data, PlotOrientation.HORIZONTAL, true, false, false);
    chart.setBackgroundPaint(Color.WHITE);
    CategoryPlot plot = chart.getCategoryPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(GRID);
    plot.setOutlineVisible(false);
    BarRenderer renderer = (BarRenderer) plot.getRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.05);
    for (int i = 0; i < engines.size(); i++) {
      renderer.setSeriesPaint(i, COLORS[engines.get(i).ordinal() % COLORS.length]);
    }
    return chart;
  }

  private static String svg(JFreeChart chart, int rows) {
    int height = 120 + ROW_HEIGHT * rows;
    SVGGraphics2D canvas = new SVGGraphics2D(WIDTH, height);
    chart.draw(canvas, new Rectangle2D.Double(0, 0, WIDTH, height));
    return canvas.getSVGElement() + "\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
