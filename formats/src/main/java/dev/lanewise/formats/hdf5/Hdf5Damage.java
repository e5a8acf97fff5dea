package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.FormatException;

/** What is wrong with an HDF5 file, or not read here; becomes a {@link FormatException}. */
final class Hdf5Damage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param got what was found, in words
   */
  Hdf5Damage(String got) {
    super(got);
  }
}
