package dev.lanewise.lstm;

/**
 * What a loss takes as a target, beside the output of its row.
 *
 * @param kind what the target is
 * @param outputs features of the output for each of the target
 */
record LossTargets(Kind kind, int outputs) {
  /** As many numbers as the output; a mean over all of them. */
  static final LossTargets ALIKE = new LossTargets(Kind.ELEMENTS, 1);

  /** The same, from 0 to 1. */
  static final LossTargets PROBABILITIES = new LossTargets(Kind.PROBABILITIES, 1);

  /** As many numbers as the output, a mean over rows. */
  static final LossTargets ROWS = new LossTargets(Kind.ROWS, 1);

  /** A share of each class; a mean over rows. */
  static final LossTargets SHARES = new LossTargets(Kind.SHARES, 1);

  /** The number of a class; a mean over rows. */
  static final LossTargets CLASS = new LossTargets(Kind.CLASS, 1);

  /** Half as many numbers as the output; a mean over targets. */
  static final LossTargets HALF = new LossTargets(Kind.TARGETS, 2);

  /** What a number of a target is. */
  enum Kind {
    ELEMENTS,
    PROBABILITIES,
    ROWS,
    SHARES,
    CLASS,
    TARGETS
  }

  /** One number for so many of the output; a mean over all of these. */
  static LossTargets oneOf(int outputs) {
    return new LossTargets(Kind.ELEMENTS, outputs);
  }

  /** Whether an output of such a width can be had. */
  boolean takes(int width) {
    return width % outputs == 0;
  }

  /** Numbers of a row of targets, for an output of a width. */
  int width(int width) {
    return kind == Kind.CLASS ? 1 : width / outputs;
  }

  /** The terms that a row adds to the mean. */
  int terms(int width) {
    return switch (kind) {
      case ELEMENTS, PROBABILITIES -> width;
      case TARGETS -> width / outputs;
      case ROWS, SHARES, CLASS -> 1;
    };
  }

  /** Whether targets are probabilities. */
  boolean areProbabilities() {
    return kind == Kind.PROBABILITIES || kind == Kind.SHARES;
  }

  /** Whether the output has a probability for each class. */
  boolean areClasses() {
    return kind == Kind.SHARES || kind == Kind.CLASS;
  }

  /** Whether a target is the number of a class. */
  boolean isClass() {
    return kind == Kind.CLASS;
  }

  /** Elements of a prediction as metrics take it: as many as the target's, or the classes. */
  int predictions(int width) {
    return isClass() ? width : width(width);
  }
}
