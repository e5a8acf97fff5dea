package dev.lanewise.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the report is asked for.
 *
 * @param rounds each runs every engine once on every shape
 * @param shapes in this order
 * @param threads numbers of threads
 * @param engines in this order, one after the other on each shape
 * @param quick short runs, warmed up all the same
 * @param reportOnly measure nothing: write the report of the newest results
 * @param out file that results are appended to
 */
record ReportOptions(
    int rounds,
    List<Workload> shapes,
    List<Integer> threads,
    List<Engine> engines,
    boolean quick,
    boolean reportOnly,
    Path out) {

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with what is wrong, if it can't be read
   */
  static ReportOptions parse(String... args) {
    int rounds = 5;
    List<Workload> shapes = Workload.usual();
    List<Integer> threads = List.of(1, 2);
    List<Engine> engines = List.of(Engine.values());
    boolean quick = false;
    boolean reportOnly = false;
    Path out = Path.of("bench/target/peers.jsonl");
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      switch (option) {
        case "--quick" -> quick = true;
        case "--report" -> reportOnly = true;
        case "--rounds" -> rounds = Integer.parseInt(value(args, ++i));
        case "--threads" -> threads = list(value(args, ++i)).map(Integer::valueOf).toList();
        case "--engines" -> engines = list(value(args, ++i)).map(Engine::named).toList();
        case "--out" -> out = Path.of(value(args, ++i));
        case "--shapes" ->
            shapes = list(value(args, ++i)).flatMap(name -> Workload.named(name).stream()).toList();
        default -> throw new IllegalArgumentException("Unknown option " + option);
      }
    }
    return new ReportOptions(rounds, shapes, threads, engines, quick, reportOnly, out);
  }

  private static String value(String[] args, int i) {
    if (i == args.length) {
      throw new IllegalArgumentException(args[i - 1] + " needs a value");
    }
    return args[i];
  }

  private static Stream<String> list(String value) {
    return Arrays.stream(value.split(","));
  }

  String settings() {
    return quick ? "quick" : "full";
  }
}
