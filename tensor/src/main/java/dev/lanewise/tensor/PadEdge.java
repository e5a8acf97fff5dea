package dev.lanewise.tensor;

/** Lengthens an axis by repeating its first and its last. */
final class PadEdge {
  private static final String OPERATION = "Tensor.padEdge";

  private PadEdge() {}

  static Tensor pad(Tensor source, int axis, long before, long after) {
    int along = source.shape().axis(OPERATION, axis);
    long length = source.dim(along);
    if (length == 0 && (before > 0 || after > 0)) {
      throw JoinErrors.padEdgeEmpty(source.shape(), along);
    }
    Tensor padded = Pad.around(OPERATION, source, along, before, after);
    if (before > 0) {
      repeat(source.slice(along, 0, 1), padded.slice(along, 0, before));
    }
    if (after > 0) {
      repeat(
          source.slice(along, length - 1, length),
          padded.slice(along, before + length, padded.dim(along)));
    }
    return padded;
  }

  private static void repeat(Tensor edge, Tensor target) {
    target.copyFrom(edge.broadcastTo(target.shape().toArray()));
  }
}
