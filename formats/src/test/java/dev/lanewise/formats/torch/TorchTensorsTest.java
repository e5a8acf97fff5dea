package dev.lanewise.formats.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.Npz;
import dev.lanewise.formats.Resources;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tensors of files that PyTorch wrote, bit for bit. */
class TorchTensorsTest {
  static Path file(String name) {
    return Resources.resource("torch/" + name + ".pt");
  }

  @ParameterizedTest
  @CsvSource({
    "state_dict, state_dict",
    "legacy, state_dict",
    "protocol4, state_dict",
    "legacy_protocol5, state_dict",
    "data_parallel, state_dict",
    "lightning, state_dict",
    "loop, state_dict",
    "legacy_loop, state_dict",
    "deflated, state_dict",
    "big_endian, state_dict",
    "types, types",
    "legacy_types, types",
    "views, views",
    "legacy_views, views",
    "parameters, parameters",
    "script, script",
    "trace, trace",
    "untyped, untyped",
    "legacy_parts, legacy_parts"
  })
  void readsWhatPyTorchHolds(String name, String expected) {
    Map<String, Tensor> arrays = Npz.read(Resources.resource("torch/" + expected + ".npz"));
    try (TorchTensors tensors = TorchTensors.read(file(name))) {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      arrays.forEach((key, array) -> shapes.put(key, array.shape()));
      assertEquals(shapes, tensors.shapes());
      arrays.forEach(
          (key, array) -> {
            Tensor target = Tensor.zeros(array.shape().toArray());
            tensors.copyTo(key, target);
            assertArrayEquals(array.toArray(), target.toArray(), key);
          });
    }
  }

  @Test
  void keepsTheOrderOfTheFile() {
    try (TorchTensors tensors = TorchTensors.read(file("unicode"))) {
      assertEquals(List.of("größe.重み", "größe.b"), List.copyOf(tensors.shapes().keySet()));
    }
  }
}
