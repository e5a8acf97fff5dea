package dev.lanewise.lstm.data;

/**
 * What becomes of a row that lacks a number: a missing cell, or a row that the grid of times lacks.
 */
public enum Fill {
  /** The last number before it. Looks at the past alone. */
  FORWARD,

  /**
   * A straight line from the last number before it to the next one after. No window ends in such a
   * row, for it would know what comes.
   */
  INTERPOLATE,

  /** The row is left out, and no window crosses where it was. */
  DROP,

  /**
   * The row is masked: the network skips it, and it is neither a target nor the end of a window.
   */
  MASK;

  /** Whether a window may end in, and forecast, a row that was filled. */
  boolean isLikeMeasured() {
    return this == FORWARD;
  }
}
