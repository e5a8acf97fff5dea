package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Sequential;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names from files and arguments neither move the cursor nor make up lines. */
class ForgedNamesTest {
  private static final String FORGED = "x\u001b[31m\nlanewise: all is well";
  private static final String SHOWN = "x\\u001b[31m\\nlanewise: all is well";

  @TempDir Path directory;

  @Test
  void aFileThatIsNotThere() {
    Path missing = directory.resolve(FORGED);
    assertEquals(
        "lanewise: "
            + directory.resolve(SHOWN)
            + ": expected a file, got none of that name; check the path\n",
        Terminal.run("inspect", missing.toString()).err());
  }

  @Test
  void anOptionThatIsNotThere() {
    String err = Terminal.run("inspect", "m.safetensors", "--" + FORGED).err();
    assertTrue(err.startsWith("lanewise: ") && err.contains("--" + SHOWN), err);
    assertEquals(2, err.lines().count(), err);
  }

  @Test
  void aLayerListThatIsNone() {
    String err = Terminal.run("train", "--data", "d.csv", "--layers", FORGED).err();
    assertFalse(err.contains("\u001b"), err);
    assertFalse(err.contains("\nlanewise"), err);
  }

  @Test
  void layersAndMetadataOfAModel() {
    Path file = directory.resolve("model.safetensors");
    Sequential model = Sequential.of(Dense.of(1).named(FORGED)).build(2, 1);
    ModelFile.save(model, Map.of(FORGED, FORGED), file);
    String out = Terminal.run("inspect", file.toString()).out();
    assertTrue(out.contains(SHOWN + ": " + SHOWN), out);
    assertFalse(out.contains("\u001b"), out);
    assertFalse(out.contains("\nlanewise"), out);
  }
}
