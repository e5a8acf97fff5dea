package dev.lanewise.formats.audio;

import dev.lanewise.formats.statedict.StateTensors;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Torch's tensors as a JSON has them. */
record TorchState(Path file, Map<String, Tensor> tensors, Map<String, Shape> shapes)
    implements StateTensors {
  /** Names that were sorted say no order: the linear layer is the last then. */
  static TorchState of(Path file, Map<String, Tensor> tensors) {
    List<String> names = List.copyOf(tensors.keySet());
    boolean sorted = names.equals(names.stream().sorted().toList());
    Map<String, Shape> shapes = new LinkedHashMap<>();
    names.stream()
        .sorted(Comparator.comparing(name -> sorted && isLinear(name)))
        .forEach(name -> shapes.put(name, Objects.requireNonNull(tensors.get(name)).shape()));
    return new TorchState(file, tensors, shapes);
  }

  private static boolean isLinear(String name) {
    return name.endsWith("weight") || name.endsWith("bias");
  }

  @Override
  public boolean isInOrder() {
    return true;
  }

  @Override
  public void copyTo(String name, Tensor target) {
    target.copyFrom(Objects.requireNonNull(tensors.get(name)));
  }
}
