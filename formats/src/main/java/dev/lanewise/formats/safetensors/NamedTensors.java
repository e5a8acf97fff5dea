package dev.lanewise.formats.safetensors;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The tensors of a file.
 *
 * @param file for errors
 * @param shapes by name, in the order of the file
 * @param read gives one of them
 */
public record NamedTensors(Path file, Map<String, Shape> shapes, Function<String, Tensor> read) {
  /** The shape of one of them. */
  public Shape shape(String name) {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw SafeTensorsErrors.tensorMissing(file, name, shapes.keySet());
    }
    return shape;
  }

  /** One of them. */
  public Tensor tensor(String name) {
    shape(name);
    return read.apply(name);
  }

  /** Those whose names do not begin so. */
  public NamedTensors without(String prefix) {
    Map<String, Shape> others = new LinkedHashMap<>(shapes);
    others.keySet().removeIf(name -> name.startsWith(prefix));
    return new NamedTensors(file, others, read);
  }

  /** Those whose names begin so, read, by what follows. */
  public Map<String, Tensor> under(String prefix) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    for (String name : shapes.keySet()) {
      if (name.startsWith(prefix)) {
        own.put(name.substring(prefix.length()), read.apply(name));
      }
    }
    return own;
  }
}
