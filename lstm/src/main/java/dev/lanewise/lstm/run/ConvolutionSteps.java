package dev.lanewise.lstm.run;

/**
 * Which step of the input each step of a convolution's kernel meets at which output.
 *
 * @param kernelSize steps of the kernel
 * @param strides steps from an output to the next
 * @param dilation steps from one of the kernel to the next
 * @param ends what is added at the ends of the sequence
 */
public record ConvolutionSteps(int kernelSize, int strides, int dilation, Ends ends) {

  /** What is added at the ends of a sequence. */
  public enum Ends {
    /** Nothing. */
    NONE,
    /** Zeros at both, so that there is an output for each stride. */
    BOTH,
    /** Zeros before the start, so that no output sees a later step. */
    START
  }

  /** The steps from the first to the last that an output sees. */
  public long span() {
    return (kernelSize - 1L) * dilation + 1;
  }

  /** How many outputs there are for so many steps; 0 where no kernel fits. */
  public int outputs(int steps) {
    if (ends == Ends.NONE) {
      long room = steps - span();
      return room < 0 ? 0 : (int) (room / strides + 1);
    }
    return Math.ceilDiv(steps, strides);
  }

  /** The zeros before the sequence. */
  long before(int steps) {
    return switch (ends) {
      case NONE -> 0;
      case START -> span() - 1;
      case BOTH -> {
        long all = (outputs(steps) - 1L) * strides + span() - steps;
        yield Math.max(0, all) / 2;
      }
    };
  }

  /**
   * The step that the kernel's k-th step meets at an output; outside the sequence it is padding.
   */
  public long step(int k, int output, int steps) {
    return (long) output * strides + (long) k * dilation - before(steps);
  }

  /** The first output at which the kernel's k-th step is inside the sequence. */
  public int firstOutput(int k, int steps) {
    long missing = -step(k, 0, steps);
    long first = missing <= 0 ? 0 : Math.ceilDiv(missing, strides);
    return (int) Math.min(outputs(steps), first);
  }

  /** The output after the last at which the kernel's k-th step is inside the sequence. */
  public int endOutput(int k, int steps) {
    long room = steps - 1 - step(k, 0, steps);
    long end = room < 0 ? 0 : room / strides + 1;
    return (int) Math.min(outputs(steps), end);
  }

  /** How many outputs meet steps that follow each other, so that their rows are one block. */
  public int together(int from, int to) {
    return strides == 1 ? Math.max(1, to - from) : 1;
  }
}
