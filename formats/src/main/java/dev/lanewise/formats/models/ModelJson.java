package dev.lanewise.formats.models;

import dev.lanewise.formats.files.InputFile;
import java.nio.file.Path;

/** The JSON of a model in a file of its own. */
public final class ModelJson {
  /** Far above any model's, far below what would hurt. */
  public static final int MOST_BYTES = 1 << 24;

  private ModelJson() {}

  /** All bytes of the file. */
  public static byte[] read(Path file) {
    try (InputFile input = InputFile.open(file)) {
      if (input.size() > MOST_BYTES) {
        throw ModelErrors.longJson(file, MOST_BYTES, input.size());
      }
      return input.bytes(0, (int) input.size());
    }
  }
}
