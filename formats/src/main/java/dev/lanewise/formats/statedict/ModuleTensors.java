package dev.lanewise.formats.statedict;

import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of one module.
 *
 * @param file for errors
 * @param name of the module
 * @param shapes by their names in it
 */
record ModuleTensors(Path file, String name, Map<String, Shape> shapes) {
  /** What a module can be, by its tensors; the first that fits. */
  private static final List<Function<ModuleTensors, @Nullable TorchModule>> KINDS =
      List.of(
          RecurrentModule::of, LinearModule::of, ConvolutionModule::of, NormalizationModule::of);

  /** The modules of a file, in its order. */
  static List<TorchModule> modules(StateTensors tensors) {
    Map<String, Map<String, Shape>> byModule = new LinkedHashMap<>();
    tensors
        .shapes()
        .forEach(
            (name, shape) -> {
              int end = name.lastIndexOf('.');
              byModule
                  .computeIfAbsent(name.substring(0, Math.max(0, end)), _ -> new LinkedHashMap<>())
                  .put(name.substring(end + 1), shape);
            });
    List<TorchModule> modules = new ArrayList<>();
    byModule.forEach(
        (name, shapes) -> modules.add(module(new ModuleTensors(tensors.file(), name, shapes))));
    return modules;
  }

  private static TorchModule module(ModuleTensors tensors) {
    for (Function<ModuleTensors, @Nullable TorchModule> kind : KINDS) {
      TorchModule module = kind.apply(tensors);
      if (module != null) {
        return module;
      }
    }
    throw ModuleErrors.unknown(tensors);
  }

  /** What the names of a module's tensors begin with. */
  static String prefix(String module) {
    return module.isEmpty() ? "" : module + ".";
  }

  boolean has(String tensor) {
    return shapes.containsKey(tensor);
  }

  @Nullable Shape shape(String tensor) {
    return shapes.get(tensor);
  }

  /** Whether there is a weight alone, or with a bias a row. */
  boolean areWeightAndBias(Shape weight) {
    Shape bias = shapes.get("bias");
    return bias == null
        ? shapes.size() == 1
        : shapes.size() == 2 && bias.equals(Shape.of(weight.dim(0)));
  }

  boolean areAmong(Set<String> names) {
    return names.containsAll(shapes.keySet());
  }

  /** Whether all, but for one name, are vectors of that length. */
  boolean all(int width, String but) {
    Shape vector = Shape.of(width);
    return shapes.entrySet().stream()
        .allMatch(each -> each.getKey().equals(but) || each.getValue().equals(vector));
  }

  /** The length of an axis, which must be a number of features. */
  int width(Shape shape, int axis) {
    long length = shape.dim(axis);
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw ModuleErrors.width(this, shape);
    }
    return (int) length;
  }
}
