package dev.lanewise.formats.statedict;

import dev.lanewise.lstm.Layer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layers of a model in their order, and the modules that they come from. */
final class ModuleChain {
  private final List<Layer> layers = new ArrayList<>();
  private final List<TorchModule> modules = new ArrayList<>();

  /**
   * Adds a module's layers.
   *
   * @param module null where they have no tensors
   */
  void add(@Nullable TorchModule module, List<Layer> own) {
    layers.addAll(own);
    if (module != null) {
      modules.add(module);
    }
  }

  boolean isEmpty() {
    return layers.isEmpty();
  }

  List<Layer> layers() {
    return layers;
  }

  /** In the order of their calls. */
  List<TorchModule> modules() {
    return modules;
  }
}
