package dev.lanewise.formats;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Builds the exceptions of this module. */
final class FormatErrors {
  static final String CUT =
      "the file is cut short: copy it again, or write it again where it came from";
  private static final String DAMAGED =
      "the file is damaged: copy it again, or write it again where it came from";
  private static final int MOST_NAMES = 40;
  private static final int LONGEST_LIST = 1000;
  private static final int LONGEST_NAME = 120;

  /** Of what another part of the library, or another library, says. */
  private static final int MOST_SAID = 1000;

  private FormatErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy, null);
  }

  private static FormatException caused(
      Path file, String where, String expected, String got, String remedy, Throwable cause) {
    return new FormatException(file, where, expected, got, remedy, cause);
  }

  private static String at(long position) {
    return "byte " + position;
  }

  static String quoted(String text) {
    return quoted(text, LONGEST_NAME);
  }

  static String quoted(String text, int most) {
    return "\"" + Printable.of(text, most) + "\"";
  }

  /** As many names as are read at a glance; the rest is counted. */
  static String list(Collection<String> names) {
    StringBuilder shown = new StringBuilder();
    int count = 0;
    for (String name : names) {
      if (count == MOST_NAMES || shown.length() > LONGEST_LIST) {
        return shown + ", .. (" + names.size() + " in all)";
      }
      shown.append(count++ == 0 ? "" : ", ").append(Printable.of(name, LONGEST_NAME));
    }
    return shown.toString();
  }

  static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  // Files as such.

  static FormatException inputIsDirectory(Path file) {
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

  static FormatException notRead(Path file, IOException cause) {
    return switch (cause) {
      case NoSuchFileException e ->
          caused(file, "", "a file", "none of that name", "check the path", e);
      case AccessDeniedException e ->
          caused(file, "", "a readable file", "no permission to read it", "", e);
      default -> caused(file, "", "a readable file", reason(cause), "", cause);
    };
  }

  static FormatException notWritten(Path file, IOException cause) {
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

  static FormatException beyondFloat(Path file, String where, long element, String value) {
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

  // npy

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

  static String hex(int value) {
    return String.format(Locale.ROOT, "%02x", value & 0xff);
  }

  static FormatException npyVersion(Path file, long position, int major, int minor) {
    String got = "version " + major + "." + minor;
    return error(file, at(position), "version 1.0, 2.0 or 3.0", got, "save it with numpy.save");
  }

  static FormatException npyHeaderLength(Path file, long position, long most, long length) {
    String expected = "a header of at most " + most + " bytes";
    return error(file, at(position), expected, plural(length, "byte"), "");
  }

  static FormatException npyHeaderCut(Path file, long bytes, long size) {
    String expected = "an .npy header to byte " + bytes;
    return error(file, at(size), expected, "the end of the file", CUT);
  }

  static FormatException npyDataCut(
      Path file, long start, Shape shape, ElementType type, long needed, long got) {
    String expected = plural(needed, "byte") + " for " + shape + " of " + type;
    return error(file, at(start), expected, got + " to the end of the file", CUT);
  }

  static FormatException npyDataLong(
      Path file, long start, Shape shape, ElementType type, long needed, long got) {
    String expected = plural(needed, "byte") + " for " + shape + " of " + type;
    String remedy = "save one array a file";
    return error(file, at(start), expected, got + " to the end of the file", remedy);
  }

  static FormatException npySyntax(Path file, long position, String expected, int next) {
    String got = next < 0 ? "the end of the header" : shown(next);
    return error(file, at(position), expected, got, "");
  }

  private static String shown(int character) {
    return character > ' ' && character < 0x7f
        ? "\"" + (char) character + "\""
        : "byte " + hex(character);
  }

  static FormatException npyKey(Path file, long position, String key) {
    String expected = "the keys descr, fortran_order and shape";
    return error(file, at(position), expected, quoted(key), "");
  }

  static FormatException npyKeyTwice(Path file, long position, String key) {
    return error(file, at(position), "each key once", quoted(key) + " again", "");
  }

  static FormatException npyKeyMissing(Path file, long position, String key) {
    return error(file, at(position), "a header with the key " + quoted(key), "none", "");
  }

  static FormatException npyStructured(Path file, long position) {
    return error(
        file,
        at(position),
        "one type of number such as <f4",
        "a structured type",
        "save one field of it: numpy.save(file, a[\"field\"])");
  }

  static FormatException npyType(Path file, long position, String descr) {
    return error(
        file,
        at(position),
        "float16, float32 or float64, an integer of 8 to 64 bits, or bool",
        "the type " + quoted(descr),
        "convert it before saving: a.astype(numpy.float32)");
  }

  static FormatException npyAxes(Path file, long position, int most) {
    return error(file, at(position), "at most " + most + " axes", "more", "");
  }

  static FormatException npyLength(Path file, long position, String digits, Throwable cause) {
    String expected = "a length that fits 63 bits";
    return caused(file, at(position), expected, quoted(digits), "", cause);
  }

  static FormatException npyOverflow(Path file, long position, long[] dims, ElementType type) {
    String expected = "a shape whose " + type + " elements fit 63 bits of bytes";
    return error(file, at(position), expected, text(dims), "");
  }

  private static String text(long[] dims) {
    String list = Arrays.toString(dims);
    return "(" + list.substring(1, list.length() - 1) + ")";
  }

  // zip

  static String entry(String name) {
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

  static FormatException npzEntry(Path file, String name) {
    return error(file, entry(name), "an .npz archive, of .npy files only", "another file", "");
  }

  static FormatException npzTwice(Path file, String name) {
    return error(file, entry(name), "each array once", "it again", "");
  }

  /** What is wrong with a file that is part of another. */
  static FormatException within(Path file, String part, FormatException inner) {
    String where = inner.where().isEmpty() ? part : part + ", " + inner.where();
    return caused(file, where, inner.expected(), inner.got(), inner.remedy(), inner);
  }

  // JSON

  static FormatException json(Path file, String where, long start, JacksonException cause) {
    TokenStreamLocation location = cause.getLocation();
    String place = location == null ? where : place(where, start, location.getByteOffset());
    // Jackson would name a source that it does not know.
    String reason = cause.getOriginalMessage().replaceFirst(" \\(start marker at \\[Source.*", "");
    return caused(file, place, "JSON", quoted(reason, MOST_SAID), "", cause);
  }

  static FormatException jsonTrailing(Path file, String where, long start, long offset) {
    return error(file, place(where, start, offset), "nothing after the JSON", "more", "");
  }

  private static String place(String where, long start, long offset) {
    if (start < 0 || offset < 0) {
      return where;
    }
    return (where.isEmpty() ? "" : where + ", ") + at(start + offset);
  }

  static FormatException jsonType(Path file, String where, String expected, Object got) {
    String kind =
        switch (got) {
          case Map<?, ?> _ -> "an object";
          case List<?> items -> isShort(items) ? items.toString() : "an array";
          case String text -> quoted(text);
          case Json.Null _ -> "null";
          default -> got.toString();
        };
    return error(file, where, expected, kind, "");
  }

  private static boolean isShort(List<?> items) {
    return items.size() <= 16
        && items.stream().noneMatch(item -> item instanceof List<?> || item instanceof Map<?, ?>);
  }

  static FormatException jsonValues(Path file, String where, long most) {
    String expected = "JSON of at most " + most + " values";
    return error(file, where, expected, "more", "");
  }

  static FormatException jsonMissing(Path file, String where, String name) {
    return error(file, where, "the key " + quoted(name), "none", "");
  }

  static FormatException jsonUnknown(Path file, String where, String name, List<String> known) {
    return error(file, where, "only the keys " + list(known), quoted(name), "");
  }

  // safetensors

  static String tensor(String name) {
    return "tensor " + quoted(name);
  }

  static IllegalArgumentException notFloat32(Tensor tensor) {
    return new IllegalArgumentException(
        "SafeTensors.write: only float32 is written but a "
            + tensor.shape()
            + " tensor is "
            + tensor.type()
            + "; toFloat() copies it to float32");
  }

  static IllegalArgumentException reservedTensorName(String name) {
    return new IllegalArgumentException(
        "SafeTensors.write: a tensor cannot have the name " + name + ", which holds the metadata");
  }

  static FormatException safeTensorsCut(Path file, long position, String expected, long got) {
    return error(file, at(position), expected, got + " to the end of the file", CUT);
  }

  static FormatException safeTensorsLong(Path file, long position, long expected, long got) {
    return error(
        file,
        at(position),
        plural(expected, "byte") + " of tensors",
        got + " to the end of the file",
        "the file was added to, or its header is another file's");
  }

  static FormatException safeTensorsHeaderLength(Path file, long most, long length) {
    return error(
        file,
        at(0),
        "a header length of at most " + most,
        Long.toUnsignedString(length),
        "this is no .safetensors file");
  }

  static FormatException safeTensorsBrace(Path file, long position, int next) {
    return error(
        file,
        at(position),
        "a header that begins with \"{\"",
        next < 0 ? "an empty one" : shown(next),
        "this is no .safetensors file");
  }

  static FormatException safeTensorsType(Path file, String where, String type) {
    String expected = "one of the types " + list(names(ElementType.values()));
    return error(file, where, expected, quoted(type), "convert it before saving");
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  static FormatException safeTensorsOffsets(Path file, String where, long[] offsets) {
    String expected = "data_offsets [begin, end] with begin <= end";
    return error(file, where, expected, Arrays.toString(offsets), "");
  }

  static FormatException safeTensorsOverflow(
      Path file, String where, long[] dims, ElementType type) {
    String expected = "a shape whose " + type + " elements fit 63 bits of bytes";
    return error(file, where, expected, text(dims), "");
  }

  static FormatException safeTensorsSize(
      Path file, String where, Shape shape, ElementType type, long needed, long[] offsets) {
    String expected = plural(needed, "byte") + " for " + shape + " of " + type;
    return error(file, where, expected, "data_offsets " + Arrays.toString(offsets), "");
  }

  static FormatException safeTensorsGap(Path file, String name, long expected, long got) {
    return error(
        file,
        tensor(name),
        "data_offsets that begin at " + expected + ", where the tensor before ends",
        Long.toString(got),
        got > expected ? "there is a hole between them" : "the two overlap");
  }

  static FormatException tensorMissing(Path file, String name, Collection<String> names) {
    return error(file, "", "a tensor " + quoted(name), list(names), meant(name, names));
  }

  private static String meant(String name, Collection<String> names) {
    String nearest = NearestName.of(name, names);
    return nearest == null ? "" : "did you mean " + quoted(nearest) + "?";
  }

  // Models

  static FormatException noArchitecture(Path file, String key, Collection<String> names) {
    return error(
        file,
        "",
        "a Lanewise model, with " + quoted(key) + " in its metadata",
        "only the tensors " + list(names),
        "the weights alone do not say which layers they belong to: give those as JSON, ModelReader.read(file, config) or --config");
  }

  static FormatException architectureVersion(Path file, String where, String known, long version) {
    return error(
        file,
        where,
        "version " + known,
        "version " + version,
        "the file was written by a newer Lanewise: use that one or a later one");
  }

  static FormatException layerType(Path file, String where, String type, List<String> known) {
    return error(file, where, "a layer type of " + list(known), quoted(type), "");
  }

  static FormatException activation(Path file, String where, String name, Enum<?>[] known) {
    return error(file, where, "an activation of " + list(names(known)), quoted(name), "");
  }

  static FormatException jsonConstant(
      Path file, String where, String key, String name, List<String> known) {
    return error(file, where, quoted(key) + " of " + list(known), quoted(name), "");
  }

  static FormatException weightShape(Path file, String name, Shape expected, Shape got) {
    return error(file, tensor(name), expected.toString(), got.toString(), "");
  }

  static IllegalArgumentException weightTwice(String name) {
    return new IllegalArgumentException(
        "ModelFile.save: two weights of the model are "
            + quoted(name)
            + "; named gives one of their layers another name");
  }

  static FormatException weightUnknown(Path file, String name, Collection<String> known) {
    return error(file, tensor(name), "only the model's weights " + list(known), "one more", "");
  }

  static FormatException modelRefused(Path file, String where, RuntimeException cause) {
    String got =
        cause instanceof ArithmeticException
            ? "sizes that are beyond what this library counts"
            : quoted(String.valueOf(cause.getMessage()), MOST_SAID);
    return caused(file, where, "layers that fit together", got, "", cause);
  }

  static FormatException layers(Path file, String where, int most, int count) {
    String expected = "a model of at most " + most + " layers";
    return error(file, where, expected, Integer.toString(count), "");
  }

  /** The advice of whoever allocated is about predictions and training. */
  static OutOfMemoryError noRoom(Path file, long elements, OutOfMemoryError cause) {
    OutOfMemoryError error =
        new OutOfMemoryError(
            Printable.of(file.toString())
                + ": no room for its "
                + plural(elements, "weight")
                + ", "
                + Sizes.multiply(elements, Float.BYTES)
                + " bytes off the heap and about as many again while they are read."
                + " -XX:MaxDirectMemorySize raises that limit, -Xmx the heap's");
    error.initCause(cause);
    return error;
  }

  static IllegalArgumentException reservedKey(String key, String prefix) {
    return new IllegalArgumentException(
        "ModelFile.save: metadata keys that begin with \""
            + prefix
            + "\" are Lanewise's own, got \""
            + key
            + "\"");
  }

  // CSV

  static String cell(long row, String column) {
    return "row " + row + ", column " + quoted(column);
  }

  static FormatException csvColumn(Path file, String name, List<String> columns) {
    String remedy = meant(name, columns);
    List<String> shown =
        columns.stream()
            .map(each -> each.isEmpty() || each.contains(",") ? quoted(each) : each)
            .toList();
    String got = "the " + (columns.size() == 1 ? "column " : "columns ") + list(shown);
    return error(file, "", "a column " + quoted(name), got, remedy);
  }

  static FormatException csvText(Path file, long row, String column, String cell) {
    String remedy = "correct the cell, or leave the column out";
    return error(file, cell(row, column), "a number", quoted(cell), remedy);
  }

  static FormatException csvEmptyCell(Path file, long row, String column) {
    String remedy = "fill it in, leave the row out, or leave the column out";
    return error(file, cell(row, column), "a number", "an empty cell", remedy);
  }

  static FormatException csvNotFinite(Path file, String where, String cell) {
    String remedy = "fill it in, leave the row out, or leave the column out";
    return error(file, where, "a finite float32", quoted(cell), remedy);
  }

  static FormatException csvNoHeader(Path file, String got) {
    return error(file, "row 1", "a header of column names", got, "");
  }

  static FormatException csvNoRows(Path file, List<String> columns) {
    String expected = "rows of data after the header " + list(columns);
    return error(file, "", expected, "none", "");
  }

  static FormatException csvSyntax(Path file, RuntimeException cause) {
    return caused(
        file, "", "CSV", quoted(String.valueOf(cause.getMessage())), "check its quotes", cause);
  }

  static IllegalArgumentException tableRow(int row, int got, int columns) {
    return new IllegalArgumentException(
        "CsvTable.of: row "
            + row
            + " has "
            + plural(got, "cell")
            + " for "
            + plural(columns, "column"));
  }

  static IllegalArgumentException tableShape(Shape shape, int columns) {
    return new IllegalArgumentException(
        "CsvTable.of: "
            + plural(columns, "column")
            + " need values (rows, "
            + columns
            + "), got "
            + shape);
  }
}
