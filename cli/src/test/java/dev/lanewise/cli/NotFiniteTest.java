package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither weights nor outputs that are NaN or infinite pass without a word. */
class NotFiniteTest {
  @TempDir private Path directory;
  private String model;
  private String x;
  private String y;

  @BeforeEach
  void paths() {
    model = directory.resolve("model.safetensors").toString();
    x = directory.resolve("x.npy").toString();
    y = directory.resolve("y.npy").toString();
    Npy.write(Path.of(x), Tensor.of(new float[] {0, 90, 1, 2}, 1, 2, 2));
  }

  /** A model that gives e^x, or NaN. */
  private void save(boolean spoiled) {
    Sequential of = Sequential.of(Dense.of(2, Activation.EXPONENTIAL)).build(2, 1);
    Weight kernel = of.weights().getFirst();
    kernel.set(Tensor.of(new float[] {1, 0, 0, spoiled ? Float.NaN : 1}, 2, 2));
    ModelFile.save(of, Path.of(model));
  }

  @Test
  void anOutputThatIsNotFiniteIsSaid() {
    save(false);
    Terminal run = Terminal.run("predict", "--model", model, "--input", x, "--out", y);
    assertEquals(0, run.exit());
    String line =
        "lanewise: " + y + ": 1 of 4 numbers are not finite, the first Infinity at [0, 0, 1]";
    assertEquals(line, run.err().strip());
  }

  @Test
  void anOutputThatIsFiniteIsNoWordWorth() {
    save(false);
    Npy.write(Path.of(x), Tensor.zeros(1, 2, 2));
    Terminal run = Terminal.run("predict", "--model", model, "--input", x, "--out", y);
    assertEquals("", run.err());
  }

  @Test
  void weightsThatAreNotFiniteAreNamedUnlessTheyAreAllowed() {
    save(true);
    String out = directory.resolve("other.safetensors").toString();
    String[][] commands = {
      {"predict", "--model", model, "--input", x, "--out", y},
      {"inspect", model},
      {"convert", model, out},
    };
    for (String[] command : commands) {
      Terminal refused = Terminal.run(command);
      assertEquals(2, refused.exit());
      assertEquals(
          "lanewise: "
              + model
              + ", weight \"dense/kernel\": expected finite numbers, got NaN at [1, 1]; the training"
              + " ran away: save the model of before. To load it all the same:"
              + " LoadOptions.builder().allowNan(true), or --allow-nan",
          refused.err().strip());
      String[] allowed = Arrays.copyOf(command, command.length + 1);
      allowed[command.length] = "--allow-nan";
      assertEquals(0, Terminal.run(allowed).exit());
    }
  }
}
