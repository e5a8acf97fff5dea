package dev.lanewise.bench;

/** Whether a peer computes what Lanewise computes. */
final class Agreement {

  /** Two float32 sums of a few thousand terms in different orders, through saturating gates. */
  static final double OUTPUT = 1e-5;

  /** Weights rounded to bfloat16 or bytes move an output by some 1e-3. */
  static final double NARROW = 0.02;

  /**
   * Of a mean loss after sixteen to thirty-two updates: sums in different orders come to 1e-7, an
   * epsilon added elsewhere in Adam to 6e-5, betas that are exchanged to 5e-4.
   */
  private static final double LOSS = 1e-5;

  /** Enough for a state that is not carried to show. */
  private static final int RUNS = 4;

  private Agreement() {}

  /** Runs both a few times; throws where an output differs by more than a tolerance. */
  static void ofLayers(String name, Peer peer, Peer ours, double tolerance) {
    for (int run = 0; run < RUNS; run++) {
      peer.run();
      ours.run();
      compare(name + ": output of run " + run, peer.result(), ours.result(), tolerance);
    }
  }

  /** Trains both for two runs; throws where a mean loss differs by more than 1e-5. */
  static void ofTrainings(String name, Peer peer, Peer ours) {
    for (int run = 0; run < 2; run++) {
      peer.run();
      ours.run();
      compare(name + ": mean loss of run " + run, peer.result(), ours.result(), LOSS);
    }
  }

  private static void compare(String what, float[] got, float[] expected, double tolerance) {
    if (got.length != expected.length) {
      throw new IllegalStateException(
          what + " has " + got.length + " elements, Lanewise's has " + expected.length);
    }
    for (int i = 0; i < got.length; i++) {
      // Negated, so that a NaN is a difference.
      if (!(Math.abs(got[i] - expected[i]) <= tolerance)) {
        throw new IllegalStateException(
            what + " is " + got[i] + " at " + i + ", Lanewise's is " + expected[i]);
      }
    }
  }
}
