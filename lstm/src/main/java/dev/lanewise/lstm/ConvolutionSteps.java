package dev.lanewise.lstm;

/** Which step of the input each step of a convolution's kernel meets at which output. */
record ConvolutionSteps(Conv1d layer) {

  /**
   * The step that the kernel's k-th step meets at an output; outside the sequence it is padding.
   */
  int step(int k, int output, int steps) {
    return output * layer.strides() + k * layer.dilation() - layer.before(steps);
  }

  /** The first output at which the kernel's k-th step is inside the sequence. */
  int firstOutput(int k, int steps) {
    int missing = -step(k, 0, steps);
    return missing <= 0 ? 0 : (missing + layer.strides() - 1) / layer.strides();
  }

  /** The output after the last at which the kernel's k-th step is inside the sequence. */
  int endOutput(int k, int steps) {
    int room = steps - 1 - step(k, 0, steps);
    int end = room < 0 ? 0 : room / layer.strides() + 1;
    return Math.min(layer.outputs(steps), end);
  }

  /** How many outputs meet steps that follow each other, so that their rows are one block. */
  int together(int from, int to) {
    return layer.strides() == 1 ? Math.max(1, to - from) : 1;
  }
}
