package dev.lanewise.cli.bench;

import dev.lanewise.cli.bench.BenchRow.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times shapes: each until it has settled, then all in rounds, in which they take turns with one
 * another and with the ceilings. So what else the machine does, and its clock, meet all alike.
 */
public final class Bench {
  private static final int LEAST_ROUNDS = 3;
  private static final int WINDOWS_AGAIN = 2;

  /** How much time it takes itself. */
  public enum Pace {
    /** For a table to keep. */
    USUAL(5, 9, 4_000_000_000L),
    /** For a look. */
    QUICK(3, 3, 0);

    /** In a row that bring nothing: the warm-up is over. */
    private final int windows;

    private final int mostRounds;

    /** Another round only where so many have not passed. */
    private final long roundsNanos;

    Pace(int windows, int mostRounds, long roundsNanos) {
      this.windows = windows;
      this.mostRounds = mostRounds;
      this.roundsNanos = roundsNanos;
    }
  }

  /** Is told how far it is. */
  public interface Listener {
    /**
     * Called before each part.
     *
     * @param done parts done
     * @param of parts in all
     * @param what comes now
     */
    void at(int done, int of, String what);
  }

  /**
   * What came out.
   *
   * @param rows in the order of the shapes
   * @param rounds that there was time for
   * @param arithmetic gigaflops a second, the ceiling of all threads: median of the rounds
   * @param lost the part of the time in which others had the processors
   * @param unsettled names of the rows whose time still fell when their warm-up was ended
   */
  public record Result(
      List<BenchRow> rows, int rounds, double arithmetic, double lost, List<String> unsettled) {}

  private static final class Row {
    private final BenchShape shape;
    private final Subject subject;
    private final Timed timed;
    private final double[] nanos;
    private double reading;

    Row(BenchShape shape, int threads, int mostRounds) {
      this.nanos = new double[mostRounds];
      this.shape = shape;
      this.subject = Subject.of(shape, threads);
      this.timed = new Timed(subject.call());
    }

    void measure(int round, Ceiling ceiling) {
      // A ceiling: what disturbs it only lowers it.
      reading = Math.max(reading, ceiling.reading(shape.heldBytes()));
      nanos[round] = timed.sample() / subject.works();
      check();
    }

    /** Reads all that was computed: so none of it is dead code. */
    private void check() {
      for (float value : subject.result().get()) {
        if (!Float.isFinite(value)) {
          throw new IllegalStateException(
              "bench: " + shape.name() + ": expected finite numbers, got " + value);
        }
      }
    }

    BenchRow row(double[] arithmetic) {
      int rounds = arithmetic.length;
      double[] shares = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        shares[i] = Math.max(products(arithmetic[i]), weights()) / nanos[i];
      }
      Bound bound = weights() > products(median(arithmetic)) ? Bound.WEIGHTS : Bound.PRODUCTS;
      double median = median(Arrays.copyOf(nanos, rounds));
      return new BenchRow(shape, median, median(shares), bound, reading);
    }

    private double products(double rate) {
      return shape.flops() / rate;
    }

    private double weights() {
      return shape.readBytes() / reading;
    }
  }

  private Bench() {}

  /**
   * Measures.
   *
   * @param shapes one at least
   * @param threads that a call may use; the ceilings are those of as many
   * @throws IllegalStateException where a layer computes what is not finite
   */
  public static Result run(List<BenchShape> shapes, int threads, Pace pace, Listener listener) {
    int parts = shapes.size() + 1 + pace.mostRounds;
    long most = shapes.stream().mapToLong(BenchShape::heldBytes).max().orElseThrow();
    listener.at(0, parts, "warming up");
    try (Ceiling ceiling = new Ceiling(threads, most)) {
      ceiling.settle();
      List<Row> rows = new ArrayList<>();
      for (BenchShape shape : shapes) {
        listener.at(1 + rows.size(), parts, "warming up " + shape.name());
        Row row = new Row(shape, threads, pace.mostRounds);
        row.timed.settle(pace.windows);
        rows.add(row);
      }
      // What the later ones called may have taken compiled code from the earlier ones.
      List<String> unsettled =
          rows.stream()
              .filter(row -> !row.timed.settle(WINDOWS_AGAIN))
              .map(row -> row.shape.name())
              .toList();
      double[] arithmetic = rounds(rows, ceiling, pace, listener);
      return new Result(
          rows.stream().map(row -> row.row(arithmetic)).toList(),
          arithmetic.length,
          median(arithmetic),
          ceiling.lost(),
          unsettled);
    }
  }

  /**
   * The ceiling of each round. It is measured before each row, for the clock drifts, and the best
   * of a round counts: what disturbs it only lowers it.
   */
  private static double[] rounds(List<Row> rows, Ceiling ceiling, Pace pace, Listener listener) {
    double[] best = new double[pace.mostRounds];
    long begin = System.nanoTime();
    int round = 0;
    while (round < LEAST_ROUNDS
        || (round < pace.mostRounds && System.nanoTime() - begin < pace.roundsNanos)) {
      int done = 1 + rows.size() + round;
      listener.at(done, 1 + rows.size() + pace.mostRounds, "round " + (round + 1));
      for (Row row : rows) {
        best[round] = Math.max(best[round], ceiling.arithmetic());
        row.measure(round, ceiling);
      }
      round++;
    }
    return Arrays.copyOf(best, round);
  }

  /** The upper one of two. */
  private static double median(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
