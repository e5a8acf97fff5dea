package dev.lanewise.bench;

import java.util.Locale;
import java.util.Map;

/** The comparison as tables in Markdown. */
final class MarkdownReport {

  private final Comparison comparison;
  private final Machine machine;
  private final StringBuilder out = new StringBuilder();

  MarkdownReport(Comparison comparison, Machine machine) {
    this.comparison = comparison;
    this.machine = machine;
  }

  String text() {
    out.setLength(0);
    line(
        "%s, JDK %s, commit %s: `%s`.",
        comparison.newest().cpu(),
        comparison.newest().jdk(),
        comparison.commit(),
        machine.command());
    for (int threads : comparison.threads()) {
      table(threads);
    }
    if (!comparison.failures().isEmpty()) {
      line("");
      line("Not timed:");
      line("");
      comparison.failures().forEach(failure -> line("- %s", failure));
    }
    return out.toString();
  }

  private void table(int threads) {
    line("");
    line(
        "%s, microseconds. Reading from %s GB/s.",
        threads == 1 ? "One thread" : threads + " threads", bandwidth(threads));
    line("");
    StringBuilder head = new StringBuilder("| shape |");
    comparison.engines().forEach(engine -> head.append(' ').append(engine.label()).append(" |"));
    line(
        "%s best peer / lanewise | GFLOP/s | share of the peak | worst launch / median | p50 | p99 | B/op | floor | of the LSTM | launches |",
        head);
    line("%s", "|---".repeat(11 + comparison.engines().size()) + "|");
    for (Comparison.Row row : comparison.rows(threads)) {
      StringBuilder cells = new StringBuilder("| " + row.shape().name() + " |");
      for (Engine engine : comparison.engines()) {
        cells.append(' ').append(number(row.micros().get(engine), 2)).append(" |");
      }
      line(
          "%s %s | %s | %s | %s | %s | %s | %s | %s | %s | %d |",
          cells,
          row.best().map(best -> number(row.ratio(), 2) + " (" + best.label() + ")").orElse("-"),
          number(row.gflops(), 1),
          number(row.share(), 3),
          number(row.spread(), 2),
          number(row.p50(), 2),
          number(row.p99(), 2),
          number(row.bytes(), 0),
          number(row.floor(), 2),
          number(row.ofLstm(), 2),
          row.launches());
    }
  }

  private String bandwidth(int threads) {
    Map<Bandwidth.Level, Double> rates = comparison.bandwidth(threads);
    StringBuilder text = new StringBuilder();
    rates.forEach(
        (level, rate) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(level)
                .append(' ')
                .append(number(rate, 0)));
    return text.toString();
  }

  static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : "-";
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
