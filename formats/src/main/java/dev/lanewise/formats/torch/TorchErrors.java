package dev.lanewise.formats.torch;

import static dev.lanewise.formats.text.Phrases.CUT;
import static dev.lanewise.formats.text.Phrases.at;
import static dev.lanewise.formats.text.Phrases.hex;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import java.nio.file.Path;

/** Builds the exceptions of PyTorch's files. */
final class TorchErrors {
  private static final String SAVE = "torch.save(model.state_dict(), \"model.pt\")";
  private static final String DAMAGED =
      "the file is damaged: copy it again, or write it again in PyTorch: " + SAVE;

  private TorchErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  static String where(String part, long position) {
    return (part.isEmpty() ? "" : part + ", ") + at(position);
  }

  /** A value in a pickle. */
  static String words(Object value) {
    return switch (value) {
      case PickleValue own -> own.words();
      case String text -> "the text " + quoted(text);
      case Boolean truth -> truth ? "True" : "False";
      default -> "the number " + value;
    };
  }

  static String tensor(String name) {
    return "tensor " + quoted(name);
  }

  static FormatException cut(Path file, String where, long expected, long got) {
    String unsigned = Long.toUnsignedString(expected) + (expected == 1 ? " byte" : " bytes");
    return error(file, where, unsigned + " more", got + " to its end", CUT);
  }

  static FormatException line(Path file, String where, int most) {
    return error(file, where, "a line of at most " + most + " bytes", "a longer one", DAMAGED);
  }

  static FormatException text(Path file, String where) {
    return error(file, where, "text in UTF-8", "bytes that are none", DAMAGED);
  }

  static FormatException number(Path file, String where, String line) {
    return error(file, where, "a number", quoted(line), DAMAGED);
  }

  static FormatException protocol(Path file, String where, int newest, int got) {
    String remedy = "save it without pickle_protocol: " + SAVE;
    return error(file, where, "a pickle of protocol 0 to " + newest, "" + got, remedy);
  }

  static FormatException opcode(Path file, String where, int opcode) {
    return error(file, where, "an opcode of a pickle", "byte " + hex(opcode), DAMAGED);
  }

  static FormatException damaged(Path file, String where, String expected, String got) {
    return error(file, where, expected, got, DAMAGED);
  }

  static FormatException large(Path file, String where, long most) {
    String expected = "a pickle whose values take at most " + (most >> 20) + " MiB";
    return error(file, where, expected, "more", "save the tensors alone: " + SAVE);
  }

  static FormatException call(Path file, String where, String function) {
    return error(
        file,
        where,
        "tensors and plain values",
        "a call of " + quoted(function) + ", which would run code",
        "if you trust the file, load it in PyTorch and save the tensors alone: " + SAVE);
  }

  static FormatException create(Path file, String where, String type) {
    return error(
        file,
        where,
        "tensors and plain values",
        "an object of the class " + quoted(type) + ", whose code is not in the file",
        "if you trust the file, load it in PyTorch and save the tensors alone: " + SAVE);
  }

  static FormatException storageClass(Path file, String where, String type) {
    String expected = "a storage of PyTorch, for instance torch.FloatStorage";
    return error(file, where, expected, quoted(type), "convert the tensors first, with .float()");
  }
}
