package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.PredictorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * States that were kept hold the fingerprints of their models, so these never change: {@code
 * -Dlanewise.models.write=true} writes those of new models beside those that are there.
 */
class FingerprintTest {
  private static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();
  private static final Path KEPT = RESOURCES.resolve("fingerprints.txt");

  @TempDir Path directory;

  private static Map<String, Model> models() {
    Map<String, Model> all = new TreeMap<>();
    Models1.all().forEach((name, model) -> all.put("models-1/" + name, model));
    Models2.all().forEach((name, model) -> all.put("models-2/" + name, model));
    return all;
  }

  private static Map<String, String> kept() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String line : Files.readAllLines(KEPT)) {
      all.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' ')));
    }
    return all;
  }

  @Test
  void areThoseOfEveryReleaseBefore() throws IOException {
    Map<String, String> all = kept();
    if (Boolean.getBoolean("lanewise.models.write")) {
      models().forEach((name, model) -> all.putIfAbsent(name, model.fingerprint()));
      Files.write(KEPT, all.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
    }
    assertEquals(models().keySet(), all.keySet());
    all.forEach(
        (name, fingerprint) -> {
          Path file = RESOURCES.resolve(name + ".safetensors");
          assertEquals(fingerprint, models().get(name).fingerprint(), name);
          assertEquals(fingerprint, ModelFile.loadModel(file).fingerprint(), name);
          assertEquals(
              fingerprint,
              ModelReader.predictor(file, LoadOptions.of(), PredictorOptions.of()).fingerprint(),
              name);
        });
  }

  /** Each model file of the tests that is whole, in our format. */
  @Test
  void areTheSameFromEveryFormat() throws IOException {
    Path ours = directory.resolve("ours.safetensors");
    int models = 0;
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Model model;
        try {
          model = ModelReader.read(file).model();
        } catch (FormatException _) {
          continue; // arrays, weights alone, and what the tests of other formats refuse
        }
        models++;
        ModelFile.save(model, ours);
        assertEquals(model.fingerprint(), ModelFile.loadModel(ours).fingerprint(), file::toString);
      }
    }
    assertTrue(models > 100, models + " models");
  }
}
