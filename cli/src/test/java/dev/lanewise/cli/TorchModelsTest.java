package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.Npy;
import dev.lanewise.formats.Npz;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state_dict of PyTorch on the command line. */
class TorchModelsTest {
  private static final Path FILES =
      Path.of("..", "formats", "src", "test", "resources", "statedict");
  private static final float TOLERANCE = 2e-6f;

  @TempDir Path directory;

  private static Tensor golden(String name, String key) {
    Map<String, Tensor> arrays = Npz.read(FILES.resolve(name + ".npz"));
    return Objects.requireNonNull(arrays.get(key), key);
  }

  private Path write(String name, Tensor array) {
    Path file = directory.resolve(name + ".npy");
    Npy.write(file, array);
    return file;
  }

  private static String model(String name) {
    return FILES.resolve(name + ".safetensors").toString();
  }

  @Test
  void predictsWithStatesAsPyTorchDoes() {
    String name = "lstm_begun";
    Path y = directory.resolve("y.npy");
    Path h = directory.resolve("h.npy");
    Path c = directory.resolve("c.npy");
    Terminal run =
        Terminal.run(
            "predict",
            "--model",
            model(name),
            "--input",
            "" + write("x", golden(name, "x")),
            "--input",
            "h0=" + write("h0", golden(name, "h0")),
            "--input",
            "c0=" + write("c0", golden(name, "c0")),
            "--out",
            "" + y,
            "--out",
            "h_n=" + h,
            "--out",
            "c_n=" + c);
    assertEquals(0, run.exit(), run.err());
    assertEquals("", run.err());
    assertSame(golden(name, "y"), Npy.read(y));
    assertSame(golden(name, "h_n"), Npy.read(h));
    assertSame(golden(name, "c_n"), Npy.read(c));
  }

  private static void assertSame(Tensor expected, Tensor got) {
    assertEquals(expected.shape(), got.shape());
    assertArrayEquals(expected.toArray(), got.toArray(), TOLERANCE);
  }

  @Test
  void takesTheTimeFirst() {
    String name = "lstm_time_major";
    Path y = directory.resolve("y.npy");
    Tensor x = golden(name, "x").permute(1, 0, 2).contiguous();
    Terminal run =
        Terminal.run(
            "predict",
            "--model",
            model(name),
            "--input",
            "" + write("x", x),
            "--out",
            "" + y,
            "--time-major");
    assertEquals(0, run.exit(), run.err());
    assertSame(golden(name, "y").permute(1, 0, 2).contiguous(), Npy.read(y));
  }

  @Test
  void takesTheOrderOfTheModules() {
    String name = "two_linear";
    Path y = directory.resolve("y.npy");
    String[] command = {
      "predict",
      "--model",
      model(name),
      "--input",
      "" + write("x", golden(name, "x")),
      "--out",
      "" + y
    };
    Terminal refused = Terminal.run(command);
    assertEquals(2, refused.exit());
    assertTrue(refused.err().contains("such as --layers \"gru:last,fc1:relu,fc2\""), refused.err());
    String[] said = new String[command.length + 2];
    System.arraycopy(command, 0, said, 0, command.length);
    said[command.length] = "--layers";
    said[command.length + 1] = "gru:last,fc1:relu,fc2";
    Terminal run = Terminal.run(said);
    assertEquals(0, run.exit(), run.err());
    assertSame(golden(name, "y"), Npy.read(y));
  }

  @Test
  void saysWhatItTook() {
    Terminal run = Terminal.run("inspect", model("rnn_tanh"));
    assertTrue(run.out().contains("Format: PyTorch state_dict, safetensors"), run.out());
    assertEquals(
        "lanewise: "
            + model("rnn_tanh")
            + ": it is taken with nonlinearity='tanh'; --layers says otherwise\n",
        run.err());
  }

  @Test
  void refusesLayersOfWhatSaysThemItself() {
    Path ours = directory.resolve("ours.safetensors");
    assertEquals(0, Terminal.run("convert", model("lstm"), "" + ours).exit());
    Terminal run = Terminal.run("inspect", "" + ours, "--layers", "lstm");
    assertTrue(
        run.err().contains("--layers: expected a state_dict of PyTorch, which does not say"),
        run.err());
  }

  @Test
  void aConvertedModelKeepsAProof() {
    Path ours = directory.resolve("ours.safetensors");
    String x = "" + write("x", golden("lstm", "x"));
    Terminal run = Terminal.run("convert", model("lstm"), "" + ours, "--proof", x);
    assertEquals(
        model("lstm")
            + " (PyTorch state_dict, safetensors) -> "
            + ours
            + ", 128 parameters, with a proof\n",
        run.out());
    Terminal inspect = Terminal.run("inspect", "" + ours, "--check-proof");
    assertTrue(inspect.out().contains("\nProof: x (2, 5, 3) -> y (2, 5, 4)"), inspect.out());
    Terminal none = Terminal.run("inspect", model("lstm"), "--check-proof");
    assertTrue(none.err().contains("expected sample inputs and outputs in the file"), none.err());
    Terminal wrong =
        Terminal.run(
            "convert", model("lstm"), "" + ours, "--proof", "" + write("w", Tensor.zeros(2, 5, 4)));
    assertEquals(2, wrong.exit());
    assertTrue(wrong.err().contains("w.npy (2, 5, 4): "), wrong.err());
  }
}
