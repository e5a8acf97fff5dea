package dev.lanewise.formats.safetensors;

import dev.lanewise.formats.FormatException;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * The tensors of a file.
 *
 * @param file for errors
 * @param byName in the order of the file
 */
public record NamedTensors(Path file, Map<String, Tensor> byName) {
  /** One of them, not a copy. */
  public Tensor tensor(String name) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw missing(name);
    }
    return tensor;
  }

  /** What is wrong where there is none of that name. */
  public FormatException missing(String name) {
    return SafeTensorsErrors.tensorMissing(file, name, byName.keySet());
  }
}
