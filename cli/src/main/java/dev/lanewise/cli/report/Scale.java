package dev.lanewise.cli.report;

/**
 * The numbers that an axis spans.
 *
 * @param from the least
 * @param to the greatest, above it
 */
record Scale(double from, double to) {
  private static final double MARGIN = 0.05;

  /**
   * Of all finite numbers, with a margin. From 0 where all are at least that and the least is near
   * it; around a number that stands alone.
   */
  static Scale of(Iterable<double[]> lines) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double[] line : lines) {
      for (double value : line) {
        if (Double.isFinite(value)) {
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
        }
      }
    }
    if (least > greatest) {
      return new Scale(0, 1);
    }
    double span = greatest - least;
    if (span <= Math.ulp(greatest) * 100) {
      double around = greatest == 0 ? 1 : Math.abs(greatest) * MARGIN;
      return new Scale(least - around, greatest + around);
    }
    boolean fromZero = least >= 0 && least < greatest / 4;
    return new Scale(fromZero ? 0 : least - MARGIN * span, greatest + MARGIN * span);
  }
}
