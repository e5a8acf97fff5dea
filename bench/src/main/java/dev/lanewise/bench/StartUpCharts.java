package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The charts of {@link StartUpReport}, drawn from its tables. */
final class StartUpCharts {
  /** Lines of one engine, one after the other. */
  private static final List<String> DASHES =
      List.of("none", "7 4", "2 3", "9 3 2 3", "14 5", "1 6");

  private StartUpCharts() {}

  /** What a call takes against the time since main. */
  static String curves(ReportTable table) {
    List<LinePlot.Line> lines = new ArrayList<>();
    for (List<String> row : table.rows()) {
      List<LinePlot.Point> points = new ArrayList<>();
      double first = table.number(row, StartUpReport.FIRST_ANSWER);
      add(points, row, first, table.number(row, StartUpReport.FIRST_CALL), "first answer");
      int firstTime = table.head().indexOf(StartUpReport.FIRST_CALL) + 1;
      for (String column : table.head().subList(firstTime, table.head().size())) {
        // The middle of a tenth of a decade may lie before the first answer in it.
        double at = Math.max(first, Double.parseDouble(column));
        add(points, row, at, table.number(row, column), column + " s");
      }
      lines.add(line(lines, row.getFirst(), points));
    }
    ChartAxis across = ChartAxis.ofSteps(xs(lines));
    return LinePlot.svg(
        "What a call takes against the time since main, by process",
        across,
        across.ticks().stream().map(ChartAxis::label).toList(),
        "seconds since main, logarithmic",
        ChartAxis.ofDecades(ys(lines)),
        "a call, microseconds, logarithmic",
        lines);
  }

  /** What the slow ones among the steps take. */
  static String latencies(ReportTable table) {
    List<String> quantiles = StepLatency.QUANTILES.stream().map(StartUpReport::percentile).toList();
    List<LinePlot.Line> lines = new ArrayList<>();
    for (List<String> row : table.rows()) {
      List<LinePlot.Point> points = new ArrayList<>();
      for (int i = 0; i < quantiles.size(); i++) {
        add(points, row, rarity(i), table.number(row, quantiles.get(i)), quantiles.get(i));
      }
      lines.add(line(lines, row.getFirst(), points));
    }
    List<Double> places = new ArrayList<>();
    for (int i = 0; i < quantiles.size(); i++) {
      places.add(rarity(i));
    }
    return LinePlot.svg(
        "What the slow ones among steps take, by process",
        new ChartAxis(places, true),
        quantiles,
        "steps that take no longer, percent",
        ChartAxis.ofDecades(ys(lines)),
        "a step, microseconds, logarithmic",
        lines);
  }

  /** One of so many steps takes longer. */
  private static double rarity(int quantile) {
    return 1 / (1 - StepLatency.QUANTILES.get(quantile));
  }

  private static void add(
      List<LinePlot.Point> points, List<String> row, double x, double y, String where) {
    if (Double.isFinite(y)) {
      String note = row.getFirst() + ", " + where + ": " + ChartAxis.label(y) + " us";
      points.add(new LinePlot.Point(x, y, note));
    }
  }

  /** In another dash than those before it of the same engine. */
  private static LinePlot.Line line(
      List<LinePlot.Line> before, String name, List<LinePlot.Point> points) {
    EngineMark engine = EngineMark.of(name.replaceFirst("[, ].*", ""));
    long drawn = before.stream().filter(line -> line.engine() == engine).count();
    return new LinePlot.Line(engine, DASHES.get((int) drawn % DASHES.size()), name, points);
  }

  private static DoubleStream xs(List<LinePlot.Line> lines) {
    return lines.stream().flatMapToDouble(l -> l.points().stream().mapToDouble(LinePlot.Point::x));
  }

  private static DoubleStream ys(List<LinePlot.Line> lines) {
    return lines.stream().flatMapToDouble(l -> l.points().stream().mapToDouble(LinePlot.Point::y));
  }
}
