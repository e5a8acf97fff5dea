package dev.lanewise.formats.hdf5;

/**
 * What a name in a group leads to.
 *
 * @param address of the object; {@link Hdf5Input#UNDEFINED} for any other kind
 * @param target what another kind names; never resolved
 */
record Hdf5Link(Kind kind, long address, String target) {
  /** Whether a link is an object of the file itself. */
  enum Kind {
    /** An object of the file. */
    HARD,
    /** A path, which may lead through other links. */
    SOFT,
    /** A path in another file. */
    EXTERNAL,
    /** What only a plug-in could resolve. */
    OTHER
  }

  static Hdf5Link hard(long address) {
    return new Hdf5Link(Kind.HARD, address, "");
  }

  static Hdf5Link to(Kind kind, String target) {
    return new Hdf5Link(kind, Hdf5Input.UNDEFINED, target);
  }
}
