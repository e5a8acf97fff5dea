package dev.lanewise.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shape of either kind, as the report sees it.
 *
 * @param name of the shape
 * @param benchmark class that times it
 * @param cell of the layer
 * @param narrow whether narrow weights are measured on it too
 * @param flops of the products of a call
 * @param weightBytes that a call reads at least: the kernel once, the recurrent kernel in each
 *     timestep, both again in a backward
 * @param heldBytes of the weights, which decide the level of memory that they are read from
 */
record Workload(
    String name,
    Class<?> benchmark,
    Cell cell,
    boolean narrow,
    double flops,
    double weightBytes,
    double heldBytes) {

  static Workload of(LayerShape shape) {
    double column = (double) Float.BYTES * shape.cell().gates() * shape.units();
    double kernel = column * shape.features();
    double recurrent = column * shape.units();
    return new Workload(
        shape.name(),
        shape.isStep() ? PeerStepBenchmark.class : PeerForwardBenchmark.class,
        shape.cell(),
        shape.hasNarrow(),
        shape.flops(),
        kernel + shape.timesteps() * recurrent,
        kernel + recurrent);
  }

  static Workload of(TrainShape shape) {
    double kernel = 16.0 * shape.features() * shape.units();
    double recurrent = 16.0 * shape.units() * shape.units();
    return new Workload(
        shape.name(),
        PeerTrainingBenchmark.class,
        Cell.LSTM,
        false,
        shape.flops(),
        2 * (kernel + shape.timesteps() * recurrent),
        kernel + recurrent);
  }

  static List<Workload> usual() {
    return Stream.concat(
            LayerShape.all().stream().map(Workload::of),
            TrainShape.all().stream().map(Workload::of))
        .toList();
  }

  /** All that there are, or those of a group's name, or the one of this name. */
  static List<Workload> named(String name) {
    if (name.equals("deepbench")) {
      return LayerShape.deepBench().stream().map(Workload::of).toList();
    }
    if (name.equals("gru")) {
      return LayerShape.both().stream().map(Workload::of).toList();
    }
    return Stream.concat(usual().stream(), LayerShape.deepBench().stream().map(Workload::of))
        .filter(workload -> workload.name.equals(name))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No shape "
                        + name
                        + "; there are deepbench, gru and "
                        + usual().stream().map(Workload::name).toList()));
  }

  boolean isTraining() {
    return benchmark == PeerTrainingBenchmark.class;
  }

  /**
   * Microseconds that no float32 version is much below: its arithmetic at the peak, or its weights
   * at the bandwidth of the level that holds them.
   *
   * @param peak of all threads, GFLOP/s
   * @param bandwidth of all threads, GB/s; of no level where it was not measured
   */
  double floor(double peak, int threads, Map<Bandwidth.Level, Double> bandwidth) {
    double arithmetic = flops / peak / 1e3;
    return Optional.ofNullable(bandwidth.get(Bandwidth.Level.of(heldBytes / threads)))
        .map(rate -> Math.max(arithmetic, weightBytes / rate / 1e3))
        .orElse(arithmetic);
  }
}
