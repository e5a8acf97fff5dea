package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlReportTest {
  private static final Path DOCUMENT = Path.of("../docs/performance.md");

  private static final String TWO_SHAPES =
      """
      One thread, microseconds.

      | shape | lanewise | bf16 | onednn | pytorch | best peer / lanewise | floor |
      |---|---|---|---|---|---|---|
      | step-h64 | 1,000.00 | 500.00 | 2,100.00 | 8,000.00 | 2.00 (onednn) | 800.00 |
      | train-text | 10.00 | - | - | 5.00 | 0.50 (pytorch) | 4.00 |
      """;

  private static final String PROCESSES =
      """
      A Machine: `command`.

      A call.

      | process | first answer, s | first call | 0.50 | 1.0 | 2.0 |
      |---|---|---|---|---|---|
      | lanewise, cold | 0.400 | 100,000 | 1,000 | 100 | 10 |
      | lanewise, AOT cache | 0.200 | 50,000 | - | 100 | 10 |
      | onnxruntime | 0.300 | 1,000 | 20 | 20 | 20 |

      Steps.

      | process | p50 | p90 | p99 | p99.9 | p99.99 | largest | steps |
      |---|---|---|---|---|---|---|---|
      | lanewise, step-h64, alone | 1.00 | 1.50 | 2.00 | 10.00 | 100.00 | 2,000.00 | 99 |
      """;

  private static ReportTable table() {
    return ReportTable.read(TWO_SHAPES).getFirst();
  }

  private static List<String> labels(String svg) {
    return Pattern.compile("<text class=\"tick[^>]*>([^<]*)<")
        .matcher(svg)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** The place of the mark whose note begins so, from 0, at the left end, to 1. */
  private static double place(String svg, String note) {
    String before = svg.substring(0, svg.indexOf("<title>" + note));
    String x = before.substring(before.lastIndexOf("translate(") + "translate(".length());
    double place = Double.parseDouble(x.substring(0, x.indexOf(' ')));
    return (place - DotPlot.LEFT) / (DotPlot.RIGHT - DotPlot.LEFT);
  }

  @ParameterizedTest
  @CsvSource({
    "0.38, 38.6, 0.25 0.5 1 2 4 8 16 32 64",
    "0.9, 1.1, 0.5 1 2",
    "1, 2, 0.5 1 2",
    "1.01, 2.01, 0.5 1 2 4",
    "0.1, 1, 0.0625 0.125 0.25 0.5 1 2",
    "0.5, 4, 0.5 1 2 4"
  })
  void writesPowersOfTwoAtAnAxisOfRatios(double smallest, double largest, String labels) {
    ChartAxis axis = ChartAxis.ofRatios(DoubleStream.of(smallest, largest, Double.NaN));
    assertEquals(labels, String.join(" ", axis.ticks().stream().map(ChartAxis::label).toList()));
    int steps = axis.ticks().size() - 1;
    for (int i = 0; i <= steps; i++) {
      assertEquals((double) i / steps, axis.place(axis.ticks().get(i)), 1e-12);
    }
  }

  @Test
  void writesFifthsAtAnAxisOfShares() {
    ChartAxis axis = ChartAxis.ofShares(DoubleStream.of(0.3, 1.07, Double.NaN));
    assertEquals(
        List.of("0", "0.2", "0.4", "0.6", "0.8", "1", "1.2"),
        axis.ticks().stream().map(ChartAxis::label).toList());
    assertEquals(0.5, axis.place(0.6), 1e-12);
  }

  @Test
  void putsEachMarkWhereItsRatioIs() {
    String svg = HtmlReport.ratios(table(), "One thread");
    List<String> axis = List.of("0.5", "1", "2", "4", "8");
    assertEquals(axis.stream().flatMap(label -> Stream.of(label, label)).toList(), labels(svg));
    assertEquals(0, place(svg, "bf16 on step-h64: 500.00 us, 0.50 times"), 1e-3);
    assertEquals(0.25, place(svg, "lanewise on step-h64: 1,000.00 us, 1.00 times"), 1e-3);
    assertEquals(0.5, place(svg, "onednn on step-h64: 2,100.00 us, 2.00 times"), 1e-3);
    assertEquals(1, place(svg, "pytorch on step-h64: 8,000.00 us, 8.00 times"), 1e-3);
    assertEquals(0, place(svg, "pytorch on train-text: 5.00 us, 0.50 times"), 1e-3);
    assertTrue(!svg.contains("onednn on train-text"), "a mark without a number");
    assertTrue(svg.contains(">2.00 onednn</text>") && svg.contains(">0.50 pytorch</text>"), svg);
  }

  @Test
  void leavesNarrowWeightsOutOfTheSharesOfTheFloor() {
    String svg = HtmlReport.shares(table(), "One thread");
    assertEquals(0.8, place(svg, "lanewise on step-h64: 1,000.00 us, 0.80 of the floor"), 1e-3);
    assertEquals(0.1, place(svg, "pytorch on step-h64: 8,000.00 us, 0.10 of the floor"), 1e-3);
    assertTrue(!svg.contains("bf16"), svg);
  }

  @Test
  void showsEachEngineInAColourAndAMarkOfItsOwn() {
    EngineMark[] marks = EngineMark.values();
    for (List<String> looks :
        List.of(
            Arrays.stream(marks).map(EngineMark::light).toList(),
            Arrays.stream(marks).map(EngineMark::dark).toList(),
            Arrays.stream(marks).map(EngineMark::outline).toList())) {
      assertEquals(marks.length, new HashSet<>(looks).size(), looks.toString());
    }
  }

  /** The Web Content Accessibility Guidelines ask 3 to 1 of what is no text. */
  @Test
  void keepsTheColoursReadableOnBothPages() {
    for (EngineMark mark : EngineMark.values()) {
      assertTrue(contrast(mark.light(), "#ffffff") >= 3, mark.label());
      assertTrue(contrast(mark.dark(), "#14171b") >= 3, mark.label());
    }
  }

  private static double contrast(String one, String other) {
    double first = luminance(one) + 0.05;
    double second = luminance(other) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "0.21, 5.9, 0.2 0.5 1 2 5 10, 0.1 1 10",
    "0.2, 5, 0.2 0.5 1 2 5, 0.1 1 10",
    "3, 3, 2 5, 1 10",
    "10, 100, 10 20 50 100, 10 100",
  })
  void writesRoundNumbersAroundAllValues(
      double smallest, double largest, String steps, String decades) {
    assertEquals(steps, labels(ChartAxis.ofSteps(DoubleStream.of(smallest, largest))));
    assertEquals(decades, labels(ChartAxis.ofDecades(DoubleStream.of(smallest, largest))));
  }

  private static String labels(ChartAxis axis) {
    return String.join(" ", axis.ticks().stream().map(ChartAxis::label).toList());
  }

  /** Where the mark lies whose note begins so, from 0, at the left and below, to 1. */
  private static double[] point(String svg, String note) {
    String before = svg.substring(0, svg.indexOf("<title>" + note));
    String at = before.substring(before.lastIndexOf("translate(") + "translate(".length());
    String[] xy = at.substring(0, at.indexOf(')')).split(" ");
    Matcher top = Pattern.compile("y1=\"(\\d+)\" y2=\"" + LinePlot.BOTTOM).matcher(svg);
    assertTrue(top.find(), svg);
    return new double[] {
      (Double.parseDouble(xy[0]) - LinePlot.LEFT) / (LinePlot.RIGHT - LinePlot.LEFT),
      (LinePlot.BOTTOM - Double.parseDouble(xy[1]))
          / (LinePlot.BOTTOM - Double.parseDouble(top.group(1)))
    };
  }

  @Test
  void putsEachCallWhereItsTimeIs() {
    String svg = StartUpCharts.curves(ReportTable.read(PROCESSES).getFirst());
    assertEquals(
        List.of("10", "100", "1000", "10000", "100000", "0.2", "0.5", "1", "2"), labels(svg));
    double decade = Math.log(2.0 / 0.2);
    assertArrayEquals(
        new double[] {Math.log(0.4 / 0.2) / decade, 1},
        point(svg, "lanewise, cold, first answer: 100000 us"),
        1e-3);
    assertArrayEquals(
        new double[] {Math.log(0.5 / 0.2) / decade, 0.5},
        point(svg, "lanewise, cold, 0.50 s: 1000 us"),
        1e-3);
    assertArrayEquals(new double[] {1, 0}, point(svg, "lanewise, AOT cache, 2.0 s: 10 us"), 1e-3);
    assertTrue(!svg.contains("AOT cache, 0.50 s"), "a mark without a number");
    assertEquals(
        List.of("none", "7 4", "none"),
        Pattern.compile("polyline class=\"[a-z]+\" stroke-dasharray=\"([^\"]*)\" points=\"\\d+,")
            .matcher(svg)
            .results()
            .map(found -> found.group(1))
            .toList());
  }

  @Test
  void putsEachPercentileWhereItIs() {
    String svg = StartUpCharts.latencies(ReportTable.read(PROCESSES).get(1));
    assertEquals(List.of("1", "10", "100", "p50", "p90", "p99", "p99.9", "p99.99"), labels(svg));
    assertArrayEquals(
        new double[] {0, 0}, point(svg, "lanewise, step-h64, alone, p50: 1 us"), 1e-3);
    assertArrayEquals(
        new double[] {1, 1}, point(svg, "lanewise, step-h64, alone, p99.99: 100 us"), 1e-3);
    assertEquals(0.5, point(svg, "lanewise, step-h64, alone, p99.9: 10 us")[1], 1e-3);
  }

  @Test
  void aSectionIsReplacedAndNothingElse(@TempDir Path folder) throws IOException {
    Path document = folder.resolve("a.md");
    Files.writeString(
        document, "before\n<!-- start-up:begin -->\nold\n<!-- start-up:end -->\nafter\n");
    DocumentSection.START_UP.replace(document, "new\n");
    String whole = Files.readString(document);
    assertEquals("before\n<!-- start-up:begin -->\nnew\n<!-- start-up:end -->\nafter\n", whole);
    assertEquals("new", DocumentSection.START_UP.in(whole));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> DocumentSection.PEERS.in(whole));
    assertEquals(
        "no place for what was measured: a line <!-- peers:begin --> and a line <!-- peers:end -->",
        e.getMessage());
  }

  @Test
  void thePageIsWhatTheTablesOfTheDocumentGive() throws IOException {
    assertEquals(
        HtmlReport.page(Files.readString(DOCUMENT)),
        Files.readString(Path.of("../docs/performance.html")),
        "draw it again: java -cp bench/target/benchmarks.jar dev.lanewise.bench.HtmlReport");
  }
}
