package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Model;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One model's weights in every layout that Keras has; see resources/keras3/README.md. */
class KerasLayoutsTest {
  /** Keras and this library each round to float32 in some 20 steps. */
  private static final double TOLERANCE = 2e-6;

  @TempDir static Path directory;
  private static Path layouts;
  private static Path plain;

  @BeforeAll
  static void unzip() {
    layouts = Unzipped.into(directory.resolve("layouts"), "keras3/layouts.zip");
    plain = layouts.resolve("plain");
  }

  private static Path json() {
    return plain.resolve("model.json");
  }

  private static void answers(Model model, Path folder) {
    Tensor expected = Npy.read(folder.resolve("y0.npy"));
    Tensor x = Npy.read(folder.resolve("x0.npy"));
    Tensor got =
        model.predict(Map.of(model.inputNames().getFirst(), x)).get(model.outputNames().getFirst());
    assertEquals(expected.shape(), got.shape());
    assertTrue(got.allClose(expected, 0, TOLERANCE), () -> "expected " + expected + "\ngot " + got);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.weights.h5",
        "windows.weights.h5",
        "keras2_windows.weights.h5",
        "sharded.weights.json",
        "get_weights.npz",
        "fortran.npz"
      })
  void readsWeightsBesideTheirJson(String name) {
    answers(KerasFile.loadModel(plain.resolve(name), json()), plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras2.keras", "keras2_windows.keras"})
  void readsArchivesOfKeras2(String name) {
    answers(KerasFile.loadModel(plain.resolve(name)), plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "bfloat16"})
  void readsWeightsOfHalfThePrecision(String name) {
    answers(KerasFile.load(layouts.resolve(name + "/model.keras")), layouts.resolve(name));
    answers(KerasFile.load(layouts.resolve(name + "/model.h5")), layouts.resolve(name));
  }

  // Refusals

  private static Path npz(Map<String, Tensor> arrays) throws IOException {
    Path file = Files.createTempFile(directory, "arrays", ".npz");
    Npz.write(file, arrays);
    return file;
  }

  @Test
  void refusesAnotherCountOfArraysThanTheModelHasWeights() throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>(Npz.read(plain.resolve("get_weights.npz")));
    assertEquals(20, arrays.size());
    arrays.keySet().removeIf(name -> !name.equals("arr_0") && !name.equals("arr_1"));
    Path few = npz(arrays);
    String remedy = "; write them with numpy.savez(file, *model.get_weights())";
    String expected = ": expected 20 arrays, arr_0.npy and on, as the model has weights, got ";
    refused(
        few, expected + "2: arr_0.npy, arr_1.npy" + remedy, () -> KerasFile.loadModel(few, json()));
    Path named = npz(Map.of("kernel", arrays.get("arr_0")));
    refused(named, expected + "1: kernel.npy" + remedy, () -> KerasFile.loadModel(named, json()));
  }

  @Test
  void namesAnArrayOfAnotherShape() throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>(Npz.read(plain.resolve("get_weights.npz")));
    arrays.put("arr_1", arrays.get("arr_0"));
    Path file = npz(arrays);
    refused(
        file,
        ", entry \"arr_1.npy\": expected both/forward/recurrent_kernel (2, 8), got (3, 8); the"
            + " weights belong to another model",
        () -> KerasFile.loadModel(file, json()));
  }

  @Test
  void namesAnArchiveOfPickles() throws IOException {
    Path file = Files.createTempFile(directory, "pickled", ".keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : List.of("metadata.json", "config.json", "model.weights.npz")) {
        zip.putNextEntry(new ZipEntry(entry));
        if (entry.equals("metadata.json")) {
          zip.write("{\"keras_version\": \"3.0.0\"}".getBytes(StandardCharsets.UTF_8));
        } else if (entry.equals("config.json")) {
          zip.write(Files.readAllBytes(json()));
        }
      }
    }
    refused(
        file,
        ": expected the weights in HDF5, \"model.weights.h5\", got \"model.weights.npz\", whose"
            + " arrays are pickled Python objects; load the model in Keras and save it again with"
            + " model.save(\"model.keras\")",
        () -> KerasFile.loadModel(file));
  }

  private static Path index(String json) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "index", ".json"), json);
  }

  private static void refusedIndex(String json, String rest) throws IOException {
    Path index = index(json);
    refused(index, rest, () -> KerasFile.loadModel(index, json()));
  }

  @Test
  void refusesShardsOutsideTheFolder() throws IOException {
    for (String name : List.of("../a.h5", "/a.h5", "a/b.h5", "", "..", "C:a.h5", "a\\b.h5")) {
      refusedIndex(
          "{\"weight_map\": {\"/layers/lstm/cell/vars\": [\""
              + name.replace("\\", "\\\\")
              + "\"]}}",
          ", weight_map: expected names of files in the folder of the JSON, got \""
              + Printable.of(name)
              + "\"; put the shard beside the JSON, and write its plain name");
    }
  }

  @Test
  void namesAShardThatIsMissing() throws IOException {
    refusedIndex(
        "{\"weight_map\": {\"/layers/lstm/cell/vars\": \"none.weights.h5\"}}",
        ", weight_map: expected a file \"none.weights.h5\" in the folder of the JSON, got none of"
            + " that name; copy every file that model.save_weights wrote into one folder");
  }

  @Test
  void refusesAnIndexOfNoFiles() throws IOException {
    refusedIndex("{\"weight_map\": {}}", ", weight_map: expected 1 to 1000 files, got 0");
    refusedIndex(
        "{\"class_name\": \"Sequential\"}",
        ": expected Keras weights: HDF5, or JSON with \"weight_map\", got an object of class_name;"
            + " is this the model's JSON? The weights come first: KerasFile.load(weights, config)");
  }

  @Test
  void refusesAnIndexThatLeavesAShardOut() throws IOException {
    String whole = Files.readString(plain.resolve("sharded.weights.json"));
    Path index = plain.resolve("some.weights.json");
    Files.writeString(index, whole.replace("sharded_00000", "sharded_00001"));
    refused(
        index,
        ", layer \"layers/bidirectional\": expected 6 arrays: both/forward/kernel (3, 8),"
            + " both/forward/recurrent_kernel (2, 8), both/forward/bias (8), both/backward/kernel"
            + " (3, 8), both/backward/recurrent_kernel (2, 8), both/backward/bias (8), got none; the"
            + " weights belong to another model",
        () -> KerasFile.loadModel(index, json()));
  }
}
