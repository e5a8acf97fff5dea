package dev.lanewise.formats.statedict;

import dev.lanewise.lstm.AveragePooling1d;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.GlobalAveragePooling1d;
import dev.lanewise.lstm.GlobalMaxPooling1d;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.MaxPooling1d;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The layers of a list such as {@code embedding,lstm:last,fc1:relu,fc2}: modules by their names,
 * and what has no tensors by its own.
 */
final class ModuleWords {
  private static final String DROPOUT = "dropout";
  private static final String UNUSED = "unused";

  /** What has no tensors. */
  private static final Map<String, Function<ModuleCall, List<Layer>>> PLAIN = new LinkedHashMap<>();

  static {
    PLAIN.put("flatten", _ -> List.of(Flatten.of()));
    PLAIN.put("mean", _ -> List.of(GlobalAveragePooling1d.of()));
    PLAIN.put("max", _ -> List.of(GlobalMaxPooling1d.of()));
    PLAIN.put("maxpool", call -> List.of(MaxPooling1d.of(call.whole("kernel_size", 1, 2))));
    PLAIN.put("avgpool", call -> List.of(AveragePooling1d.of(call.whole("kernel_size", 1, 2))));
    PLAIN.put(DROPOUT, _ -> List.of());
    TorchActivations.ALL.forEach((name, layer) -> PLAIN.put(name, _ -> List.of(layer.get())));
  }

  private final Path file;
  private final Map<String, TorchModule> modules = new LinkedHashMap<>();
  private final List<String> notes;
  private final Set<String> called = new LinkedHashSet<>();

  /**
   * @param modules of the file
   * @param notes takes what was assumed
   */
  ModuleWords(Path file, List<TorchModule> modules, List<String> notes) {
    this.file = file;
    this.notes = notes;
    modules.forEach(module -> this.modules.put(module.name(), module));
  }

  /** The calls of a list, in its order. */
  ModuleChain chain(String list) {
    ModuleChain chain = new ModuleChain();
    for (String text : list.split(",", -1)) {
      ModuleCall call = ModuleCall.of(file, text.strip(), notes);
      TorchModule module = modules.get(call.name());
      if (module == null) {
        chain.add(null, plain(call));
      } else {
        add(chain, module, call);
      }
      call.requireRead();
    }
    for (TorchModule module : modules.values()) {
      if (!called.contains(module.name())) {
        throw ModuleErrors.notCalled(file, module, list);
      }
    }
    return chain;
  }

  private List<Layer> plain(ModuleCall call) {
    Function<ModuleCall, List<Layer>> word = PLAIN.get(call.name());
    if (word == null) {
      throw ModuleErrors.name(file, call.name(), modules.keySet(), PLAIN.keySet());
    }
    return word.apply(call);
  }

  private void add(ModuleChain chain, TorchModule module, ModuleCall call) {
    if (!called.add(module.name())) {
      throw ModuleErrors.calledTwice(file, module.name());
    }
    if (call.has(UNUSED)) {
      return;
    }
    TorchModule used = asUsed(module, call, chain.isEmpty());
    chain.add(used, used.layers(call));
    Supplier<Layer> activation = TorchActivations.ALL.get(call.next());
    if (activation != null && call.has(call.next())) {
      chain.add(null, List.of(activation.get()));
    }
  }

  /** A matrix alone is an embedding where it is said, or where the list begins with its name. */
  private static TorchModule asUsed(TorchModule module, ModuleCall call, boolean first) {
    EmbeddingModule embedding = EmbeddingModule.of(module);
    if (embedding == null) {
      return module;
    }
    boolean linear = call.has("linear");
    boolean begins = first && ModuleOrder.isEmbedding(module);
    return call.has("embedding") || (begins && !linear) ? embedding : module;
  }
}
