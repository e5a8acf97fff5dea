package dev.lanewise.formats.safetensors;

import static dev.lanewise.formats.text.Phrases.CUT;
import static dev.lanewise.formats.text.Phrases.at;
import static dev.lanewise.formats.text.Phrases.axes;
import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.meant;
import static dev.lanewise.formats.text.Phrases.names;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;
import static dev.lanewise.formats.text.Phrases.shown;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.ElementType;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/** Builds the exceptions of safetensors files. */
public final class SafeTensorsErrors {
  private SafeTensorsErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  public static String tensor(String name) {
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

  static FormatException cut(Path file, long position, String expected, long got) {
    return error(file, at(position), expected, got + " to the end of the file", CUT);
  }

  static FormatException tooLong(Path file, long position, long expected, long got) {
    return error(
        file,
        at(position),
        plural(expected, "byte") + " of tensors",
        got + " to the end of the file",
        "the file was added to, or its header is another file's");
  }

  static FormatException headerLength(Path file, long most, long length) {
    return error(
        file,
        at(0),
        "a header length of at most " + most,
        Long.toUnsignedString(length),
        "this is no .safetensors file");
  }

  static FormatException brace(Path file, long position, int next) {
    return error(
        file,
        at(position),
        "a header that begins with \"{\"",
        next < 0 ? "an empty one" : shown(next),
        "this is no .safetensors file");
  }

  static FormatException type(Path file, String where, String type) {
    String expected = "one of the types " + list(names(ElementType.values()));
    return error(file, where, expected, quoted(type), "convert it before saving");
  }

  static FormatException offsets(Path file, String where, long[] offsets) {
    String expected = "data_offsets [begin, end] with begin <= end";
    return error(file, where, expected, Arrays.toString(offsets), "");
  }

  static FormatException overflow(Path file, String where, long[] dims, ElementType type) {
    String expected = "a shape whose " + type + " elements fit 63 bits of bytes";
    return error(file, where, expected, axes(dims), "");
  }

  static FormatException size(
      Path file, String where, Shape shape, ElementType type, long needed, long[] offsets) {
    String expected = plural(needed, "byte") + " for " + shape + " of " + type;
    return error(file, where, expected, "data_offsets " + Arrays.toString(offsets), "");
  }

  static FormatException gap(Path file, String name, long expected, long got) {
    return error(
        file,
        tensor(name),
        "data_offsets that begin at " + expected + ", where the tensor before ends",
        Long.toString(got),
        got > expected ? "there is a hole between them" : "the two overlap");
  }

  public static FormatException tensorMissing(Path file, String name, Collection<String> names) {
    return error(file, "", "a tensor " + quoted(name), list(names), meant(name, names));
  }
}
