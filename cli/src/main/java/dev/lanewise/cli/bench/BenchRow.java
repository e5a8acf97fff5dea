package dev.lanewise.cli.bench;

/**
 * A shape as measured.
 *
 * @param shape what was timed
 * @param nanos median of the rounds, of one time the shape's work
 * @param share of the ceiling: the floor over the time, median of the rounds
 * @param bound what the floor is of
 * @param reading gigabytes a second at which its weights can be read
 */
public record BenchRow(BenchShape shape, double nanos, double share, Bound bound, double reading) {

  /** The longer one of two times. */
  public enum Bound {
    /** The products at the rate of the arithmetic. */
    PRODUCTS,
    /** The weights at the rate of reading. */
    WEIGHTS
  }

  /** Gigaflops a second. */
  public double rate() {
    return shape.flops() / nanos;
  }
}
