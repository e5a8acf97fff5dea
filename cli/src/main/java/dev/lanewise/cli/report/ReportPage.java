package dev.lanewise.cli.report;

import static dev.lanewise.cli.report.PageText.escaped;

import dev.lanewise.formats.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One page that shows everything: it loads nothing, so it opens from the disk and stays what it is.
 */
public final class ReportPage {
  /** More would be a page to get lost in. */
  static final int MOST_PANELS = 12;

  /** Of all panels together: keeps the page below a megabyte. */
  private static final int MOST_ROWS = 21_000;

  private final Shown shown;
  private final StringBuilder body = new StringBuilder();
  private final List<ChartData> charts = new ArrayList<>();

  private ReportPage(Shown shown) {
    this.shown = shown;
  }

  /**
   * Makes the page now.
   *
   * @return writes it, as UTF-8
   */
  public static AtomicFile.Contents of(Shown shown) {
    return Look.file(html(shown).getBytes(StandardCharsets.UTF_8));
  }

  static String html(Shown shown) {
    return new ReportPage(shown).page();
  }

  private String page() {
    scores();
    panels();
    errors();
    loss();
    list("How the table was read", shown.reading());
    list("Choices and warnings", shown.notes());
    if (!shown.command().isEmpty()) {
      body.append("<section>\n<h2>Command</h2>\n<pre><code>");
      body.append(escaped(shown.command())).append("</code></pre>\n</section>\n");
    }
    return head() + body + foot();
  }

  private String head() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <title>%1$s</title>
        <style>
        %2$s
        %3$s
        %4$s</style>
        </head>
        <body>
        <header>
        <h1>%1$s</h1>
        <p>%5$s</p>
        </header>
        """
        .formatted(
            escaped(shown.title()),
            Uplot.style(),
            Uplot.text("report.css"),
            colors(),
            escaped(shown.subtitle()));
  }

  /** The colours of the lines, on white and on black. */
  private static String colors() {
    StringBuilder light = new StringBuilder();
    StringBuilder dark = new StringBuilder();
    for (Line line : Line.values()) {
      light.append("  --").append(line.name()).append(": ").append(line.light()).append(";\n");
      dark.append("  --").append(line.name()).append(": ").append(line.dark()).append(";\n");
    }
    return """
        :root {
        %s}
        @media (prefers-color-scheme: dark) {
        :root:not(.printed) {
        %s}
        }
        """
        .formatted(light, dark);
  }

  private void scores() {
    if (shown.scores().isEmpty()) {
      return;
    }
    body.append("<section>\n<h2>Scores</h2>\n<table>\n<thead>\n");
    row(shown.scores().getFirst(), "col");
    body.append("</thead>\n<tbody>\n");
    shown.scores().stream().skip(1).forEach(row -> row(row, "row"));
    body.append("</tbody>\n</table>\n</section>\n");
  }

  private void row(List<String> cells, String scope) {
    body.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      boolean heads = i == 0 || scope.equals("col");
      body.append(heads ? "<th scope=\"" + scope + "\">" : "<td>");
      body.append(escaped(cells.get(i))).append(heads ? "</th>" : "</td>");
    }
    body.append("</tr>\n");
  }

  private void panels() {
    if (shown.panels().isEmpty()) {
      return;
    }
    body.append("<section>\n<h2>Forecast</h2>\n");
    body.append("<p class=\"hint\">Drag over a chart to zoom in, double-click to see all. ");
    body.append("A name below a chart hides its line and shows it again.</p>\n");
    List<Panel> drawn = shown.panels().stream().limit(MOST_PANELS).toList();
    for (Panel panel : drawn) {
      panel(panel, MOST_ROWS / drawn.size());
    }
    int more = shown.panels().size() - drawn.size();
    if (more > 0) {
      body.append("<p>").append(more).append(" more ").append(more == 1 ? "is" : "are");
      body.append(" not drawn.</p>\n");
    }
    String picture = Base64.getEncoder().encodeToString(ForecastPicture.png(shown));
    body.append("<noscript><p>The charts need JavaScript. This is a picture of them.</p>\n");
    body.append("<img alt=\"actual and forecast\" src=\"data:image/png;base64,");
    body.append(picture).append("\"></noscript>\n</section>\n");
  }

  private void panel(Panel panel, int most) {
    Panel thin = Thinning.to(most, panel);
    Panel drawn = Thinning.broken(thin);
    ChartData data = new ChartData("forecast").at(drawn.at());
    if (shown.dated()) {
      data.text("date", PageDate.of(shown.datePattern()));
    }
    int first = Future.firstRowAtOnce(panel);
    if (first > 0) {
      data.number("shown", Math.round(panel.at()[first]));
    }
    int known = panel.lastKnown();
    if (known >= 0) {
      data.number("known", Math.round(panel.at()[known]));
    }
    data.lines(drawn.lines(), line -> line.of(drawn));
    chart(panel.name(), data);
    if (thin.rows() < panel.rows()) {
      body.append("<p class=\"hint\">").append(thin.rows()).append(" of ");
      body.append(panel.rows()).append(" rows are drawn, all peaks among them.</p>\n");
    }
  }

  private void errors() {
    StepErrors errors = shown.errors();
    if (errors.steps().length < 2) {
      return; // the scores say it
    }
    body.append("<section>\n<h2>Error by step ahead</h2>\n");
    double[] steps = Arrays.stream(errors.steps()).asDoubleStream().toArray();
    ChartData data = new ChartData("errors").at(steps);
    chart(ErrorPicture.AXIS, data.lines(errors.lines(), line -> line.of(errors)));
    body.append("</section>\n");
  }

  private void loss() {
    if (shown.loss().length == 0) {
      return;
    }
    body.append("<section>\n<h2>Loss</h2>\n");
    ChartData data = new ChartData("loss").at(LossPicture.epochs(shown.loss().length));
    List<Line> lines =
        LossPicture.hasValidation(shown)
            ? List.of(Line.TRAINING, Line.HELD_BACK)
            : List.of(Line.TRAINING);
    data.lines(lines, line -> line == Line.TRAINING ? shown.loss() : shown.validationLoss());
    chart(shown.lossAxis(), data);
    body.append("</section>\n");
  }

  private void chart(String name, ChartData data) {
    body.append("<figure><figcaption>").append(escaped(name)).append("</figcaption></figure>\n");
    charts.add(data);
  }

  private void list(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    body.append("<section>\n<h2>").append(title).append("</h2>\n<ul>\n");
    lines.forEach(line -> body.append("<li>").append(escaped(line)).append("</li>\n"));
    body.append("</ul>\n</section>\n");
  }

  private String foot() {
    return """
        <script type="application/json" id="charts">
        [%s]
        </script>
        <script>
        /*
        %s
        */
        %s
        </script>
        <script>
        %s
        </script>
        </body>
        </html>
        """
        .formatted(
            charts.stream().map(ChartData::toString).collect(Collectors.joining(",\n")),
            Uplot.licence(),
            Uplot.script(),
            Uplot.text("report.js"));
  }
}
