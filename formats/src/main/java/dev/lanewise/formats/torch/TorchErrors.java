package dev.lanewise.formats.torch;

import static dev.lanewise.formats.text.Phrases.CUT;
import static dev.lanewise.formats.text.Phrases.at;
import static dev.lanewise.formats.text.Phrases.axes;
import static dev.lanewise.formats.text.Phrases.hex;
import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.meant;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;
import static dev.lanewise.formats.text.Phrases.start;

import dev.lanewise.formats.FormatException;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collection;

/** Builds the exceptions of PyTorch's files. */
final class TorchErrors {
  private static final String SAVE = "torch.save(model.state_dict(), \"model.pt\")";

  /** The way out of a type that is not read. */
  static final String CONVERT = "convert it before torch.save, for instance with tensor.float()";

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

  /** Elements of a tensor as they follow each other in the file, from one after its first on. */
  static String run(String tensor, long from) {
    return tensor + ", in the order of memory from element " + from + " on";
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

  static FormatException longText(Path file, String where, long most, long size) {
    String expected = "a text of at most " + most + " bytes";
    String remedy = "save the tensors alone: " + SAVE;
    return error(file, where, expected, Long.toUnsignedString(size), remedy);
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

  static FormatException noTorchFile(Path file, byte[] head) {
    String expected = "a file of torch.save: a zip archive, or the magic number of before 1.6";
    return error(file, "", expected, start(head), "write it in PyTorch: " + SAVE);
  }

  static FormatException noPickle(Path file, Collection<String> entries) {
    String expected = "an archive of torch.save, with an entry data.pkl in its one folder";
    return error(file, "", expected, list(entries), "write it in PyTorch: " + SAVE);
  }

  static FormatException order(Path file, String where, String got) {
    return error(file, where, "\"little\" or \"big\"", quoted(got), DAMAGED);
  }

  static FormatException noStorage(Path file, String where, String entry) {
    return error(file, where, "its elements in the entry " + quoted(entry), "none", DAMAGED);
  }

  static FormatException storageSize(
      Path file, String where, String entry, long expected, long got) {
    String needed = plural(expected, "byte") + " in the " + entry;
    return error(file, where, needed, "" + got, DAMAGED);
  }

  static FormatException version(Path file, String where, long expected, Object got) {
    String found = got instanceof Long number ? "" + number : words(got);
    return error(file, where, "version " + expected + " of torch.save", found, DAMAGED);
  }

  static FormatException key(Path file, String key, Collection<String> before) {
    String expected = "the key of a storage that a tensor has, each once";
    String got = key + " after " + (before.isEmpty() ? "none" : list(before));
    return error(file, "the list of storages", expected, got, DAMAGED);
  }

  static FormatException keyMissing(Path file, String key) {
    String expected = "the storage " + quoted(key) + ", which a tensor has";
    return error(file, "the list of storages", expected, "none of that key", DAMAGED);
  }

  static FormatException tooLong(Path file, long position, long more) {
    String got = plural(more, "byte") + " more";
    String remedy = "the file was added to, or several were written to it: save each alone";
    return error(file, at(position), "the end of the last storage", got, remedy);
  }

  static FormatException noStateDict(Path file, String got) {
    String expected = "a state_dict, a dict of names and tensors, or one dict that holds one";
    return error(file, "", expected, got, "save the model's: " + SAVE);
  }

  static FormatException stateDicts(Path file, Collection<String> paths) {
    String first = paths.iterator().next();
    return error(
        file,
        "",
        "one state_dict",
        paths.size() + ": " + list(paths),
        "save the one alone in PyTorch, for instance torch.save(" + first + ", \"model.pt\")");
  }

  private static String attribute(String prefix) {
    return prefix.isEmpty() ? "" : "module " + quoted(prefix.substring(0, prefix.length() - 1));
  }

  static FormatException deep(Path file, String prefix, int deepest) {
    String expected = "modules at most " + deepest + " deep";
    return error(file, attribute(prefix), expected, "deeper ones", "");
  }

  static FormatException ownState(Path file, String prefix, String type) {
    return error(
        file,
        attribute(prefix),
        "a module with its tensors as attributes",
        "one of the class " + quoted(type) + ", whose code packs them",
        "save the module that it was made of, not quantized: " + SAVE);
  }

  static FormatException manyNames(Path file, int most) {
    String expected = "classes of at most " + most + " parameters and buffers together";
    return error(file, "", expected, "more", "save the tensors alone: " + SAVE);
  }

  static FormatException longNames(Path file, long most) {
    String expected = "names of attributes of at most " + most + " characters together";
    return error(file, "", expected, "more", "save the tensors alone: " + SAVE);
  }

  static FormatException unread(Path file, String where, String got, String remedy) {
    return error(file, where, "a dense tensor of real numbers", got, remedy);
  }

  static FormatException view(Path file, String where, PickleValue.View view) {
    String expected =
        "a view within its storage of "
            + plural(view.storage.size, "element")
            + " of "
            + view.storage.type.words();
    String got =
        "sizes "
            + axes(view.sizes)
            + " and strides "
            + axes(view.strides)
            + " of "
            + view.type.words()
            + " from element "
            + view.offset
            + " on";
    return error(file, where, expected, got, DAMAGED);
  }

  static FormatException overlap(Path file, String where, PickleValue.View view) {
    String got = "sizes " + axes(view.sizes) + " and strides " + axes(view.strides);
    String remedy = "save a copy of it: tensor.clone()";
    return error(file, where, "a view whose elements lie apart", got, remedy);
  }

  static FormatException sharing(Path file, long most, long used) {
    String expected = "tensors that share elements, of at most " + plural(most, "byte");
    return error(file, "", expected, plural(used, "byte"), "save copies of them: tensor.clone()");
  }

  static IllegalArgumentException target(String name, Shape shape, Tensor target) {
    return new IllegalArgumentException(
        "TorchTensors.copyTo: "
            + tensor(name)
            + " is a float32 "
            + shape
            + " but the target is a "
            + target.type()
            + " "
            + target.shape());
  }

  static FormatException tensorMissing(Path file, String name, Collection<String> names) {
    return error(file, "", "a tensor " + quoted(name), list(names), meant(name, names));
  }
}
