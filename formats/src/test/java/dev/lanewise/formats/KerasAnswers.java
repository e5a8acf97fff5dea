package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Model;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Keras answered to inputs: x0.npy, x1.npy .. and y0.npy, y1.npy .. beside a model. */
final class KerasAnswers {
  private KerasAnswers() {}

  /**
   * Asserts that a model answers as Keras did, to every input and with every output that is there.
   *
   * @param folder has the arrays, in the order of the model's inputs and outputs
   * @param tolerance how far a number may be off
   */
  static void areGiven(Model model, Path folder, double tolerance) {
    Map<String, Tensor> x = new LinkedHashMap<>();
    for (String name : model.inputNames()) {
      x.put(name, Npy.read(folder.resolve("x" + x.size() + ".npy")));
    }
    Map<String, Tensor> y = model.predict(x);
    for (int i = 0; i < model.outputNames().size(); i++) {
      Tensor expected = Npy.read(folder.resolve("y" + i + ".npy"));
      Tensor got = y.get(model.outputNames().get(i));
      assertEquals(expected.shape(), got.shape());
      assertTrue(
          got.allClose(expected, 0, tolerance), () -> "expected " + expected + "\ngot " + got);
    }
    assertTrue(Files.notExists(folder.resolve("x" + x.size() + ".npy")));
    assertTrue(Files.notExists(folder.resolve("y" + y.size() + ".npy")));
  }
}
