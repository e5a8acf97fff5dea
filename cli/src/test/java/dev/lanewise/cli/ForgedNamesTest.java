package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
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

  @Test
  void inputsAndOutputsOfAModel() {
    Path file = directory.resolve("model.safetensors");
    Value x = Input.rows(FORGED, 2);
    Model model = Model.of(x, Dense.of(1).apply(x).named(FORGED)).build(1);
    ModelFile.save(model, file);
    Path input = directory.resolve("x.npy");
    Npy.write(input, Tensor.zeros(1, 2));
    String out = "" + directory.resolve("y.npy");
    String[][] commands = {
      {"inspect", "" + file},
      {"predict", "--model", "" + file, "--input", "" + input, "--out", out},
      {"predict", "--model", "" + file, "--input", "a=" + input, "--out", out},
    };
    for (String[] command : commands) {
      Terminal run = Terminal.run(command);
      String said = run.out() + run.err();
      assertTrue(said.contains(SHOWN), said);
      assertFalse(said.contains("\u001b"), said);
      assertFalse(said.contains("\nlanewise"), said);
    }
  }
}
