package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {

  private static JsonNode charts(String page) {
    Matcher data =
        Pattern.compile(
                "<script type=\"application/json\" id=\"charts\">(.*?)</script>", Pattern.DOTALL)
            .matcher(page);
    assertTrue(data.find());
    return JsonMapper.shared().readTree(data.group(1));
  }

  /** Without the library, whose text is its own. */
  private static String own(String page) {
    return page.replace(Uplot.script(), "").replace(Uplot.licence(), "");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void holdsAllThatIsShown() {
    Shown shown = Samples.months();
    String page = ReportPage.html(shown);
    assertTrue(page.contains("<title>Passengers, 1 step ahead</title>"));
    assertTrue(page.contains("<h1>Passengers, 1 step ahead</h1>\n<p>" + shown.subtitle() + "</p>"));
    assertTrue(
        page.contains(
            "<tr><th scope=\"col\"></th><th scope=\"col\">MAE</th><th scope=\"col\">RMSE</th>"
                + "<th scope=\"col\">MASE</th></tr>"));
    for (List<String> row : shown.scores().subList(1, 4)) {
      String cells = String.join("</td><td>", row.subList(1, 4));
      assertTrue(
          page.contains("<tr><th scope=\"row\">" + row.getFirst() + "</th><td>" + cells), page);
    }
    for (String line :
        List.of(shown.reading().get(0), shown.reading().get(1), shown.notes().getFirst())) {
      assertTrue(page.contains("<li>" + line + "</li>"), line);
    }
    assertTrue(page.contains("<pre><code>" + shown.command() + "</code></pre>"));
    assertTrue(page.contains("<noscript>"));
    assertTrue(page.contains(Uplot.script()));
    assertTrue(page.contains("Copyright (c) 2022 Leon Sorokin"), "MIT asks for it");
    assertEquals("1.6.30", Uplot.version());
  }

  @Test
  void holdsTheNumbersOfTheCharts() {
    JsonNode charts = charts(ReportPage.html(Samples.months()));
    assertEquals(2, charts.size(), "forecast and loss; one step is in the scores");
    JsonNode forecast = charts.get(0);
    Panel panel = Samples.months("Passengers", 29);
    assertEquals("{YYYY}-{MM}", forecast.get("date").asString());
    assertEquals((long) panel.at()[0], forecast.get("first").asLong());
    long at = forecast.get("first").asLong();
    for (int i = 0; i < 28; i++) {
      at += forecast.get("steps").get(i).asLong();
      assertEquals((long) panel.at()[i + 1], at);
    }
    List<String> names = new ArrayList<>();
    forecast.get("lines").forEach(line -> names.add(line.get("label").asString()));
    assertEquals(List.of("naive", "seasonal naive", "actual", "forecast"), names);
    for (int i = 0; i < 29; i++) {
      JsonNode numbers = forecast.get("lines").get(3).get("y");
      assertEquals(panel.forecast()[i], numbers.get(i).asDouble(), 0.005);
    }
    assertTrue(forecast.get("lines").get(1).get("y").get(0).isNull(), "no season before the first");
    assertEquals(0.31, charts.get(1).get("lines").get(0).get("y").get(2).asDouble());
  }

  @Test
  void hasAChartOfTheErrorsOfSeveralSteps() {
    Shown shown =
        Samples.shown("t", "yyyy-MM", Samples.sevenSteps(), List.of(Samples.months("a", 20)));
    JsonNode errors = charts(ReportPage.html(shown)).get(1);
    assertEquals("errors", errors.get("kind").asString());
    assertEquals(2.75, errors.get("lines").get(2).get("y").get(5).asDouble());
  }

  @Test
  void keepsTextText() {
    String evil = "</script><b onclick=\"x\">'&amp;\u0000";
    Shown shown =
        new Shown(
            evil,
            evil,
            "yyyy'</script><b>'",
            List.of(Samples.months(evil, 20)),
            Samples.sevenSteps(),
            List.of(List.of(evil, evil), List.of(evil, evil)),
            evil,
            new double[] {1, 2},
            Samples.NONE,
            List.of(evil),
            List.of(evil),
            evil);
    String page = ReportPage.html(shown);
    assertFalse(page.contains("<b>") || page.contains("<b "), "an element of the text");
    assertFalse(own(page).contains("onclick=\""));
    assertEquals(3, count(page, "</script>"), "data, library, drawing");
    String safe = "&lt;/script&gt;&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;amp;\ufffd";
    assertEquals(2 + 1 + 4 + 1 + 1 + 2 + 1, count(page, safe));
    assertEquals("{YYYY}</script><b>", charts(page).get(0).get("date").asString());
  }

  @Test
  void loadsNothing() {
    String page = ReportPage.html(Samples.months());
    String own = own(page);
    assertFalse(own.contains("http://"), "own text");
    assertFalse(own.contains("https://"), "own text");
    assertEquals(1, count(page, "https://"), "the library's name in its first line");
    assertTrue(page.contains("default-src 'none'; img-src data:;"));
    for (String loading :
        List.of(
            "<link", "@import", "url(", "import(", "fetch(", "XMLHttpRequest", "src=\"/", "href")) {
      assertFalse(page.contains(loading), loading);
    }
    assertEquals(1, count(own, "src="), "the picture");
    assertTrue(own.contains("src=\"data:image/png;base64,"));
  }

  @Test
  void staysSmallWhereThereAreManyRows() {
    Panel panel = Samples.hours("t", 20_000);
    Shown one = Samples.shown("t", "yyyy-MM-dd HH:mm", Samples.oneStep(), List.of(panel));
    String page = ReportPage.html(one);
    assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 1_000_000, "" + page.length());
    assertEquals(20_000, charts(page).get(0).get("count").asInt());
    assertFalse(page.contains("rows are drawn"));
    assertEquals((long) panel.at()[19_500], charts(page).get(0).get("shown").asLong());
    Shown many =
        Samples.shown("t", "yyyy-MM-dd HH:mm", Samples.oneStep(), List.of(panel, panel, panel));
    String thin = ReportPage.html(many);
    assertTrue(thin.getBytes(StandardCharsets.UTF_8).length < 1_200_000, "" + thin.length());
    assertEquals(3, count(thin, " of 20000 rows are drawn, all peaks among them.</p>"));
  }

  @Test
  void drawsTwelveSeriesAndCountsTheOthers() {
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      panels.add(Samples.months("store " + i, 20));
    }
    String page = ReportPage.html(Samples.shown("t", "yyyy-MM", Samples.oneStep(), panels));
    assertEquals(12 + 1, charts(page).size(), "and the loss");
    assertEquals(12 + 1, count(page, "<figure>"));
    assertTrue(page.contains("<p>2 more are not drawn.</p>"));
  }

  @Test
  void saysWhereWhatIsKnownEnds() {
    Panel panel = Samples.future(132, 12);
    JsonNode chart =
        charts(ReportPage.html(Samples.shown("t", "yyyy-MM", StepErrors.none(), List.of(panel))))
            .get(0);
    assertEquals((long) panel.at()[131], chart.get("known").asLong());
    assertEquals((long) panel.at()[72], chart.get("shown").asLong());
  }

  @Test
  void leavesOutWhatThereIsNot() {
    Shown shown =
        new Shown(
            "t",
            "",
            "",
            List.of(),
            StepErrors.none(),
            List.of(),
            "",
            Samples.NONE,
            Samples.NONE,
            List.of(),
            List.of(),
            "");
    String page = ReportPage.html(shown);
    assertEquals(0, count(page, "<h2>"));
    assertEquals(0, charts(page).size());
  }
}
