package dev.lanewise.kernels.contract;

/**
 * How often the empty loop turns that a vector method begins with: 0, but while it is rehearsed.
 *
 * <p>C2 leaves the loop out. Until then its turns count as those of any loop do, and ask for C2
 * after a few calls. A method of vector operations, each of which takes a hundred times its time
 * before, would else have to run for seconds until it is asked for.
 */
public final class EmptyTurns {

  /** Set by who rehearses; no one else sees more of it than some turns. */
  @SuppressWarnings("NonFinalStaticField")
  public static int count;

  private EmptyTurns() {}
}
