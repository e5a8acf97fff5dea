package dev.lanewise.formats.models;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.ModelReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no model of this library or of Keras is named, each in its own user's language. */
class ForeignFileTest {
  private static final String EXPECTED =
      ": expected a model of Lanewise (.safetensors), Keras (.h5, .keras), PyTorch (.pt,"
          + " .safetensors), TensorFlow.js (model.json), or an audio network (.json, .nam), got ";
  private static final String SAVE = "model.save(\"model.keras\")";
  private static final String REBUILD =
      "; build the same layers in Keras, set their weights from it, and " + SAVE;
  private static final String KERAS_OF_IT = "; save the Keras model that it was made of: " + SAVE;

  @TempDir Path directory;

  /** Each character a byte. */
  private static Arguments of(String start, String message) {
    return Arguments.of(start, message);
  }

  static Stream<Arguments> files() {
    return Stream.of(
        of("", "an empty file; copy it again where it came from"),
        of("\u0093NUMPY\u0001\0", "an .npy array"),
        of(
            "\u0080\u0004\u0095",
            "a Python pickle; load it in Python, and if it holds a Keras model, " + SAVE),
        of(
            "\b\u0001\u0012\u00c4\u0001\n",
            "the saved_model.pb of a TensorFlow SavedModel; in Python with TensorFlow 2.15 or"
                + " earlier: tf.keras.models.load_model of its folder, and save(\"model.h5\")"),
        of(
            "\b\u0008\u0012\u0007pytorch",
            "an ONNX model; ONNX is not read: save the model where it was made with Keras's "
                + SAVE
                + ", or build the same layers in Keras, set their weights from it, and "
                + SAVE),
        of("\u001c\0\0\0TFL3", "a TensorFlow Lite model" + KERAS_OF_IT),
        of("\n*\n\u0001x\u0012\u000bPlaceholder", "a frozen TensorFlow graph (.pb)" + KERAS_OF_IT),
        of("GGUF", "a GGUF model"),
        of("\u001f\u008b\b", "a gzip file; unpack it first: gunzip"),
        of("BZh9", "a bzip2 file; unpack it first: bunzip2"),
        of("\u00fd7zXZ\0", "an xz file; unpack it first: unxz"),
        of("(\u00b5/\u00fd", "a Zstandard file; unpack it first: unzstd"),
        of("7z\u00bc\u00af'", "a 7z archive; unpack it first: 7z x"),
        of("model.h5" + "\0".repeat(249) + "ustar", "a tar archive; unpack it first: tar xf"),
        of("MATLAB 5.0 MAT-file, Platform: GLNXA64", "a MATLAB .mat file" + REBUILD),
        of("MATLAB 7.3 MAT-file, Platform: GLNXA64", "a MATLAB .mat file" + REBUILD),
        of(
            "version https://git-lfs.github.com/spec/v1\noid sha256:0",
            "a Git LFS pointer, not the file itself; git lfs pull fetches it"),
        of(
            "model_checkpoint_path: \"ckpt\"",
            "the checkpoint file of a TensorFlow checkpoint; load it in Keras with"
                + " model.load_weights, and "
                + SAVE),
        of(
            "\n<!DOCTYPE html>\n<html>",
            "an HTML page; download the file itself, not the page about it (\"Raw\" or"
                + " \"Download\")"),
        of(
            "<HTML lang=en>",
            "an HTML page; download the file itself, not the page about it (\"Raw\" or"
                + " \"Download\")"),
        of(
            "<?xml version=\"1.0\"?><Error>",
            "an XML document; if it is an error of the download, download it again"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesAFile(String start, String message) throws IOException {
    Path file = directory.resolve("model.h5");
    Files.write(file, start.getBytes(StandardCharsets.ISO_8859_1));
    refused(file, EXPECTED + message, () -> ModelReader.read(file));
    FormatException e = assertThrows(FormatException.class, () -> KerasFile.load(file));
    assertEquals(message, e.got() + (e.remedy().isEmpty() ? "" : "; " + e.remedy()));
  }

  /** Where a reader of one format is given a file of another that can be read. */
  @Test
  void namesAFileOfAnotherReader() throws IOException {
    Map<String, String> names =
        Map.of(
            "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.",
            "a PyTorch file (.pt, .pth) of before PyTorch 1.6",
            "{\"format\": \"layers-model\", \"modelTopology\": {",
            "a TensorFlow.js model.json",
            "{\"in_shape\": [null, 1], \"layers\": []}",
            "an RTNeural model");
    for (Map.Entry<String, String> each : names.entrySet()) {
      Path file = directory.resolve("model.h5");
      Files.write(file, each.getKey().getBytes(StandardCharsets.ISO_8859_1));
      FormatException e = assertThrows(FormatException.class, () -> KerasFile.load(file));
      assertEquals(each.getValue(), e.got());
      assertEquals("ModelReader.read(file) reads it", e.remedy());
    }
    Path script = zip("m/data.pkl", "m/code/__torch__.py", "m/version");
    FormatException e = assertThrows(FormatException.class, () -> KerasFile.load(script));
    assertEquals("a TorchScript model (.pt)", e.got());
  }

  private Path zip(String... entries) throws IOException {
    Path file = directory.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
      }
    }
    return file;
  }

  private void namesAnArchive(String message, String... entries) throws IOException {
    Path file = zip(entries);
    String expected = ": expected a .keras archive, with \"metadata.json\" in it, got ";
    refused(file, expected + message, () -> ModelReader.read(file));
  }

  @Test
  void namesAnArchiveByWhatIsInIt() throws IOException {
    namesAnArchive(
        "a zipped TensorFlow SavedModel; unzip it, then in Python with TensorFlow 2.15 or earlier:"
            + " tf.keras.models.load_model of its folder, and save(\"model.h5\")",
        "m/saved_model.pb",
        "m/variables/variables.index");
    namesAnArchive("a Deeplearning4j model" + REBUILD, "configuration.json", "coefficients.bin");
    namesAnArchive("an .npz of the arrays x.npy, y.npy", "x.npy", "y.npy");
    namesAnArchive("a zip archive of my.keras; unzip it first", "my.keras", "readme.txt");
    namesAnArchive(
        "an archive of readme.txt; save the model in Keras with model.save", "readme.txt");
  }

  @Test
  void namesAFolderByWhatIsInIt() throws IOException {
    refused(directory, ": expected a file, got a directory", () -> ModelReader.read(directory));
    Path config = Files.writeString(directory.resolve("config.json"), "{}");
    Files.writeString(directory.resolve("model.weights.h5"), "");
    refused(
        directory,
        EXPECTED
            + "an unzipped .keras archive; zip what is in it: zip -r model.keras . within the"
            + " folder",
        () -> ModelReader.read(directory));
    Files.move(config, directory.resolve("model.json"));
    refused(
        directory,
        EXPECTED
            + "a folder with a model.json; name the file of weights in it, and give the JSON beside"
            + " it",
        () -> ModelReader.read(directory));
    Files.writeString(directory.resolve("saved_model.pb"), "");
    refused(
        directory,
        EXPECTED
            + "the folder of a TensorFlow SavedModel; in Python with TensorFlow 2.15 or earlier:"
            + " tf.keras.models.load_model of the folder, and save(\"model.h5\")",
        () -> KerasFile.load(directory));
  }

  @Test
  void knowsNothingOfOtherFiles() {
    assertNull(ForeignFile.of("date,wind\n".getBytes(StandardCharsets.US_ASCII)));
    assertNull(ForeignFile.of("{\"class_name\": 1}".getBytes(StandardCharsets.US_ASCII)));
    assertNull(ForeignFile.ofArchive(List.of("config.json")));
  }
}
