package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The launches of one commit, put side by side by shape and number of threads. */
final class Comparison {

  /**
   * One shape on so many threads. Times in microseconds, medians over the launches; NaN where
   * nothing was measured.
   *
   * @param shape what was run
   * @param threads of each engine
   * @param micros by engine
   * @param best the fastest peer, where there is one
   * @param ratio of its time to Lanewise's: the median over the rounds
   * @param gflops Lanewise's
   * @param share of the peak of all threads, Lanewise's
   * @param spread Lanewise's slowest launch over its median
   * @param p50 of single steps
   * @param p99 of single steps
   * @param bytes that Lanewise allocated a call
   * @param floor that no version is much below
   * @param ofLstm of a GRU, Lanewise's: its time over the LSTM's of the same sizes, the median over
   *     the rounds
   * @param launches of Lanewise
   */
  record Row(
      Workload shape,
      int threads,
      Map<Engine, Double> micros,
      Optional<Engine> best,
      double ratio,
      double gflops,
      double share,
      double spread,
      double p50,
      double p99,
      double bytes,
      double floor,
      double ofLstm,
      int launches) {}

  private final Launches all;
  private final List<Launch> launches;
  private final String commit;

  Comparison(Launches all, String commit, String settings) {
    this.all = all;
    this.launches = all.of(commit, settings);
    this.commit = commit;
  }

  String commit() {
    return commit;
  }

  /** Says which machine it was. */
  Launch newest() {
    return launches.getLast();
  }

  Map<Bandwidth.Level, Double> bandwidth(int threads) {
    return all.bandwidth(commit, threads);
  }

  /** Numbers of threads that there are results for. */
  int[] threads() {
    return launches.stream().mapToInt(Launch::threads).distinct().sorted().toArray();
  }

  /** The engines that there are results for, Lanewise first. */
  List<Engine> engines() {
    return Arrays.stream(Engine.values())
        .filter(engine -> launches.stream().anyMatch(l -> l.engine().equals(engine.label())))
        .toList();
  }

  /** What was not timed, and why; each reason once. */
  List<String> failures() {
    return launches.stream()
        .filter(Launch::failed)
        .map(l -> l.engine() + " on " + l.shape() + ", threads " + l.threads() + ": " + l.failure())
        .distinct()
        .toList();
  }

  List<Row> rows(int threads) {
    Map<String, List<Launch>> byShape = new LinkedHashMap<>();
    for (Launch launch : launches) {
      if (launch.threads() == threads) {
        byShape.computeIfAbsent(launch.shape(), name -> new ArrayList<>()).add(launch);
      }
    }
    List<Row> rows = new ArrayList<>();
    byShape.forEach(
        (name, ofShape) -> {
          List<Launch> lstm = byShape.getOrDefault(LayerShape.lstmName(name), List.of());
          Workload shape = Workload.named(name).getFirst();
          rows.add(row(shape, threads, ofShape, shape.cell() == Cell.GRU ? lstm : List.of()));
        });
    return rows;
  }

  private Row row(Workload shape, int threads, List<Launch> ofShape, List<Launch> lstm) {
    Map<Engine, Double> micros = new LinkedHashMap<>();
    for (Engine engine : engines()) {
      micros.put(engine, median(of(ofShape, engine), Launch::micros));
    }
    Optional<Engine> best =
        micros.entrySet().stream()
            .filter(e -> e.getKey().isPeer() && e.getValue() > 0)
            .min(Comparator.comparingDouble(Map.Entry::getValue))
            .map(Map.Entry::getKey);
    List<Launch> ours = of(ofShape, Engine.LANEWISE);
    double own = micros.getOrDefault(Engine.LANEWISE, Double.NaN);
    double peak = threads * median(of(ofShape, null), Launch::peak);
    double gflops = shape.flops() / own / 1e3;
    return new Row(
        shape,
        threads,
        micros,
        best,
        best.map(peer -> ratio(of(ofShape, peer), ours)).orElse(Double.NaN),
        gflops,
        gflops / peak,
        ours.stream().mapToDouble(Launch::micros).max().orElse(Double.NaN) / own,
        median(ours, Launch::p50),
        median(ours, Launch::p99),
        median(ours, Launch::bytes),
        shape.floor(peak, threads, bandwidth(threads)),
        ratio(ours, of(lstm, Engine.LANEWISE)),
        ours.size());
  }

  /** Round by round, as neighbours in time. */
  private static double ratio(List<Launch> launches, List<Launch> others) {
    return Statistics.median(
        launches.stream()
            .flatMapToDouble(
                l ->
                    others.stream()
                        .filter(o -> o.round() == l.round())
                        .mapToDouble(o -> l.micros() / o.micros()))
            .toArray());
  }

  /** An engine's launches that were timed; null for all. */
  private static List<Launch> of(List<Launch> launches, Engine engine) {
    return launches.stream()
        .filter(l -> !l.failed() && (engine == null || l.engine().equals(engine.label())))
        .toList();
  }

  private static double median(List<Launch> launches, ToDoubleFunction<Launch> figure) {
    return Statistics.median(
        launches.stream().mapToDouble(figure).filter(Double::isFinite).toArray());
  }
}
