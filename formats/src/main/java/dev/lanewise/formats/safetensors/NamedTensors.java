package dev.lanewise.formats.safetensors;

import dev.lanewise.formats.FormatException;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

  /** Those whose names do not begin so. */
  public NamedTensors without(String prefix) {
    Map<String, Tensor> others = new LinkedHashMap<>(byName);
    others.keySet().removeIf(name -> name.startsWith(prefix));
    return new NamedTensors(file, others);
  }

  /** Those whose names begin so, by what follows. Not copied. */
  public Map<String, Tensor> under(String prefix) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    byName.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), tensor);
          }
        });
    return own;
  }

  /** What is wrong where there is none of that name. */
  public FormatException missing(String name) {
    return SafeTensorsErrors.tensorMissing(file, name, byName.keySet());
  }
}
