package dev.lanewise.lstm.run;

/**
 * Which steps of the input each output of a pooling takes: those of its window that are there.
 *
 * @param windows where the windows lie
 */
public record PoolingSteps(ConvolutionSteps windows) {

  /**
   * Windows of so many steps.
   *
   * @param same whether they reach past the ends, so that there is an output for each stride
   */
  public static PoolingSteps of(int poolSize, int strides, boolean same) {
    ConvolutionSteps.Ends ends = same ? ConvolutionSteps.Ends.BOTH : ConvolutionSteps.Ends.NONE;
    return new PoolingSteps(new ConvolutionSteps(poolSize, strides, 1, ends));
  }

  /** How many outputs there are for so many steps; 0 where no window fits. */
  public int outputs(int steps) {
    return windows.outputs(steps);
  }

  /** The first step that an output takes. */
  public int from(int output, int steps) {
    return (int) Math.max(0, windows.step(0, output, steps));
  }

  /** The step after the last that an output takes. */
  public int to(int output, int steps) {
    return (int) Math.min(steps, windows.step(windows.kernelSize(), output, steps));
  }
}
