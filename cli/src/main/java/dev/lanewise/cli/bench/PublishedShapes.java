package dev.lanewise.cli.bench;

import java.util.List;
import java.util.Optional;

/**
 * Shapes of published workloads, under the names that the project's benchmarks have for them: steps
 * of a stream, tutorials (seed), mnist by rows, DeepBench (ds), a long series. Each is an LSTM's; a
 * GRU's has {@code -gru} behind its name.
 */
public final class PublishedShapes {
  /** What a GRU's name has behind its LSTM's. */
  public static final String GRU = "-gru";

  private static final List<BenchShape> ALL =
      List.of(
          lstm("step-h64", Work.STEP, 1, 1, 32, 64),
          lstm("step-h256", Work.STEP, 1, 1, 64, 256),
          lstm("step-h1024", Work.STEP, 1, 1, 1024, 1024),
          lstm("seed-tiny", Work.PREDICT, 3, 20, 2, 64),
          lstm("seed-torch", Work.PREDICT, 32, 10, 128, 64),
          lstm("seq1-h128", Work.PREDICT, 1, 100, 64, 128),
          lstm("mnist", Work.PREDICT, 128, 28, 28, 128),
          lstm("mid", Work.PREDICT, 64, 50, 128, 256),
          lstm("ds-512-b32", Work.PREDICT, 32, 25, 512, 512),
          lstm("ds-1024-b1", Work.PREDICT, 1, 25, 1024, 1024),
          lstm("ds-1024-b64", Work.PREDICT, 64, 25, 1024, 1024),
          lstm("long", Work.PREDICT, 16, 500, 16, 64),
          lstm("train-sine", Work.TRAIN, 32, 10, 1, 50),
          lstm("train-mnist", Work.TRAIN, 128, 28, 28, 128),
          lstm("train-text", Work.TRAIN, 32, 50, 100, 100),
          lstm("train-512", Work.TRAIN, 64, 25, 512, 512));

  /** None of 1,024 units: their random weights alone take seconds to make. */
  private static final List<String> USUAL =
      List.of(
          "step-h64",
          "step-h256",
          "step-h256-gru",
          "seq1-h128",
          "mnist",
          "mnist-gru",
          "mid",
          "long",
          "train-sine",
          "train-mnist");

  private PublishedShapes() {}

  private static BenchShape lstm(
      String name, Work work, int batch, int timesteps, int features, int units) {
    return new BenchShape(name, work, Cell.LSTM, batch, timesteps, features, units);
  }

  /** Those of an LSTM, in the order in which they are listed. */
  public static List<BenchShape> all() {
    return ALL;
  }

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(BenchShape::name).toList();
  }

  /** What is timed where no shape is asked for: each kind of work, in some 20 seconds. */
  public static List<BenchShape> usual() {
    return USUAL.stream().map(name -> named(name).orElseThrow()).toList();
  }

  /** The shape of a name, with or without {@code -gru} behind it. */
  public static Optional<BenchShape> named(String name) {
    boolean gru = name.endsWith(GRU);
    String lstm = gru ? name.substring(0, name.length() - GRU.length()) : name;
    return ALL.stream()
        .filter(shape -> shape.name().equals(lstm))
        .map(shape -> gru ? gru(shape) : shape)
        .findFirst();
  }

  /** The same of a GRU, and the name of that. */
  private static BenchShape gru(BenchShape shape) {
    return new BenchShape(
        shape.name() + GRU,
        shape.work(),
        Cell.GRU,
        shape.batch(),
        shape.timesteps(),
        shape.features(),
        shape.units());
  }

  /** The shapes that are timed where only a layer is asked for: the usual ones, each once. */
  public static List<BenchShape> usual(Cell cell) {
    return usual().stream()
        .filter(shape -> shape.cell() == Cell.LSTM)
        .map(shape -> cell == Cell.GRU ? gru(shape) : shape)
        .toList();
  }
}
