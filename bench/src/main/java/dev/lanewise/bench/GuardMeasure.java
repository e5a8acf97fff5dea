package dev.lanewise.bench;

/**
 * A row as measured: medians of samples that take turns with the peak's, in processor time.
 *
 * @param nanos of a call
 * @param share of the peak
 * @param cellNanos of a cell beside the products; NaN for a product
 */
record GuardMeasure(double nanos, double share, double cellNanos) {
  /**
   * So many that the peak is not called a few thousand times: its caller would be compiled with it
   * inside, which was seen to halve it.
   */
  private static final int TURNS = 1 << 21;

  /** Kept so that the peak is no dead code. */
  private static volatile float sink;

  private static final Timing PEAK = Timing.cpu(() -> sink = Peak.run(TURNS, 0.25f));

  static GuardMeasure of(GuardRow row) {
    Timing body = Timing.cpu(row.body());
    Timing products = row.cells() == 0 ? body : Timing.cpu(row.products());
    double[] nanos = new double[Timing.SAMPLES];
    double[] shares = new double[Timing.SAMPLES];
    double[] cells = new double[Timing.SAMPLES];
    for (int i = 0; i < Timing.SAMPLES; i++) {
      nanos[i] = body.sample();
      double peak = Peak.flops(TURNS) / PEAK.sample();
      double beside = row.cells() == 0 ? Double.NaN : nanos[i] - products.sample();
      cells[i] = beside / row.cells();
      shares[i] = row.work() / (row.flops() > 0 ? nanos[i] : Math.max(1, beside)) / peak;
    }
    return new GuardMeasure(Timing.median(nanos), Timing.median(shares), Timing.median(cells));
  }
}
