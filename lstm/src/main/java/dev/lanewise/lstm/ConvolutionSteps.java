package dev.lanewise.lstm;

/** Which step of the input each step of a convolution's kernel meets at which output. */
record ConvolutionSteps(Conv1d layer) {

  /**
   * The step that the kernel's k-th step meets at an output; outside the sequence it is padding.
   */
  long step(int k, int output, int steps) {
    return (long) output * layer.strides() + (long) k * layer.dilation() - layer.before(steps);
  }

  /** The first output at which the kernel's k-th step is inside the sequence. */
  int firstOutput(int k, int steps) {
    long missing = -step(k, 0, steps);
    long first = missing <= 0 ? 0 : Math.ceilDiv(missing, layer.strides());
    return (int) Math.min(layer.outputs(steps), first);
  }

  /** The output after the last at which the kernel's k-th step is inside the sequence. */
  int endOutput(int k, int steps) {
    long room = steps - 1 - step(k, 0, steps);
    long end = room < 0 ? 0 : room / layer.strides() + 1;
    return (int) Math.min(layer.outputs(steps), end);
  }

  /** How many outputs meet steps that follow each other, so that their rows are one block. */
  int together(int from, int to) {
    return layer.strides() == 1 ? Math.max(1, to - from) : 1;
  }
}
