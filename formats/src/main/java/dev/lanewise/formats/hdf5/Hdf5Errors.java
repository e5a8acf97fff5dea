package dev.lanewise.formats.hdf5;

import static dev.lanewise.formats.text.Phrases.CUT;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;
import static dev.lanewise.formats.text.Phrases.start;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.models.ForeignFile;
import dev.lanewise.formats.models.ModelErrors;
import java.nio.file.Path;

/** Builds the exceptions of HDF5 files. */
public final class Hdf5Errors {
  private Hdf5Errors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  static String group(String path) {
    return "group " + quoted("/" + path);
  }

  public static String attribute(String group, String name) {
    return "attribute " + quoted(name) + " of " + quoted("/" + group);
  }

  public static String array(String path) {
    return "array " + quoted("/" + path);
  }

  static FormatException notHdf5(Path file, String where, byte[] head) {
    String expected = "an HDF5 file, which begins with the bytes 89 48 44 46";
    ForeignFile known = where.isEmpty() && head.length > 0 ? ForeignFile.of(head) : null;
    if (known != null) {
      return ModelErrors.foreign(file, expected, known);
    }
    return error(
        file,
        where,
        expected,
        start(head),
        ZipArchive.begins(head)
            ? "this looks like a .keras archive, which holds its config: KerasFile.load(file)"
            : "save the weights in Keras with model.save_weights");
  }

  static FormatException cut(Path file, String where, long expected, long size) {
    return error(
        file,
        where,
        plural(expected, "byte") + ", as its HDF5 header says",
        Long.toString(size),
        CUT);
  }

  static FormatException damaged(Path file, String where, String got, Throwable cause) {
    String remedy = "the file is damaged, or uses a part of HDF5 that Keras does not";
    return new FormatException(file, where, "readable HDF5", got, remedy, cause);
  }

  static FormatException link(Path file, String path, Hdf5Link link) {
    String got =
        switch (link.kind()) {
          case HARD, SOFT -> "a link to " + quoted(link.target());
          case EXTERNAL -> "a link to the file " + quoted(link.target());
          case OTHER -> "a link of another kind";
        };
    return outside(file, "link " + quoted("/" + path), got);
  }

  /** What is not in the file is not looked for. */
  static FormatException outside(Path file, String where, String got) {
    String remedy = "no link is followed: save the model in Keras with model.save";
    return error(file, where, "what is in the file itself", got, remedy);
  }

  static FormatException noAttribute(Path file, String group, String name) {
    return error(file, group(group), "an attribute " + quoted(name), "none", "");
  }

  static FormatException notText(
      Path file, String group, String name, String expected, String got) {
    return error(file, attribute(group, name), expected, got, "");
  }

  static FormatException noArray(Path file, String path) {
    return error(file, array(path), "an array", "none of that name", "");
  }

  static FormatException arrayType(Path file, String where, String type) {
    return error(file, where, "float16, float32 or float64", type, "");
  }

  static FormatException arraySize(Path file, String where, long bytes, long stored) {
    String expected = "what the " + stored + " bytes of it in the file can hold";
    return error(file, where, expected, plural(bytes, "byte"), "");
  }

  static FormatException chunkSize(Path file, String where, long bytes, long array) {
    String got = bytes == Sizes.TOO_MANY ? "more than 63 bits count" : Long.toString(bytes);
    String expected = "chunks of about the " + array + " bytes of the array, or fewer";
    return error(file, where, expected, got, "save the model in Keras with model.save");
  }
}
