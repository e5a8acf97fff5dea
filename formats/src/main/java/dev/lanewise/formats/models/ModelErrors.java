package dev.lanewise.formats.models;

import static dev.lanewise.formats.text.Phrases.MOST_SAID;
import static dev.lanewise.formats.text.Phrases.hex;
import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.Printable;
import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Builds the exceptions of files of models, of whatever format. */
public final class ModelErrors {
  private static final int SHOWN = 24;
  private static final String MODEL =
      "a model of Lanewise (.safetensors), Keras (.h5, .keras), PyTorch (.pt, .safetensors),"
          + " TensorFlow.js (model.json), or an audio network (.json, .nam)";

  private ModelErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static FormatException caused(
      Path file, String where, String expected, String got, String remedy, Throwable cause) {
    return new FormatException(file, where, expected, got, remedy, cause);
  }

  public static FormatException noModel(Path file, byte[] head) {
    ForeignFile known = ForeignFile.of(head);
    return known == null
        ? new FormatException(file, "", MODEL, found(head), remedy(head))
        : foreign(file, MODEL, known);
  }

  public static FormatException folder(Path folder) {
    ForeignFile known = ForeignFile.ofFolder(folder);
    return known == null ? FileErrors.inputIsDirectory(folder) : foreign(folder, MODEL, known);
  }

  public static FormatException foreign(Path file, String expected, ForeignFile found) {
    return new FormatException(file, "", expected, found.name(), found.remedy());
  }

  /** The chain that a model is; refuses a graph. */
  public static Sequential requireChain(Model model, Path file, String remedy) {
    if (model instanceof Sequential chain) {
      return chain;
    }
    String got = "a graph from " + list(model.inputNames()) + " to " + list(model.outputNames());
    throw new FormatException(file, "", "a chain of layers", got, remedy);
  }

  public static FormatException archiveConfig(Path file, Path config) {
    return new FormatException(
        file,
        "",
        "no config beside a zip archive: a .keras archive holds its own",
        config.toString(),
        "leave the config out");
  }

  /** Refuses a list of modules beside a file that says its layers itself. */
  public static void requireNoLayers(Path file, String layers) {
    if (!layers.isEmpty()) {
      throw new FormatException(
          file,
          "--layers",
          "a state_dict of PyTorch, which does not say how its modules are called",
          "a file that says it",
          "leave the list out");
    }
  }

  static FormatException notFinite(Path file, Weight weight, long first, float value, long count) {
    String more = count == 1 ? "" : ", and " + (count - 1) + " more like it";
    return new FormatException(
        file,
        "weight " + quoted(weight.name()),
        "finite numbers",
        value + " at " + index(weight.shape(), first) + more,
        "the training ran away: save the model of before. To load it all the same:"
            + " LoadOptions.builder().allowNan(true), or --allow-nan");
  }

  /** The axes of an element from its place in row-major order: {@code [2, 0]}. */
  public static String index(Shape shape, long place) {
    long[] index = new long[shape.rank()];
    long rest = place;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return Arrays.toString(index);
  }

  private static String found(byte[] head) {
    if (isText(head)) {
      String start = new String(head, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
      return "text that begins with "
          + quoted(start.length() > SHOWN ? start.substring(0, SHOWN) : start);
    }
    StringBuilder bytes = new StringBuilder("the bytes");
    for (int i = 0; i < Math.min(4, head.length); i++) {
      bytes.append(' ').append(hex(head[i]));
    }
    return bytes.toString();
  }

  private static String remedy(byte[] head) {
    return isText(head) && begins(head, '{')
        ? "this looks like a model's JSON: give it as the config of the weights"
        : "";
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || head[i] != (byte) bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return head.length > 0;
  }

  static FormatException refused(Path file, String where, RuntimeException cause) {
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

  static FormatException longJson(Path file, long most, long size) {
    String expected = "JSON of at most " + most + " bytes";
    return error(file, "", expected, plural(size, "byte"), "is this the weights' file?");
  }
}
