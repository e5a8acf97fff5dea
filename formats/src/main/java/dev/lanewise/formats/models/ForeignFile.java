package dev.lanewise.formats.models;

import dev.lanewise.formats.text.Phrases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds a model of another tool, or no model at all, by what it begins with.
 *
 * @param name what it is, in the words of those who use it
 * @param remedy the way to a file that can be read; may be empty
 */
public record ForeignFile(String name, String remedy) {
  /** As many bytes of a file's start as are looked at. */
  public static final int HEAD = 4096;

  private static final String SAVE = "model.save(\"model.keras\")";
  private static final String REBUILD =
      "build the same layers in Keras, set their weights from it, and " + SAVE;
  private static final String KERAS_OF_IT = "save the Keras model that it was made of: " + SAVE;
  private static final String READ = "ModelReader.read(file) reads it";
  private static final String UNPACK = "unpack it first: ";

  private record Kind(Predicate<byte[]> begins, String name, String remedy) {}

  private static Kind bytes(String name, String remedy, int... start) {
    return new Kind(head -> begins(head, 0, start), name, remedy);
  }

  private static Kind text(String start, String name, String remedy) {
    return new Kind(head -> text(head).startsWith(start), name, remedy);
  }

  private static Kind json(String member, String name, String remedy) {
    return new Kind(
        head -> text(head).startsWith("{") && text(head).contains("\"" + member + "\""),
        name,
        remedy);
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(head -> head.length == 0, "an empty file", "copy it again where it came from"),
          bytes("an .npy array", "", 0x93, 'N', 'U', 'M', 'P', 'Y'),
          // torch.save before 1.6 begins with a pickled magic number.
          bytes(
              "a PyTorch file (.pt, .pth) of before PyTorch 1.6",
              READ,
              0x80,
              2,
              0x8a,
              0x0a,
              0x6c,
              0xfc,
              0x9c,
              0x46),
          new Kind(
              head -> begins(head, 0, 0x80) && head.length > 1 && head[1] >= 2 && head[1] <= 5,
              "a Python pickle",
              "load it in Python, and if it holds a Keras model, " + SAVE),
          new Kind(
              ForeignFile::isSavedModel,
              "the saved_model.pb of a TensorFlow SavedModel",
              load("its folder")),
          new Kind(
              ForeignFile::isOnnx,
              "an ONNX model",
              "ONNX is not read: save the model where it was made with Keras's "
                  + SAVE
                  + ", or "
                  + REBUILD),
          new Kind(
              head -> begins(head, 4, 'T', 'F', 'L', '3'), "a TensorFlow Lite model", KERAS_OF_IT),
          new Kind(ForeignFile::isGraph, "a frozen TensorFlow graph (.pb)", KERAS_OF_IT),
          bytes("a GGUF model", "", 'G', 'G', 'U', 'F'),
          bytes("a gzip file", UNPACK + "gunzip", 0x1f, 0x8b),
          bytes("a bzip2 file", UNPACK + "bunzip2", 'B', 'Z', 'h'),
          bytes("an xz file", UNPACK + "unxz", 0xfd, '7', 'z', 'X', 'Z'),
          bytes("a Zstandard file", UNPACK + "unzstd", 0x28, 0xb5, 0x2f, 0xfd),
          bytes("a 7z archive", UNPACK + "7z x", '7', 'z', 0xbc, 0xaf),
          new Kind(
              head -> begins(head, 257, 'u', 's', 't', 'a', 'r'),
              "a tar archive",
              UNPACK + "tar xf"),
          text("MATLAB 5.0 MAT-file", "a MATLAB .mat file", REBUILD),
          text("MATLAB 7.3 MAT-file", "a MATLAB .mat file", REBUILD),
          text(
              "version https://git-lfs.github.com",
              "a Git LFS pointer, not the file itself",
              "git lfs pull fetches it"),
          text(
              "model_checkpoint_path:",
              "the checkpoint file of a TensorFlow checkpoint",
              "load it in Keras with model.load_weights, and " + SAVE),
          new Kind(
              ForeignFile::isHtml,
              "an HTML page",
              "download the file itself, not the page about it (\"Raw\" or \"Download\")"),
          text("<?xml", "an XML document", "if it is an error of the download, download it again"),
          json("modelTopology", "a TensorFlow.js model.json", READ),
          json("in_shape", "an RTNeural model", READ));

  /** What a file is that begins with these bytes; null where nothing is known of it. */
  public static @Nullable ForeignFile of(byte[] head) {
    return KINDS.stream()
        .filter(kind -> kind.begins.test(head))
        .findFirst()
        .map(kind -> new ForeignFile(kind.name, kind.remedy))
        .orElse(null);
  }

  /** What a zip archive is that has these entries. */
  public static @Nullable ForeignFile ofArchive(List<String> entries) {
    if (anyEnds(entries, "data.pkl")) {
      boolean script = entries.stream().anyMatch(name -> name.contains("/code/"));
      return new ForeignFile(
          script ? "a TorchScript model (.pt)" : "a PyTorch file (.pt, .pth)", READ);
    }
    if (anyEnds(entries, "saved_model.pb")) {
      return new ForeignFile(
          "a zipped TensorFlow SavedModel", "unzip it, then " + load("its folder"));
    }
    if (entries.contains("configuration.json") && entries.contains("coefficients.bin")) {
      return new ForeignFile("a Deeplearning4j model", REBUILD);
    }
    if (!entries.isEmpty() && entries.stream().allMatch(name -> name.endsWith(".npy"))) {
      return new ForeignFile("an .npz of the arrays " + Phrases.list(entries), "");
    }
    List<String> models =
        entries.stream().filter(name -> name.endsWith(".keras") || name.endsWith(".h5")).toList();
    return models.isEmpty() || entries.contains("model.weights.h5")
        ? null
        : new ForeignFile("a zip archive of " + Phrases.list(models), "unzip it first");
  }

  /** What a folder is; null for a plain one. */
  static @Nullable ForeignFile ofFolder(Path folder) {
    if (Files.exists(folder.resolve("saved_model.pb"))) {
      return new ForeignFile("the folder of a TensorFlow SavedModel", load("the folder"));
    }
    if (Files.exists(folder.resolve("model.json"))) {
      return new ForeignFile(
          "a folder with a model.json",
          "name the file of weights in it, and give the JSON beside it");
    }
    if (Files.exists(folder.resolve("config.json"))
        && Files.exists(folder.resolve("model.weights.h5"))) {
      return new ForeignFile(
          "an unzipped .keras archive",
          "zip what is in it: zip -r model.keras . within the folder");
    }
    return null;
  }

  private static String load(String folder) {
    return "in Python with TensorFlow 2.15 or earlier: tf.keras.models.load_model of "
        + folder
        + ", and save(\"model.h5\")";
  }

  private static boolean anyEnds(List<String> names, String end) {
    return names.stream().anyMatch(name -> name.endsWith(end));
  }

  private static boolean begins(byte[] head, int at, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= head.length || head[at + i] != (byte) bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1).strip();
  }

  private static boolean isHtml(byte[] head) {
    String start = text(head).toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html") || start.startsWith("<html");
  }

  /** A protobuf with a schema version of 1, then a message that begins with a message. */
  private static boolean isSavedModel(byte[] head) {
    return begins(head, 0, 8, 1, 0x12);
  }

  /** A protobuf with the version of the format, then one of the fields of a ModelProto. */
  private static boolean isOnnx(byte[] head) {
    int[] fields = {0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72};
    return head.length > 2
        && head[0] == 8
        && head[1] >= 1
        && head[1] < 32
        && Arrays.stream(fields).anyMatch(field -> head[2] == field);
  }

  /** A protobuf of nodes, the first of which has a name and an operation. */
  private static boolean isGraph(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    return begins(head, 0, 0x0a)
        && (start.contains("\u0012\u000bPlaceholder") || start.contains("\u0012\u0005Const"));
  }
}
