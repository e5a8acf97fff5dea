package dev.lanewise.cli.bench;

/**
 * A row of the table.
 *
 * @param name as the table prints it
 * @param work what is done
 * @param cell of the layer
 * @param batch sequences of a call
 * @param timesteps length of a sequence
 * @param features of a timestep
 * @param units of the layer
 */
public record BenchShape(
    String name, Work work, Cell cell, int batch, int timesteps, int features, int units) {

  /** How the formula stands in the help. */
  public static final String FORMULA =
      "GFLOP/s counts the matrix products: 2 * gates * batch * timesteps * units * (features + units), with 4 gates of an LSTM and"
          + " 3 of a GRU. train counts that twice, forward and for the gradients of the weights, and 2 * gates * batch * timesteps *"
          + " units * units for those of the states.";

  /** Floating-point operations of the products. */
  double flops() {
    double forward = 2.0 * cell.gates() * batch * timesteps * units * (features + units);
    double states = 2.0 * cell.gates() * batch * timesteps * units * units;
    return work == Work.TRAIN ? 2 * forward + states : forward;
  }

  /**
   * Bytes of weights that the work reads at least: the kernel once, the recurrent kernel in each
   * timestep, and both again in a backward.
   */
  double readBytes() {
    double once = kernelBytes() + (double) timesteps * recurrentBytes();
    return work == Work.TRAIN ? 2 * once : once;
  }

  /** Bytes of the weights that are read over and over: they decide which cache they come from. */
  long heldBytes() {
    return timesteps == 1 ? kernelBytes() + recurrentBytes() : recurrentBytes();
  }

  private long kernelBytes() {
    return (long) Float.BYTES * cell.gates() * features * units;
  }

  private long recurrentBytes() {
    return (long) Float.BYTES * cell.gates() * units * units;
  }
}
