package dev.lanewise.cli.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitsManifestTest {
  @Test
  void whatDiffersIsNamed() {
    assertEquals(
        List.of(
            "a/fit: expected nothing, got 03",
            "a/predict: expected 01, got 02",
            "b/predict: expected 01, got nothing"),
        BitsManifest.differences(
                Map.of("a/predict", "01", "b/predict", "01", "c/predict", "01"),
                Map.of("a/predict", "02", "a/fit", "03", "c/predict", "01"))
            .stream()
            .map(BitsManifest.Difference::toString)
            .toList());
  }

  /** The models run at each width in another module: here their names alone. */
  @Test
  void keepsHashesOfEveryModelAndOfNoOther() {
    Set<String> kept =
        BitsManifest.read().keySet().stream()
            .map(name -> name.replaceFirst("/.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> models =
        Stream.concat(
                SeededModel.all().stream().map(SeededModel::name),
                Stream.of(SeededGraph.values()).map(SeededGraph::title))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(models, kept);
  }

  @Test
  void readsWhatItWrote(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bits.txt");
    Map<String, String> hashes = Map.of("a/predict", "01", "b/fit", "02");
    BitsManifest.write(file, hashes);
    assertEquals(hashes, BitsManifest.parse(Files.readString(file)));
  }

  @Test
  void refusesALineThatIsNoHashOrComesAgain() {
    for (String text : List.of("a/predict\n", "a/predict 01\na/predict 01\n")) {
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> BitsManifest.parse(text));
      assertEquals(
          "bits.txt: no name and hash, or a name again: " + text.lines().toList().getLast(),
          e.getMessage());
    }
  }
}
