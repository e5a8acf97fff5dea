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

  static final String USAGE =
      """
      bench/report [options]
        --rounds N        each runs every engine once on every shape (5)
        --shapes A,B      names of shapes, or deepbench (all but those)
        --threads 1,2     threads of the engines (1,2)
        --engines A,B     %s (all)
        --quick           short runs, warmed up all the same
        --start-up        alone: processes from main to the first answer and to a steady speed
        --report          measure nothing, write the report of the newest results
        --out FILE        results, appended (bench/target/peers.jsonl)
      An interrupted run goes on where it was when it is started again on the same commit."""
          .formatted(String.join(", ", Arrays.stream(Engine.values()).map(Engine::label).toList()));

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
