package dev.lanewise.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plot with a line through the points of each process, both axes logarithmic, as SVG. */
final class LinePlot {

  /**
   * A point.
   *
   * @param x where on the axis below
   * @param y where on the axis at the left
   * @param note shown under the pointer
   */
  record Point(double x, double y, String note) {}

  /**
   * A line.
   *
   * @param engine whose colour and marks it has
   * @param dashes how it is drawn, as SVG's stroke-dasharray: none is whole
   * @param name in the legend
   * @param points from left to right
   */
  record Line(EngineMark engine, String dashes, String name, List<Point> points) {}

  static final int LEFT = 90;
  static final int RIGHT = 850;
  static final int BOTTOM = 440;

  private static final int LEGEND_LINE = 24;
  private static final int LEGEND_COLUMN = 290;
  private static final int COLUMNS = 3;

  private final StringBuilder svg = new StringBuilder();
  private final ChartAxis across;
  private final ChartAxis up;
  private final int top;

  private LinePlot(ChartAxis across, ChartAxis up, int lines) {
    this.across = across;
    this.up = up;
    this.top = 60 + LEGEND_LINE * Math.ceilDiv(lines, COLUMNS);
  }

  /**
   * Draws.
   *
   * @param labels of the ticks of the axis below, one each
   */
  static String svg(
      String title,
      ChartAxis across,
      List<String> labels,
      String acrossTitle,
      ChartAxis up,
      String upTitle,
      List<Line> lines) {
    return new LinePlot(across, up, lines.size()).draw(title, labels, acrossTitle, upTitle, lines);
  }

  private String draw(
      String title, List<String> labels, String acrossTitle, String upTitle, List<Line> lines) {
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        DotPlot.WIDTH, BOTTOM + 54, title);
    legend(lines);
    add("<text class=\"quiet\" x=\"0\" y=\"%d\">%s</text>", top - 18, upTitle);
    for (double tick : up.ticks()) {
      String y = DotPlot.number(height(tick));
      add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>", LEFT, RIGHT, y, y);
      add(
          "<text class=\"tick end\" x=\"%d\" y=\"%s\">%s</text>",
          LEFT - 10, DotPlot.number(height(tick) + 5), ChartAxis.label(tick));
    }
    for (int i = 0; i < labels.size(); i++) {
      String x = DotPlot.number(place(across.ticks().get(i)));
      add("<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>", x, x, top, BOTTOM);
      add("<text class=\"tick middle\" x=\"%s\" y=\"%d\">%s</text>", x, BOTTOM + 22, labels.get(i));
    }
    add(
        "<text class=\"quiet middle\" x=\"%d\" y=\"%d\">%s</text>",
        (LEFT + RIGHT) / 2, BOTTOM + 46, acrossTitle);
    lines.forEach(this::line);
    return svg.append("</svg>\n").toString();
  }

  private void legend(List<Line> lines) {
    for (int i = 0; i < lines.size(); i++) {
      int x = i % COLUMNS * LEGEND_COLUMN;
      int y = 16 + i / COLUMNS * LEGEND_LINE;
      stroke(lines.get(i), x + "," + y + " " + (x + 36) + "," + y);
      mark(lines.get(i), x + 18, y, "");
      add("<text x=\"%d\" y=\"%d\">%s</text>", x + 46, y + 5, lines.get(i).name);
    }
  }

  private void line(Line line) {
    stroke(
        line,
        line.points.stream()
            .map(point -> DotPlot.number(place(point.x)) + "," + DotPlot.number(height(point.y)))
            .collect(Collectors.joining(" ")));
    line.points.forEach(point -> mark(line, place(point.x), height(point.y), point.note));
  }

  private void stroke(Line line, String points) {
    add(
        "<polyline class=\"%s\" stroke-dasharray=\"%s\" points=\"%s\"/>",
        line.engine.label(), line.dashes, points);
  }

  private void mark(Line line, double x, double y, String note) {
    add(
        "<path class=\"mark %s\" transform=\"translate(%s %s) scale(.75)\" d=\"%s\">%s</path>",
        line.engine.label(),
        DotPlot.number(x),
        DotPlot.number(y),
        line.engine.outline(),
        note.isEmpty() ? "" : "<title>" + note + "</title>");
  }

  private double place(double x) {
    return LEFT + across.place(x) * (RIGHT - LEFT);
  }

  private double height(double y) {
    return BOTTOM - up.place(y) * (BOTTOM - top);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
