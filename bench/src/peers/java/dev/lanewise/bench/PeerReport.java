package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the engines beside each other in rounds, and writes what came out.
 *
 * <p>A round takes shape by shape, and on each shape one engine after the other, a JVM each: a
 * ratio compares neighbours in time. Every launch is a line in a file at once, and a run that was
 * interrupted goes on after the last of them.
 */
public final class PeerReport {

  static final Path DOCUMENT = Path.of("docs/performance.md");
  static final Path PAGE = Path.of("docs/performance.html");

  private PeerReport() {}

  /**
   * Measures and reports.
   *
   * @param args the options; bench/report --help lists them
   * @throws IOException when the report cannot be written
   */
  public static void main(String[] args) throws IOException {
    ReportOptions options;
    try {
      options = ReportOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; bench/report --help lists the options");
      System.exit(2);
      return;
    }
    Launches launches = new Launches(options.out());
    Machine machine = Machine.here();
    String commit = machine.commit();
    String settings = options.settings();
    if (options.reportOnly()) {
      Launch newest = launches.newest();
      if (newest == null) {
        System.err.println("No results in " + options.out() + ": run without --report first");
        System.exit(2);
        return;
      }
      commit = newest.commit();
      settings = newest.settings();
    } else {
      measure(options, machine, launches);
    }
    Comparison comparison = new Comparison(launches, commit, settings);
    String table = new MarkdownReport(comparison, machine).text();
    System.out.println(table);
    DocumentSection.PEERS.replace(DOCUMENT, table);
    HtmlReport.write(DOCUMENT, PAGE);
    System.out.println("Written to " + DOCUMENT + " and " + PAGE);
  }

  private static void measure(ReportOptions options, Machine machine, Launches launches) {
    for (int threads : options.threads()) {
      if (launches.bandwidth(machine.commit(), threads).isEmpty()) {
        launches.add(machine.commit(), threads, Bandwidth.measured(threads));
      }
      System.out.printf(
          "bandwidth of %d threads, GB/s: %s%n",
          threads, launches.bandwidth(machine.commit(), threads));
    }
    Path logs = options.out().toAbsolutePath().resolveSibling("peer-logs");
    PeerLaunch launch = new PeerLaunch(logs, machine, options.quick());
    for (int round = 1; round <= options.rounds(); round++) {
      for (Workload shape : options.shapes()) {
        for (int threads : options.threads()) {
          for (Engine engine : options.engines()) {
            if (engine.runs(shape)
                && !isDone(
                    launches.of(machine.commit(), options.settings()),
                    round,
                    shape,
                    engine,
                    threads)) {
              Launch done = launch.run(round, shape, engine, threads);
              launches.add(done);
              print(done);
            }
          }
        }
      }
    }
  }

  private static boolean isDone(
      List<Launch> launches, int round, Workload shape, Engine engine, int threads) {
    return launches.stream()
        .anyMatch(
            launch ->
                launch.round() == round
                    && launch.shape().equals(shape.name())
                    && launch.engine().equals(engine.label())
                    && launch.threads() == threads);
  }

  private static void print(Launch launch) {
    System.out.printf(
        "round %d  %-12s %d  %-12s %s%n",
        launch.round(),
        launch.shape(),
        launch.threads(),
        launch.engine(),
        launch.failed()
            ? "FAILED: " + launch.failure()
            : "%.2f us, peak %.0f GFLOP/s".formatted(launch.micros(), launch.peak()));
  }
}
