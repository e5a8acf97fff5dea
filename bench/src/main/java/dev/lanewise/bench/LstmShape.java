package dev.lanewise.bench;

import java.util.Arrays;
import java.util.List;

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

  static LstmShape named(String name) {
    return ALL.stream()
        .filter(shape -> shape.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No shape "
                        + name
                        + "; there are "
                        + Arrays.toString(ALL.stream().map(LstmShape::name).toArray())));
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
