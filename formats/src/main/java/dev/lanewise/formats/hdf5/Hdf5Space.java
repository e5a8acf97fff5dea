package dev.lanewise.formats.hdf5;

import java.nio.ByteBuffer;

/** How many elements an array or an attribute has. */
final class Hdf5Space {
  private static final int EMPTY = 2;

  private Hdf5Space() {}

  /** The lengths of the axes; none for a single element, one of 0 for no element at all. */
  static long[] read(Hdf5Input input, ByteBuffer space) {
    int version = space.get();
    int rank = Byte.toUnsignedInt(space.get());
    Hdf5Input.skip(space, 1);
    if (version == 2 ? space.get() == EMPTY : version != 1) {
      if (version == 2) {
        return new long[] {0};
      }
      throw new Hdf5Damage("a shape of version " + version);
    }
    if (version == 1) {
      Hdf5Input.skip(space, 5);
    }
    long[] dims = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = input.length(space);
      if (dims[axis] < 0) {
        throw new Hdf5Damage("an axis of a length beyond 63 bits");
      }
    }
    return dims;
  }
}
