package dev.lanewise.bench;

import dev.lanewise.kernels.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says whether a kernel has lost speed: each tile of the product, the cells and whole forwards as
 * shares of the arithmetic peak measured in the same moment, beside the shares that are expected;
 * what a GRU takes of its LSTM's time; and the heap bytes that a call allocates.
 *
 * <p>A machine differs from the one that the marks are of, and is noisy: {@code --update} on the
 * machine at hand, then compare there. Exit code 0 when all is well, 1 when a row has lost a fifth,
 * a GRU takes more than 0.8 of its LSTM (0.88 at 256 bits), or a forward or a step allocates;
 * {@code --polluted}: 1 when a row is slower by more than a twentieth.
 */
public final class Guard {
  private static final double KEPT = 0.8;
  private static final double KEPT_POLLUTED = 0.95;

  /** How often a row is measured before it is called lost. */
  private static final int TRIES = 3;

  private static final String UPDATE = "--update";
  private static final String POLLUTED = "--polluted";
  private static final String CLEAN_CHILD = "--clean-child";
  private static final String POLLUTED_CHILD = "--polluted-child";

  private Guard() {}

  /**
   * Measures.
   *
   * @param args {@code --update} to write the marks, {@code --polluted} to compare fresh JVMs with
   *     ones whose profiles were spoiled first, or neither; and names of rows, parts of names too,
   *     none for all
   */
  public static void main(String[] args) {
    if (!Kernels.implementation().startsWith("vector")) {
      throw new IllegalStateException(
          "Guard: the kernels are " + Kernels.implementation() + "; it is for the vector ones");
    }
    String mode = args.length > 0 && args[0].startsWith("--") ? args[0] : "";
    List<String> names = List.of(args).subList(mode.isEmpty() ? 0 : 1, args.length);
    List<GuardRow> rows = GuardRow.all();
    rows.removeIf(row -> !names.isEmpty() && names.stream().noneMatch(row.name()::contains));
    switch (mode) {
      case "" -> exit(check(rows));
      case UPDATE -> update(rows, !names.isEmpty());
      case POLLUTED -> exit(comparePolluted(rows, names));
      case CLEAN_CHILD -> child(rows);
      case POLLUTED_CHILD -> {
        Pollution.spread();
        child(rows);
      }
      default ->
          throw new IllegalArgumentException(
              "Guard: " + mode + ", expected --update or --polluted");
    }
  }

  /** Says what was lost. */
  private static void exit(List<String> lost) {
    System.out.println(lost.isEmpty() ? "nothing lost" : "LOST:");
    lost.forEach(line -> System.out.println("  " + line));
    System.exit(lost.isEmpty() ? 0 : 1);
  }

  private static List<String> check(List<GuardRow> rows) {
    GuardMarks marks = GuardMarks.load();
    List<String> lost = new ArrayList<>();
    System.out.printf("kernels: %s%n", Kernels.implementation());
    System.out.printf(
        "%-24s %10s %9s %9s %7s %9s%n", "", "us", "share", "expected", "kept", "ns/cell");
    for (GuardRow row : rows) {
      double expected = marks.of(row.name());
      GuardMeasure best = GuardMeasure.of(row);
      for (int again = 1; again < TRIES && best.share() < KEPT * expected; again++) {
        GuardMeasure other = GuardMeasure.of(row);
        best = other.share() > best.share() ? other : best;
      }
      double kept = best.share() / expected;
      System.out.printf(
          "%-24s %10.2f %9.3f %9.3f %7.2f %9.2f%n",
          row.name(), best.nanos() / 1e3, best.share(), expected, kept, best.cellNanos());
      if (kept < KEPT) {
        lost.add(
            String.format(
                "%s: %.3f of the peak, expected %.3f: %.0f %% of it are left",
                row.name(), best.share(), expected, 100 * kept));
      } else if (Double.isNaN(kept)) {
        lost.add(row.name() + ": no mark. Guard --update writes one");
      }
    }
    lost.addAll(GruRatio.check(TRIES));
    lost.addAll(Allocation.check());
    return lost;
  }

  /** Writes what is measured now; the rows that were not chosen keep their marks. */
  private static void update(List<GuardRow> rows, boolean chosen) {
    Map<String, Double> marks = chosen ? GuardMarks.load().all() : new TreeMap<>();
    rows.forEach(row -> marks.put(row.name(), GuardMeasure.of(row).share()));
    System.out.println("wrote " + GuardMarks.write(marks));
  }

  /** For {@link #runChild} to read. */
  private static void child(List<GuardRow> rows) {
    for (GuardRow row : rows) {
      System.out.println(row.name() + "=" + GuardMeasure.of(row).share());
    }
  }

  private static List<String> comparePolluted(List<GuardRow> rows, List<String> names) {
    Map<String, Double> kept = kept(names);
    List<String> slower = slower(rows, kept);
    if (!slower.isEmpty()) {
      System.out.println("again: " + slower);
      kept.putAll(kept(slower));
    }
    System.out.printf("%-24s %s%n", "", "polluted / clean, speed");
    for (GuardRow row : rows) {
      System.out.printf("%-24s %7.3f%n", row.name(), kept.get(row.name()));
    }
    return slower(rows, kept).stream()
        .map(name -> String.format("%s: polluted at %.3f of its speed", name, kept.get(name)))
        .toList();
  }

  private static List<String> slower(List<GuardRow> rows, Map<String, Double> kept) {
    return rows.stream()
        .map(GuardRow::name)
        .filter(name -> !(kept.get(name) >= KEPT_POLLUTED))
        .toList();
  }

  /** What is left of each row's speed: medians of JVMs that take turns. */
  private static Map<String, Double> kept(List<String> names) {
    Map<String, double[]> clean = new LinkedHashMap<>();
    Map<String, double[]> polluted = new LinkedHashMap<>();
    for (int i = 0; i < TRIES; i++) {
      runChild(CLEAN_CHILD, names, i, clean);
      runChild(POLLUTED_CHILD, names, i, polluted);
    }
    Map<String, Double> kept = new LinkedHashMap<>();
    clean.forEach(
        (name, each) -> kept.put(name, Timing.median(polluted.get(name)) / Timing.median(each)));
    return kept;
  }

  private static void runChild(
      String mode, List<String> names, int at, Map<String, double[]> shares) {
    List<String> args = new ArrayList<>(List.of(mode));
    args.addAll(names);
    for (String line : ChildProcess.run(ChildProcess.java(List.of(), Guard.class, args))) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        double share = Double.parseDouble(line.substring(equals + 1));
        shares.computeIfAbsent(line.substring(0, equals), name -> new double[TRIES])[at] = share;
      }
    }
  }
}
