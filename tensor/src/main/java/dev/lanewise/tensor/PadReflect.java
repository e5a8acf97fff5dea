package dev.lanewise.tensor;

/** Lengthens an axis by its own mirror image, without the first and the last again. */
final class PadReflect {
  private static final String OPERATION = "Tensor.padReflect";

  private PadReflect() {}

  static Tensor pad(Tensor source, int axis, long before, long after) {
    int along = source.shape().axis(OPERATION, axis);
    long length = source.dim(along);
    long most = Math.max(0, length - 1);
    if (before > most || after > most) {
      throw JoinErrors.padReflectLength(source.shape(), along, before, after);
    }
    Tensor padded = Pad.around(OPERATION, source, along, before, after);
    Tensor mirror = source.flip(along);
    if (before > 0) {
      padded.slice(along, 0, before).copyFrom(mirror.slice(along, length - 1 - before, length - 1));
    }
    if (after > 0) {
      padded
          .slice(along, before + length, padded.dim(along))
          .copyFrom(mirror.slice(along, 1, 1 + after));
    }
    return padded;
  }
}
