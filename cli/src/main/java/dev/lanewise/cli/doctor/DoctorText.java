package dev.lanewise.cli.doctor;

import dev.lanewise.cli.bench.Bench;
import dev.lanewise.cli.bench.BenchRow;
import dev.lanewise.cli.bench.BenchTable;
import dev.lanewise.cli.bench.ThisMachine;
import dev.lanewise.kernels.KernelChoice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was found, as text for people. */
public final class DoctorText {
  private static final int LABEL = 16;
  private static final long KILO = 1 << 10;
  private static final long MEGA = 1 << 20;

  /** Less is what a quiet machine loses too. */
  private static final double LOST = 0.05;

  private final Facts facts;
  private final StringBuilder text = new StringBuilder();

  private DoctorText(Facts facts) {
    this.facts = facts;
  }

  /**
   * The whole report.
   *
   * @param measured nothing where nothing was measured
   */
  public static String of(Facts facts, List<Finding> findings, Optional<Measurement> measured) {
    DoctorText text = new DoctorText(facts);
    text.kernels();
    text.jvm();
    text.machine();
    measured.ifPresent(text::measurement);
    text.findings(findings);
    return text.text.toString().stripTrailing();
  }

  private void line(String label, String value) {
    text.append(label).append(" ".repeat(LABEL - label.length())).append(value).append('\n');
  }

  private void kernels() {
    KernelChoice choice = facts.choice();
    line(
        "Kernels",
        choice.refusal().isPresent()
            ? "none"
            : facts.implementation() + (choice.forced() ? ", as a property says" : ""));
    line("Vector module", facts.jvm().vectorModule() ? "there" : "missing");
    line("Native access", nativeAccess());
    line("Vector width", width());
    line("Multiply-add", facts.jvm().fma() ? "one instruction" : "no instruction");
  }

  private String nativeAccess() {
    return switch (facts.jvm().nativeAccess()) {
      case GIVEN -> "given";
      case WITH_A_WARNING -> "allowed; the JVM warns of it";
      case DENIED -> "denied";
    };
  }

  private String width() {
    return "kernels "
        + bits(facts.kernelBits(), "none")
        + ", JVM "
        + bits(facts.jvm().vectorBits(), "unknown")
        + ", processor "
        + bits(facts.machine().vectorBits(), "unknown");
  }

  private static String bits(int bits, String none) {
    return bits == 0 ? none : bits + " bits";
  }

  private void jvm() {
    JvmFacts jvm = facts.jvm();
    line("JVM", jvm.name() + ", " + jvm.vendor());
    line("JDK", jvm.version() + (Diagnosis.isOld(jvm) ? ", older than 25.0.3" : ""));
    line("Compilers", jvm.compilers());
    line("Collector", jvm.collector());
    line("Flags", jvm.flags().isEmpty() ? "none" : String.join(" ", jvm.flags()));
  }

  private void machine() {
    MachineFacts machine = facts.machine();
    line("System", machine.system());
    line(
        "Processors",
        ThisMachine.counted(machine.processors(), "processor") + ", " + machine.cpu());
    line(
        "Container",
        machine
            .quota()
            .map(quota -> String.format(Locale.ROOT, "%.2f processors", quota.processors()))
            .orElse("no limit of processors"));
    line(
        "Memory",
        bytes(machine.memoryBytes())
            + ", of which the heap takes up to "
            + bytes(facts.jvm().heapBytes()));
    line(
        "Caches",
        machine.caches().isEmpty()
            ? "unknown"
            : machine.caches().stream()
                .map(cache -> "L" + cache.level() + " " + bytes(cache.bytes()))
                .collect(Collectors.joining(", ")));
  }

  private static String bytes(long bytes) {
    return bytes < MEGA
        ? bytes / KILO + " KB"
        : String.format(
            Locale.ROOT, bytes < 10 * MEGA ? "%.1f MB" : "%.0f MB", (double) bytes / MEGA);
  }

  private void measurement(Measurement measured) {
    text.append("\nMeasured on one thread\n");
    measured
        .multiplyAdds()
        .ifPresent(rate -> line("multiply-adds", number(rate, "GFLOP/s") + "  of a plain loop"));
    Bench.Result layers = measured.layers();
    line(
        "product",
        number(layers.arithmetic(), "GFLOP/s")
            + measured.productShare().stream()
                .mapToObj(share -> String.format(Locale.ROOT, "  %.2f of that", share))
                .collect(Collectors.joining()));
    if (!measured.reading().isEmpty()) {
      line(
          "reading",
          measured.reading().stream()
              .map(each -> String.format(Locale.ROOT, "L%d %.0f", each.level(), each.gigabytes()))
              .collect(Collectors.joining(", ", "  ", " GB/s")));
    }
    layers.rows().forEach(this::row);
    if (!layers.unsettled().isEmpty()) {
      text.append("Still being compiled, so too low: ")
          .append(String.join(", ", layers.unsettled()))
          .append(".\n");
    }
    if (layers.lost() >= LOST) {
      text.append(
          String.format(
              Locale.ROOT,
              "Other processes had the processor in %.0f %% of the time: these are too low.\n",
              100 * layers.lost()));
    }
  }

  private void row(BenchRow row) {
    String floor = row.bound() == BenchRow.Bound.WEIGHTS ? "reading" : "the product";
    line(
        row.shape().cell() + " " + row.shape().work(),
        number(row.rate(), "GFLOP/s")
            + String.format(Locale.ROOT, "  %.2f of %s, ", row.share(), floor)
            + BenchTable.time(row.nanos()));
  }

  private static String number(double value, String unit) {
    return String.format(Locale.ROOT, "%7.1f %s", value, unit);
  }

  private void findings(List<Finding> findings) {
    text.append('\n');
    if (findings.isEmpty()) {
      text.append("Nothing is wrong.\n");
    }
    int number = 0;
    for (Finding finding : findings) {
      number++;
      text.append(number).append(". ").append(finding.what()).append('\n');
      text.append("   costs:  ").append(finding.cost()).append('\n');
      text.append("   change: ").append(finding.wayOut()).append('\n');
    }
  }
}
