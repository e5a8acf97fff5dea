package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The comparison as one page, its charts drawn from the tables that the document keeps. */
public final class HtmlReport {

  static final String OURS = EngineMark.LANEWISE.label();

  private HtmlReport() {}

  /**
   * Draws the page again, and measures nothing.
   *
   * @param args the document with the tables, and where the page goes; docs/performance.md and
   *     docs/performance.html unless given
   * @throws IOException when a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    write(
        Path.of(args.length > 0 ? args[0] : "docs/performance.md"),
        Path.of(args.length > 1 ? args[1] : "docs/performance.html"));
  }

  static void write(Path document, Path page) throws IOException {
    Files.writeString(page, page(Files.readString(document)));
  }

  /** The page of a document. */
  static String page(String document) {
    String report = DocumentSection.PEERS.in(document);
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Lanewise beside others</title>
        <style>
        :root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--quiet:#5a6370;--line:#e3e6ea;--heavy:#9aa3ae}
        @media (prefers-color-scheme:dark){:root{--page:#14171b;--text:#e6e9ed;--quiet:#a0a9b4;--line:#2b3138;--heavy:#6b7580}}
        body{font:15px/1.5 system-ui,sans-serif;max-width:900px;margin:2.5em auto;padding:0 1.2em;background:var(--page);color:var(--text)}
        h1{font-size:1.7em;margin:0 0 .3em}h2{font-size:1.2em;margin:2.6em 0 .2em}
        p{margin:.3em 0 1em;color:var(--quiet)}code{font-size:.92em}
        svg{display:block;width:100%;height:auto;font-size:14px;fill:var(--text)}
        .quiet,.tick{fill:var(--quiet)}.group{fill:var(--quiet);font-size:13px}.middle{text-anchor:middle}.end{text-anchor:end}
        .grid,.row{stroke:var(--line)}.reference{stroke:var(--heavy);stroke-width:2}
        .mark{stroke:var(--page);stroke-width:1}polyline{stroke-width:1.6}
        div{overflow-x:auto}table{border-collapse:collapse;font-size:12px;white-space:nowrap}
        th,td{padding:.25em .7em;text-align:right;border-bottom:1px solid var(--line)}
        th:first-child,td:first-child{text-align:left}th{color:var(--quiet);font-weight:500}
        """);
    page.append(EngineMark.styles());
    page.append("\n</style></head><body>\n<h1>Lanewise beside others</h1>\n");
    page.append("<p>").append(escaped(report.lines().findFirst().orElse(""))).append("</p>\n");
    List<ReportTable> tables = ReportTable.read(report);
    tables.forEach(table -> charts(page, table));
    String startUp = DocumentSection.START_UP.in(document);
    List<ReportTable> processes = ReportTable.read(startUp);
    if (!processes.isEmpty()) {
      startUp(page, startUp, processes);
    }
    page.append("<h2>The numbers</h2>\n");
    tables.forEach(table -> numbers(page, table));
    processes.forEach(table -> numbers(page, table));
    return page.append("</body></html>\n").toString();
  }

  private static void charts(StringBuilder page, ReportTable table) {
    String threads = table.title().replaceFirst(",.*", "");
    page.append("<h2>").append(threads).append(": how much longer the others take</h2>\n");
    page.append(
        """
        <p>Each mark is an engine's time over Lanewise's; right of 1 it takes longer. The best peer's, with the number beside it, is the
        median over rounds of neighbours in time, the others' are ratios of medians.</p>
        """);
    page.append(ratios(table, threads));
    page.append("<h2>").append(threads).append(": how close each comes to the machine</h2>\n");
    page.append(
        """
        <p>The floor over an engine's time: 1 is the arithmetic at its peak, or the weights at the bandwidth of the memory that holds
        them, with nothing else done. Narrow weights have another floor and are left out.</p>
        """);
    page.append(shares(table, threads));
  }

  private static void startUp(StringBuilder page, String section, List<ReportTable> tables) {
    page.append("<h2>How a process grows warm</h2>\n<p>");
    page.append(escaped(section.lines().findFirst().orElse("")));
    page.append(
        """
         A line begins with the first answer. Each later point is the median of the calls that ended within a tenth of a decade.
        AOT cache: with what an earlier run left in the JDK's. warmUp: the first call comes after it.</p>
        """);
    page.append(StartUpCharts.curves(tables.get(0)));
    page.append("<h2>The slow ones among steps</h2>\n<p>").append(escaped(tables.get(1).title()));
    page.append("</p>\n").append(StartUpCharts.latencies(tables.get(1)));
  }

  /** Each engine's time as a multiple of Lanewise's. */
  static String ratios(ReportTable table, String threads) {
    List<DotPlot.Line> lines = new ArrayList<>();
    for (List<String> row : table.rows()) {
      List<DotPlot.Dot> dots = new ArrayList<>();
      for (String engine : table.engines()) {
        double ratio =
            engine.equals(table.bestPeer(row))
                ? table.bestRatio(row)
                : table.number(row, engine) / table.number(row, OURS);
        dots.add(dot(row, engine, ratio, micros(table, row, engine) + ", %s times Lanewise's"));
      }
      String best = table.bestPeer(row);
      String remark = best.isEmpty() ? "" : rounded(table.bestRatio(row)) + " " + best;
      lines.add(new DotPlot.Line(row.getFirst(), ordered(dots, OURS, best), remark));
    }
    return DotPlot.svg(
        threads + ": time over Lanewise's, by shape and engine",
        "time over Lanewise's, logarithmic",
        "best peer",
        ChartAxis.ofRatios(values(lines)),
        1,
        lines);
  }

  /** The floor over each engine's time. */
  static String shares(ReportTable table, String threads) {
    List<DotPlot.Line> lines = new ArrayList<>();
    for (List<String> row : table.rows()) {
      List<DotPlot.Dot> dots = new ArrayList<>();
      for (String engine : table.engines()) {
        if (EngineMark.of(engine).isFloat32()) {
          double share = table.number(row, "floor") / table.number(row, engine);
          dots.add(dot(row, engine, share, micros(table, row, engine) + ", %s of the floor"));
        }
      }
      double ours = table.number(row, "floor") / table.number(row, OURS);
      lines.add(new DotPlot.Line(row.getFirst(), ordered(dots, "", OURS), rounded(ours)));
    }
    return DotPlot.svg(
        threads + ": the floor over the time, by shape and engine",
        "floor over time",
        OURS,
        ChartAxis.ofShares(values(lines)),
        1,
        lines);
  }

  private static String micros(ReportTable table, List<String> row, String engine) {
    return row.get(table.head().indexOf(engine)) + " us";
  }

  private static DotPlot.Dot dot(List<String> row, String engine, double value, String note) {
    String text = engine + " on " + row.getFirst() + ": " + note.formatted(rounded(value));
    return new DotPlot.Dot(EngineMark.of(engine), value, text);
  }

  /** One engine's mark under the others', where everybody knows it to be, and one's over them. */
  private static List<DotPlot.Dot> ordered(List<DotPlot.Dot> dots, String under, String over) {
    return dots.stream()
        .sorted(
            Comparator.comparing(
                dot -> {
                  String engine = dot.engine().label();
                  return engine.equals(under) ? 0 : engine.equals(over) ? 2 : 1;
                }))
        .toList();
  }

  private static DoubleStream values(List<DotPlot.Line> lines) {
    return lines.stream().flatMapToDouble(l -> l.dots().stream().mapToDouble(DotPlot.Dot::value));
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void numbers(StringBuilder page, ReportTable table) {
    page.append("<p>").append(escaped(table.title())).append("</p>\n<div><table>\n");
    row(page, table.head(), "th");
    table.rows().forEach(cells -> row(page, cells, "td"));
    page.append("</table></div>\n");
  }

  private static void row(StringBuilder page, List<String> cells, String tag) {
    page.append("<tr>");
    cells.forEach(cell -> page.append("<%s>%s</%s>".formatted(tag, escaped(cell), tag)));
    page.append("</tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("`([^`]*)`", "<code>$1</code>");
  }
}
