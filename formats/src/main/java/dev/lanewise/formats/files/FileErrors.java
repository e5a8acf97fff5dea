package dev.lanewise.formats.files;

import static dev.lanewise.formats.text.Phrases.CUT;
import static dev.lanewise.formats.text.Phrases.MOST_SAID;
import static dev.lanewise.formats.text.Phrases.at;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Builds the exceptions of files as such, and of zip archives. */
public final class FileErrors {
  private static final String DAMAGED =
      "the file is damaged: copy it again, or write it again where it came from";

  private FileErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static FormatException caused(
      Path file, String where, String expected, String got, String remedy, Throwable cause) {
    return new FormatException(file, where, expected, got, remedy, cause);
  }

  public static FormatException inputIsDirectory(Path file) {
    return error(file, "", "a file", "a directory", "");
  }

  static FormatException inputIsNoFile(Path file) {
    String remedy = "save what comes from it to a file first";
    return error(file, "", "a file", "a pipe or a device", remedy);
  }

  static FormatException outputIsDirectory(Path file) {
    return error(file, "", "the name of a file to write", "a directory", "add a file name");
  }

  static FormatException noOutputDirectory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return error(
        file, "", "a directory to write in", "none at " + parent, "create it, or choose another");
  }

  public static FormatException notRead(Path file, IOException cause) {
    return switch (cause) {
      case NoSuchFileException e ->
          caused(file, "", "a file", "none of that name", "check the path", e);
      case AccessDeniedException e ->
          caused(file, "", "a readable file", "no permission to read it", "", e);
      default -> caused(file, "", "a readable file", reason(cause), "", cause);
    };
  }

  public static FormatException notWritten(Path file, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      String remedy = "choose another place, or change the permissions of its directory";
      return caused(file, "", "a writable file", "no permission to write it", remedy, cause);
    }
    String remedy = "whatever was there before is unchanged";
    return caused(file, "", "a writable file", reason(cause), remedy, cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "a place where no file can be made";
    }
    // The message of a FileSystemException begins with its path.
    String message =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : quoted(message, MOST_SAID);
  }

  static FormatException shrank(Path file, long size, long position) {
    String expected = plural(size, "byte") + " as when it was opened";
    return error(file, at(position), expected, "its end", "something else is writing to it");
  }

  public static FormatException beyondFloat(Path file, String where, long element, String value) {
    return error(
        file,
        (where.isEmpty() ? "" : where + ", ") + "element " + element,
        "a number within float32, at most 3.4028235e38",
        value,
        "scale the data first");
  }

  static FormatException notInt(Path file, long element, String value) {
    String expected = "a whole number within int32, -2147483648 to 2147483647";
    return error(file, "element " + element, expected, value, "");
  }

  public static String entry(String name) {
    return "entry " + quoted(name);
  }

  static FormatException zip(Path file, String where, IOException cause) {
    return caused(file, where, "a readable zip archive", reason(cause), CUT, cause);
  }

  static FormatException zipEntrySize(Path file, String where, long size) {
    return error(file, where, "an entry of less than 2 GiB", plural(size, "byte"), "");
  }

  static FormatException zipEntryNeed(Path file, String where, long most, long size) {
    String expected = "at most " + most + " bytes, all that the rest of the file has a use for";
    return error(file, where, expected, Long.toString(size), "");
  }

  static FormatException zipRatio(Path file, String where, long ratio, long compressed, long size) {
    return error(
        file,
        where,
        "at most " + ratio + " bytes of each of its " + compressed + " compressed bytes",
        plural(size, "byte"),
        "if it is no trap, store it uncompressed");
  }

  static FormatException zipOverlap(Path file, String where) {
    String got = "the bytes of others again";
    return error(file, where, "bytes of its own in the archive", got, DAMAGED);
  }

  static FormatException zipLength(Path file, String where, long expected, String got) {
    return error(file, where, plural(expected, "byte"), got, DAMAGED);
  }

  static FormatException zipChecksum(Path file, String where, long expected, long got) {
    return error(
        file, where, "the checksum " + Long.toHexString(expected), Long.toHexString(got), DAMAGED);
  }

  /** What is wrong with a file that is part of another. */
  public static FormatException within(Path file, String part, FormatException inner) {
    String where = inner.where().isEmpty() ? part : part + ", " + inner.where();
    return caused(file, where, inner.expected(), inner.got(), inner.remedy(), inner);
  }
}
