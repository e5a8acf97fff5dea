package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plot with a line for each shape and a mark on it for each engine, as SVG. */
final class DotPlot {

  /**
   * A mark.
   *
   * @param engine whose
   * @param value where on the axis
   * @param note shown under the pointer
   */
  record Dot(EngineMark engine, double value, String note) {}

  /**
   * A line.
   *
   * @param shape its name, at the left
   * @param dots on it, the last on top
   * @param remark at the right
   */
  record Line(String shape, List<Dot> dots, String remark) {}

  static final int WIDTH = 900;
  static final int LEFT = 140;
  static final int RIGHT = 740;

  private static final int TOP = 76;
  private static final int LINE = 25;
  private static final int GROUP = 26;

  private final StringBuilder svg = new StringBuilder();
  private final ChartAxis axis;
  private final double reference;

  private DotPlot(ChartAxis axis, double reference) {
    this.axis = axis;
    this.reference = reference;
  }

  /**
   * Draws.
   *
   * @param reference a value that a heavy line marks
   */
  static String svg(
      String title,
      String axisTitle,
      String remarks,
      ChartAxis axis,
      double reference,
      List<Line> lines) {
    return new DotPlot(axis, reference).draw(title, axisTitle, remarks, lines);
  }

  private String draw(String title, String axisTitle, String remarks, List<Line> lines) {
    int groups = (int) lines.stream().map(line -> group(line.shape)).distinct().count();
    int bottom = TOP + lines.size() * LINE + groups * GROUP;
    add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, bottom + 54, title);
    legend(lines);
    add("<text class=\"quiet\" x=\"%d\" y=\"%d\">%s</text>", RIGHT + 24, TOP - 14, remarks);
    grid(bottom);
    int y = TOP;
    String group = "";
    for (Line line : lines) {
      if (!group(line.shape).equals(group)) {
        group = group(line.shape);
        y += GROUP;
        add("<text class=\"group\" x=\"0\" y=\"%d\">%s</text>", y - 7, group);
      }
      line(line, y + LINE / 2);
      y += LINE;
    }
    add(
        "<text class=\"quiet middle\" x=\"%d\" y=\"%d\">%s</text>",
        (LEFT + RIGHT) / 2, bottom + 46, axisTitle);
    return svg.append("</svg>\n").toString();
  }

  /** What kind of work a shape is. */
  private static String group(String shape) {
    return shape.startsWith("step-")
        ? "single steps"
        : shape.startsWith("train-") ? "training steps" : "whole sequences";
  }

  private void legend(List<Line> lines) {
    List<EngineMark> engines = new ArrayList<>();
    for (EngineMark engine : EngineMark.values()) {
      if (lines.stream().anyMatch(l -> l.dots.stream().anyMatch(d -> d.engine == engine))) {
        engines.add(engine);
      }
    }
    int x = LEFT;
    for (EngineMark engine : engines) {
      mark(engine, x, 16, "");
      add("<text x=\"%d\" y=\"21\">%s</text>", x + 12, engine.label());
      x += 40 + 8 * engine.label().length();
    }
  }

  private void grid(int bottom) {
    for (double tick : axis.ticks()) {
      String x = place(tick);
      add(
          "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>",
          tick == reference ? "reference" : "grid", x, x, TOP - 4, bottom + 4);
      for (int y : new int[] {TOP - 14, bottom + 22}) {
        add("<text class=\"tick middle\" x=\"%s\" y=\"%d\">%s</text>", x, y, ChartAxis.label(tick));
      }
    }
  }

  private void line(Line line, int y) {
    add("<text class=\"end\" x=\"%d\" y=\"%d\">%s</text>", LEFT - 18, y + 5, line.shape);
    add("<line class=\"row\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", LEFT, RIGHT, y, y);
    for (Dot dot : line.dots) {
      if (Double.isFinite(dot.value)) {
        mark(dot.engine, LEFT + axis.place(dot.value) * (RIGHT - LEFT), y, dot.note);
      }
    }
    add("<text x=\"%d\" y=\"%d\">%s</text>", RIGHT + 24, y + 5, line.remark);
  }

  private void mark(EngineMark engine, double x, int y, String note) {
    add(
        "<path class=\"mark %s\" transform=\"translate(%s %d)\" d=\"%s\">%s</path>",
        engine.label(),
        number(x),
        y,
        engine.outline(),
        note.isEmpty() ? "" : "<title>" + note + "</title>");
  }

  private String place(double value) {
    return number(LEFT + axis.place(value) * (RIGHT - LEFT));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
