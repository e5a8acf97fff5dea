package dev.lanewise.formats.npy;

import static dev.lanewise.formats.text.Phrases.CUT;
import static dev.lanewise.formats.text.Phrases.at;
import static dev.lanewise.formats.text.Phrases.axes;
import static dev.lanewise.formats.text.Phrases.hex;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;
import static dev.lanewise.formats.text.Phrases.shown;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;

/** Builds the exceptions of NumPy's files. */
public final class NpyErrors {
  private NpyErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static FormatException caused(
      Path file, String where, String expected, String got, String remedy, Throwable cause) {
    return new FormatException(file, where, expected, got, remedy, cause);
  }

  static FormatException notNpy(Path file, int position, byte[] magic) {
    boolean zip = magic.length > 1 && magic[0] == 'P' && magic[1] == 'K';
    return error(
        file,
        at(position),
        "an .npy file, which begins with the bytes 93 4e 55 4d 50 59",
        "byte " + hex(magic[position]),
        zip
            ? "this looks like an .npz archive: save one array with numpy.save"
            : "write it with numpy.save");
  }

  static FormatException version(Path file, long position, int major, int minor) {
    String got = "version " + major + "." + minor;
    return error(file, at(position), "version 1.0, 2.0 or 3.0", got, "save it with numpy.save");
  }

  static FormatException headerLength(Path file, long position, long most, long length) {
    String expected = "a header of at most " + most + " bytes";
    return error(file, at(position), expected, plural(length, "byte"), "");
  }

  static FormatException headerCut(Path file, long bytes, long size) {
    String expected = "an .npy header to byte " + bytes;
    return error(file, at(size), expected, "the end of the file", CUT);
  }

  static FormatException dataCut(
      Path file, long start, Shape shape, ElementType type, long needed, long got) {
    String expected = plural(needed, "byte") + " for " + shape + " of " + type;
    return error(file, at(start), expected, got + " to the end of the file", CUT);
  }

  static FormatException dataLong(
      Path file, long start, Shape shape, ElementType type, long needed, long got) {
    String expected = plural(needed, "byte") + " for " + shape + " of " + type;
    String remedy = "save one array a file";
    return error(file, at(start), expected, got + " to the end of the file", remedy);
  }

  static FormatException syntax(Path file, long position, String expected, int next) {
    String got = next < 0 ? "the end of the header" : shown(next);
    return error(file, at(position), expected, got, "");
  }

  static FormatException key(Path file, long position, String key) {
    String expected = "the keys descr, fortran_order and shape";
    return error(file, at(position), expected, quoted(key), "");
  }

  static FormatException keyTwice(Path file, long position, String key) {
    return error(file, at(position), "each key once", quoted(key) + " again", "");
  }

  static FormatException keyMissing(Path file, long position, String key) {
    return error(file, at(position), "a header with the key " + quoted(key), "none", "");
  }

  static FormatException structured(Path file, long position) {
    return error(
        file,
        at(position),
        "one type of number such as <f4",
        "a structured type",
        "save one field of it: numpy.save(file, a[\"field\"])");
  }

  static FormatException type(Path file, long position, String descr) {
    return error(
        file,
        at(position),
        "float16, float32 or float64, an integer of 8 to 64 bits, or bool",
        "the type " + quoted(descr),
        "convert it before saving: a.astype(numpy.float32)");
  }

  static FormatException manyAxes(Path file, long position, int most) {
    return error(file, at(position), "at most " + most + " axes", "more", "");
  }

  static FormatException length(Path file, long position, String digits, Throwable cause) {
    String expected = "a length that fits 63 bits";
    return caused(file, at(position), expected, quoted(digits), "", cause);
  }

  static FormatException overflow(Path file, long position, long[] dims, ElementType type) {
    String expected = "a shape whose " + type + " elements fit 63 bits of bytes";
    return error(file, at(position), expected, axes(dims), "");
  }

  public static FormatException npzEntry(Path file, String name) {
    return error(
        file, FileErrors.entry(name), "an .npz archive, of .npy files only", "another file", "");
  }

  public static FormatException npzTwice(Path file, String name) {
    return error(file, FileErrors.entry(name), "each array once", "it again", "");
  }
}
