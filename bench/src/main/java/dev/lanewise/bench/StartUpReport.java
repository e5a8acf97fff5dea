package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The curves of start-up and the latencies of steps as tables in Markdown. */
final class StartUpReport {
  /** What the title of the first table begins with. */
  static final String CURVES = "A call in a process that has run so long";

  /** What the title of the second table begins with. */
  static final String LATENCIES = "Steps of a stream";

  /** Columns of the first table, before those that are times. */
  static final String FIRST_ANSWER = "first answer, s";

  static final String FIRST_CALL = "first call";

  private static final String PROCESS = "process";

  private final Map<String, StartUpCurve> curves = new LinkedHashMap<>();
  private final Map<String, String[]> latencies = new LinkedHashMap<>();

  /** Names begin with the engine's, so that the chart knows its colour. */
  void add(String name, StartUpCurve curve) {
    curves.put(name, curve);
  }

  /** Runs a process that prints the line of {@link StepLatency}. */
  void addLatency(String name, List<String> command) {
    String line =
        ChildProcess.run(command).stream()
            .filter(each -> each.startsWith(StepLatency.MARK + " "))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no latencies of " + name));
    System.out.println(name + ": " + line);
    latencies.put(name, line.split(" "));
  }

  /**
   * The tables.
   *
   * @param machine on which they were measured, and by which command
   */
  String text(String machine) {
    List<String> lines = new ArrayList<>();
    lines.add(machine);
    lines.add("");
    lines.add(
        CURVES
            + ", seconds since `main`, takes so many microseconds. Before that the first answer, in seconds, and its call. Processes a row: "
            + StartUp.PROCESSES
            + ".");
    lines.add("");
    TreeSet<Integer> tenths = new TreeSet<>();
    curves.values().forEach(curve -> tenths.addAll(curve.micros().keySet()));
    List<String> columns = new ArrayList<>(List.of(FIRST_ANSWER, FIRST_CALL));
    tenths.forEach(tenth -> columns.add(seconds(tenth)));
    row(lines, PROCESS, columns);
    rule(lines, columns.size());
    curves.forEach((name, curve) -> row(lines, name, cells(curve, tenths)));
    lines.add("");
    lines.add(
        LATENCIES
            + " for "
            + StepLatency.SECONDS
            + " s, microseconds: alone, or while another thread predicts and allocates.");
    lines.add("");
    List<String> head = new ArrayList<>();
    StepLatency.QUANTILES.forEach(quantile -> head.add(percentile(quantile)));
    head.addAll(List.of("largest", "steps"));
    row(lines, PROCESS, head);
    rule(lines, head.size());
    latencies.forEach((name, line) -> row(lines, name, cells(line)));
    return String.join("\n", lines) + "\n";
  }

  private static void row(List<String> lines, String first, List<String> cells) {
    lines.add("| " + first + " | " + String.join(" | ", cells) + " |");
  }

  private static void rule(List<String> lines, int cells) {
    lines.add("|---".repeat(1 + cells) + "|");
  }

  /** p99.9 of 0.999. */
  static String percentile(double quantile) {
    return "p" + ChartAxis.label(Math.round(quantile * 1e6) / 1e4);
  }

  /** With two digits, as the tenths of a decade have: 0.13, 0.16, 1.3, 1.6. */
  private static String seconds(int tenth) {
    double seconds = StartUpCurve.millis(tenth) / 1e3;
    return String.format(Locale.ROOT, seconds < 1 ? "%.2f" : "%.1f", seconds);
  }

  private static String number(Double micros) {
    return micros == null ? "-" : String.format(Locale.ROOT, "%,.0f", micros);
  }

  private static List<String> cells(StartUpCurve curve, Collection<Integer> tenths) {
    List<String> cells = new ArrayList<>();
    cells.add(String.format(Locale.ROOT, "%.3f", curve.firstMillis() / 1e3));
    cells.add(number(curve.firstMicros()));
    tenths.forEach(tenth -> cells.add(number(curve.micros().get(tenth))));
    return cells;
  }

  /** The numbers behind the mark; those of time with two decimals. */
  private static List<String> cells(String[] line) {
    int last = line.length - 1;
    String times =
        Arrays.stream(line, 1, last)
            .map(value -> String.format(Locale.ROOT, "%,.2f", Double.parseDouble(value)))
            .collect(Collectors.joining(";"));
    List<String> cells = new ArrayList<>(List.of(times.split(";")));
    cells.add(String.format(Locale.ROOT, "%,d", Long.parseLong(line[last])));
    return cells;
  }
}
