package dev.lanewise.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was measured, as text for people. */
public final class BenchTable {
  private static final List<String> HEADINGS =
      List.of(
          "shape",
          "layer",
          "work",
          "batch",
          "timesteps",
          "features",
          "units",
          "time",
          "GFLOP/s",
          "share",
          "floor of");

  /** Columns of words, which begin where their headings do. */
  private static final List<Integer> WORDS = List.of(0, 1, 2, 10);

  /** Less is what a quiet machine loses too. */
  private static final double LOST = 0.05;

  private BenchTable() {}

  /** The table, and below it what it was measured on and what its columns are. */
  public static String of(Bench.Result result, ThisMachine machine) {
    return aligned(result.rows()) + "\n\n" + footer(result, machine);
  }

  private static String aligned(List<BenchRow> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADINGS);
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths =
        IntStream.range(0, HEADINGS.size())
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElseThrow())
            .toArray();
    return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String room = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(WORDS.contains(i) ? cells.get(i) + room : room + cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  private static List<String> cells(BenchRow row) {
    BenchShape shape = row.shape();
    return List.of(
        shape.name(),
        shape.cell().toString(),
        shape.work().toString(),
        Integer.toString(shape.batch()),
        Integer.toString(shape.timesteps()),
        Integer.toString(shape.features()),
        Integer.toString(shape.units()),
        time(row.nanos()),
        String.format(Locale.ROOT, "%.1f", row.rate()),
        String.format(Locale.ROOT, "%.2f", row.share()),
        row.bound().name().toLowerCase(Locale.ROOT));
  }

  /** In ns, us or ms, with four digits or more. */
  public static String time(double nanos) {
    double value = nanos < 1e3 ? nanos : nanos < 1e6 ? nanos / 1e3 : nanos / 1e6;
    String unit = nanos < 1e3 ? " ns" : nanos < 1e6 ? " us" : " ms";
    String format = value < 10 ? "%.3f" : value < 100 ? "%.2f" : "%.1f";
    return String.format(Locale.ROOT, format, value) + unit;
  }

  private static String footer(Bench.Result result, ThisMachine machine) {
    double slowest = result.rows().stream().mapToDouble(BenchRow::reading).min().orElseThrow();
    double fastest = result.rows().stream().mapToDouble(BenchRow::reading).max().orElseThrow();
    return String.format(
            Locale.ROOT,
            """
            Kernels: %s, on %s. JDK %s. %s, %s.
            time: median of %s in which the rows took turns, after a warm-up. train: of one step of fit.
            share: the floor over the time. The floor is the longer of two times: that of the products at %.1f GFLOP/s, and
            that of reading the weights at %.1f to %.1f GB/s, those of the state again in each timestep.
            The kernels reach these rates in the same run, on as many threads: in a product that the caches hold, and in
            sums over as many bytes. The cells (sigmoid, tanh, states) are in the time and not in the floor.""",
            machine.kernels(),
            ThisMachine.counted(machine.threads(), "thread"),
            machine.jdk(),
            machine.cpu(),
            ThisMachine.counted(machine.processors(), "processor"),
            ThisMachine.counted(result.rounds(), "round"),
            result.arithmetic(),
            slowest,
            fastest)
        + doubts(result);
  }

  /** What makes the numbers worse than they are. */
  private static String doubts(Bench.Result result) {
    StringBuilder text = new StringBuilder();
    if (result.lost() >= LOST) {
      text.append(
          String.format(
              Locale.ROOT,
              "\nOther processes had the processors in %.0f %% of the time: times are too long, shares wrong. Run it again without them.",
              100 * result.lost()));
    }
    if (!result.unsettled().isEmpty()) {
      text.append("\nNot settled after the warm-up: ")
          .append(String.join(", ", result.unsettled()))
          .append(". Their times may be too long.");
    }
    return text.toString();
  }
}
