package dev.lanewise.formats.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.Resources;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of PyTorch 1.13 and Keras 3.15: the files that {@code make_audio_goldens.py} made. */
class AudioModelTest {
  private static final Path FILES = Resources.resource("audio");
  private static final String GOLDEN = ".golden.json";
  private static final float TOLERANCE = 2e-6f;

  static List<String> names() throws IOException {
    try (var files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(GOLDEN))
          .map(name -> name.substring(0, name.length() - GOLDEN.length()))
          .sorted()
          .toList();
    }
  }

  private static Path file(String name) {
    return FILES.resolve(name + ".json");
  }

  private static Tensor golden(String name, String key) throws IOException {
    Path file = FILES.resolve(name + GOLDEN);
    Object json = Json.parse(Files.readAllBytes(file), file, "", 0);
    Tensor read = AudioArrays.tensor(JsonObject.of(json, file, "").member(key), file, key);
    return read.expandDims(0).contiguous();
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheirNumbers(String name) throws IOException {
    Model model = AudioModel.read(file(name), false).model();
    try (Predictor predictor = model.predictor()) {
      Tensor y = predictor.predict(golden(name, "x"));
      assertArrayEquals(golden(name, "y").toArray(), y.toArray(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void streamsTheBitsOfAPrediction(String name) throws IOException {
    Model model = AudioModel.read(file(name), false).model();
    if (!model.layers().stream().allMatch(Layer::streams)) {
      assertEquals("rtneural_conv", name);
      return;
    }
    Tensor x = golden(name, "x");
    try (Predictor predictor = model.predictor();
        Stream stream = predictor.stream(1)) {
      Tensor y = predictor.predict(x);
      for (int step = 0; step < x.dim(1); step++) {
        Tensor one = Tensor.zeros(1, y.dim(2));
        stream.step(x.select(1, step).contiguous(), one);
        assertArrayEquals(y.select(1, step).toArray(), one.toArray(), 0f, "step " + step);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "torch_lstm, PyTorch JSON, true",
    "guitarml_lstm_skip, GuitarML JSON, false",
    "guitarml_gru_plain, GuitarML JSON, true",
    "rtneural_lstm, RTNeural JSON, true",
    "aida_plain, AIDA-X JSON, true",
    "nam_one, NAM, true",
    "aida_knob, AIDA-X JSON, false",
  })
  void saysTheFormAndIsAChainWithoutASkip(String name, String form, boolean chain) {
    AudioModel read = AudioModel.read(file(name), false);
    assertEquals(form, read.form());
    assertEquals(chain, read.model() instanceof Sequential);
  }

  @Test
  void keepsWhatAFileSaysOfItself() {
    assertEquals(
        Map.of("name", "test", "samplerate", "48000"),
        AudioModel.read(file("aida_plain"), false).metadata());
    assertEquals(
        Map.of(
            "loudness",
            "-20.5",
            "gear_type",
            "amp",
            "version",
            "0.5.4",
            "architecture",
            "LSTM",
            "sample_rate",
            "48000"),
        AudioModel.read(file("nam_one"), false).metadata());
    assertEquals("44100", AudioModel.read(file("aida_skip"), false).metadata().get("samplerate"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isKnownByItsFirstBytes(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    assertTrue(AudioModel.begins(Arrays.copyOf(whole, Math.min(200, whole.length))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"layers\": [{\"weights\": [[[1, 2; true",
        "{\"output_batch\": [1, 2, 3; true",
        "{\"dense.weight\": [[1, 2; true",
        "{\"weights\": [1]} ; false",
        "{\"metadata\": {\"name\": \"x\", \"loudness\": -3; true",
        "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"weights\": 1}; false",
        "{\"version\": 1, \"features\": 2, \"layers\": [{\"type\": \"Lstm\"; false",
        "[{\"in_shape\": 1}]; false",
        "{\"note\": \"in_shape\"}; false",
        "in_shape; false",
      })
  void knowsKeysInAnyOrder(String start, boolean known) {
    byte[] head = start.getBytes(StandardCharsets.UTF_8);
    assertEquals(known, AudioModel.begins(head));
  }

  @Test
  void nothingBeginsAnEmptyFile() {
    assertFalse(AudioModel.begins(new byte[0]));
  }
}
