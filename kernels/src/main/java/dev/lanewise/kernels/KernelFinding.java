package dev.lanewise.kernels;

/**
 * Something about this JVM that keeps the fast kernels from running.
 *
 * @param kind which of those that are known
 * @param what was found, without a full stop
 * @param cost what it costs, in time: the numbers are the same
 * @param wayOut what to change
 */
public record KernelFinding(Kind kind, String what, String cost, String wayOut) {

  /** What can be found. */
  public enum Kind {
    /** {@code jdk.incubator.vector} is not among the modules of the JVM. */
    NO_VECTOR_MODULE,
    /** This module may not address memory without a check. */
    NO_NATIVE_ACCESS,
    /** A fused multiply-add is not an instruction. */
    NO_FMA,
    /** Nothing is compiled. */
    INTERPRETER,
    /** The first compiler works alone, and calls each vector operation. */
    FIRST_COMPILER_ALONE,
    /** Another JVM, not known to make vector instructions. */
    OTHER_JVM,
    /** The vector kernels were run for seconds, and stayed slower than the scalar ones. */
    VECTORS_STAY_SLOW,
    /** Running the vector kernels in the background ended with an error. */
    REHEARSAL_ENDED
  }

  /** One line for people: what, what it costs, and the way out. */
  @Override
  public String toString() {
    return what
        + ", so the scalar kernels run: right, and "
        + cost
        + ". "
        + wayOut
        + ", or silence this with -D"
        + Kernels.IMPLEMENTATION_PROPERTY
        + "=scalar";
  }
}
