package dev.lanewise.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The inference shapes that the benchmarks run, from published workloads: a step that carries its
 * state, sequences of small tutorials (seed), mnist by rows, DeepBench (ds), a long series. They
 * are an LSTM's; a GRU runs some of them too.
 *
 * @param name as the results print it
 * @param cell of the layer
 * @param batch sequences
 * @param timesteps length of a sequence
 * @param features of a timestep
 * @param units of the layer
 */
record LayerShape(String name, Cell cell, int batch, int timesteps, int features, int units) {

  private static final String GRU = "-gru";

  private static final List<LayerShape> DEEP_BENCH =
      List.of(
          lstm("db-512-b1", 1, 25, 512, 512),
          lstm("db-512-b16", 16, 25, 512, 512),
          lstm("db-1024-b2", 2, 25, 1024, 1024),
          lstm("db-1024-b16", 16, 25, 1024, 1024),
          lstm("db-2048-b1", 1, 25, 2048, 2048),
          lstm("db-2048-b4", 4, 25, 2048, 2048),
          lstm("db-2048-b16", 16, 25, 2048, 2048),
          lstm("db-1536-b8", 8, 50, 1536, 1536),
          lstm("db-256-b16", 16, 150, 256, 256),
          lstm("gnmt-b1", 1, 30, 1024, 1024),
          lstm("gnmt-b32", 32, 30, 1024, 1024));

  private static final List<LayerShape> LSTM =
      List.of(
          lstm("step-h64", 1, 1, 32, 64),
          lstm("step-h256", 1, 1, 64, 256),
          lstm("step-h1024", 1, 1, 1024, 1024),
          lstm("seed-tiny", 3, 20, 2, 64),
          lstm("seed-torch", 32, 10, 128, 64),
          lstm("seq1-h128", 1, 100, 64, 128),
          lstm("mnist", 128, 28, 28, 128),
          lstm("mid", 64, 50, 128, 256),
          lstm("ds-512-b32", 32, 25, 512, 512),
          lstm("ds-1024-b1", 1, 25, 1024, 1024),
          lstm("ds-1024-b64", 64, 25, 1024, 1024),
          lstm("long", 16, 500, 16, 64));

  private static final Set<String> ALSO_GRU = Set.of("step-h256", "seq1-h128", "mnist", "mid");

  private static final List<LayerShape> ALL =
      LSTM.stream()
          .flatMap(s -> ALSO_GRU.contains(s.name) ? Stream.of(s, s.asGru()) : Stream.of(s))
          .toList();

  private static LayerShape lstm(String name, int batch, int timesteps, int features, int units) {
    return new LayerShape(name, Cell.LSTM, batch, timesteps, features, units);
  }

  /** The same sizes, of a GRU. */
  private LayerShape asGru() {
    return new LayerShape(name + GRU, Cell.GRU, batch, timesteps, features, units);
  }

  /** The name of the LSTM's shape of the same sizes: its own where it is one. */
  static String lstmName(String name) {
    return name.endsWith(GRU) ? name.substring(0, name.length() - GRU.length()) : name;
  }

  /** The same, of another batch. */
  LayerShape ofBatch(int sequences) {
    return new LayerShape(name, cell, sequences, timesteps, features, units);
  }

  static List<LayerShape> all() {
    return ALL;
  }

  /** More of DeepBench, and a layer of GNMT: only where they are asked for. */
  static List<LayerShape> deepBench() {
    return DEEP_BENCH;
  }

  /** Those that both run, a GRU's behind its LSTM's: neighbours in time. */
  static List<LayerShape> both() {
    return LSTM.stream()
        .filter(shape -> ALSO_GRU.contains(shape.name))
        .flatMap(shape -> Stream.of(shape, shape.asGru()))
        .toList();
  }

  static LayerShape named(String name) {
    return Stream.concat(ALL.stream(), DEEP_BENCH.stream())
        .filter(shape -> shape.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No shape "
                        + name
                        + "; there are "
                        + Stream.concat(ALL.stream(), DEEP_BENCH.stream())
                            .map(LayerShape::name)
                            .toList()));
  }

  /** Whether it is one step of a stream rather than a whole sequence. */
  boolean isStep() {
    return timesteps == 1;
  }

  /** Whether narrow weights are measured too: an LSTM's, at batch 1, where they are for. */
  boolean hasNarrow() {
    return cell == Cell.LSTM && batch == 1;
  }

  /** Floating-point operations of the matrix products, which are all but a few of them. */
  double flops() {
    return 2.0 * cell.gates() * batch * timesteps * units * (features + units);
  }
}
