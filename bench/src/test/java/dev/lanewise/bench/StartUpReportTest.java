package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StartUpReportTest {
  /** Prints the line of a process, as {@link StepLatency} does. */
  static final class Latency {
    private Latency() {}

    static void main() {
      System.out.println("latency 0.500 0.600 1.234 10.000 2000.000 3000.500 1234567");
    }
  }

  private static StartUpReport report() {
    StartUpReport report = new StartUpReport();
    report.add(
        "lanewise, cold",
        new StartUpCurve(435.4, 304_289.4, new TreeMap<>(Map.of(27, 24_000.6, 30, 154.4))));
    report.add("onnxruntime", new StartUpCurve(334, 1731, new TreeMap<>(Map.of(26, 200.0))));
    return report;
  }

  @Test
  void isATableThatTheChartIsDrawnFrom() {
    List<ReportTable> tables = ReportTable.read(report().text("Machine."));
    ReportTable curves = tables.getFirst();
    assertTrue(curves.title().startsWith(StartUpReport.CURVES), curves.title());
    assertEquals(
        List.of("process", "first answer, s", "first call", "0.40", "0.50", "1.0"), curves.head());
    assertEquals(
        List.of(
            List.of("lanewise, cold", "0.435", "304,289", "-", "24,001", "154"),
            List.of("onnxruntime", "0.334", "1,731", "200", "-", "-")),
        curves.rows());
    assertTrue(StartUpCharts.curves(curves).contains("onnxruntime, 0.40 s: 200 us"));
  }

  @Test
  void takesTheLatenciesOfAProcess() {
    StartUpReport report = report();
    report.addLatency("lanewise, a", ChildProcess.java(List.of(), Latency.class, List.of()));
    ReportTable table = ReportTable.read(report.text("Machine.")).get(1);
    assertTrue(table.title().startsWith(StartUpReport.LATENCIES), table.title());
    assertEquals(
        List.of("process", "p50", "p90", "p99", "p99.9", "p99.99", "largest", "steps"),
        table.head());
    assertEquals(
        List.of(
            "lanewise, a", "0.50", "0.60", "1.23", "10.00", "2,000.00", "3,000.50", "1,234,567"),
        table.rows().getFirst());
  }

  /** Where every process of it failed. */
  @Test
  void aTableWithoutRowsIsAChartWithoutLines() {
    ReportTable table = ReportTable.read(report().text("Machine.")).get(1);
    assertEquals(List.of(), table.rows());
    assertTrue(!StartUpCharts.latencies(table).contains("polyline"));
  }
}
