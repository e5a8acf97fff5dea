package dev.lanewise.formats;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The files that the tests read. */
public final class Resources {
  private Resources() {}

  public static Path resource(String name) {
    try {
      return Path.of(Resources.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** One of those that Keras wrote. */
  public static Path file(String name) {
    return resource("keras/" + name);
  }

  /** One of those that h5py wrote. */
  static Path hdf5(String name) {
    return resource("hdf5/" + name + ".h5");
  }
}
