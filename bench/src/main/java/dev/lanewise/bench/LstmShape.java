package dev.lanewise.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * The inference shapes that the benchmarks run, from published workloads: a step that carries its
 * state, sequences of small tutorials (seed), mnist by rows, DeepBench (ds), a long series.
 *
 * @param name as the results print it
 * @param batch sequences
 * @param timesteps length of a sequence
 * @param features of a timestep
 * @param units of the layer
 */
record LstmShape(String name, int batch, int timesteps, int features, int units) {

  private static final List<LstmShape> DEEP_BENCH =
      List.of(
          new LstmShape("db-512-b1", 1, 25, 512, 512),
          new LstmShape("db-512-b16", 16, 25, 512, 512),
          new LstmShape("db-1024-b2", 2, 25, 1024, 1024),
          new LstmShape("db-1024-b16", 16, 25, 1024, 1024),
          new LstmShape("db-2048-b1", 1, 25, 2048, 2048),
          new LstmShape("db-2048-b4", 4, 25, 2048, 2048),
          new LstmShape("db-2048-b16", 16, 25, 2048, 2048),
          new LstmShape("db-1536-b8", 8, 50, 1536, 1536),
          new LstmShape("db-256-b16", 16, 150, 256, 256),
          new LstmShape("gnmt-b1", 1, 30, 1024, 1024),
          new LstmShape("gnmt-b32", 32, 30, 1024, 1024));

  private static final List<LstmShape> ALL =
      List.of(
          new LstmShape("step-h64", 1, 1, 32, 64),
          new LstmShape("step-h256", 1, 1, 64, 256),
          new LstmShape("step-h1024", 1, 1, 1024, 1024),
          new LstmShape("seed-tiny", 3, 20, 2, 64),
          new LstmShape("seed-torch", 32, 10, 128, 64),
          new LstmShape("seq1-h128", 1, 100, 64, 128),
          new LstmShape("mnist", 128, 28, 28, 128),
          new LstmShape("mid", 64, 50, 128, 256),
          new LstmShape("ds-512-b32", 32, 25, 512, 512),
          new LstmShape("ds-1024-b1", 1, 25, 1024, 1024),
          new LstmShape("ds-1024-b64", 64, 25, 1024, 1024),
          new LstmShape("long", 16, 500, 16, 64));

  static List<LstmShape> all() {
    return ALL;
  }

  /** More of DeepBench, and a layer of GNMT: only where they are asked for. */
  static List<LstmShape> deepBench() {
    return DEEP_BENCH;
  }

  static LstmShape named(String name) {
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
                            .map(LstmShape::name)
                            .toList()));
  }

  /** Whether it is one step of a stream rather than a whole sequence. */
  boolean isStep() {
    return name.startsWith("step");
  }

  /** Floating-point operations of the matrix products, which are all but a few of them. */
  double flops() {
    return 8.0 * batch * timesteps * units * (features + units);
  }
}
