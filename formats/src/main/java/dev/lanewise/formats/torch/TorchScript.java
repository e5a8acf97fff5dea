package dev.lanewise.formats.torch;

import dev.lanewise.formats.torch.PickleValue.Instance;
import dev.lanewise.formats.torch.PickleValue.Mapping;
import dev.lanewise.formats.torch.PickleValue.None;
import dev.lanewise.formats.torch.PickleValue.Unread;
import dev.lanewise.formats.torch.PickleValue.View;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of a module of TorchScript, by the names of its attributes. Its code is not read. */
final class TorchScript {
  /** Deeper than modules are nested in each other. */
  private static final int DEEPEST = 64;

  /** As many characters as the names of all attributes may have: modules may share modules. */
  private static final long MOST_CHARACTERS = 1 << 22;

  private final Path file;
  private final Map<String, PickleValue> tensors = new LinkedHashMap<>();
  private long left = MOST_CHARACTERS;

  TorchScript(Path file) {
    this.file = file;
  }

  /** As the {@code state_dict()} of the module has them, in the order of its attributes. */
  Map<String, PickleValue> tensors(Instance module) {
    add(module, "", 0);
    if (tensors.isEmpty()) {
      throw TorchErrors.noStateDict(file, "a module " + module.type + " without tensors");
    }
    return tensors;
  }

  private void add(Instance module, String prefix, int depth) {
    if (depth == DEEPEST) {
      throw TorchErrors.deep(file, prefix, DEEPEST);
    }
    if (module.state instanceof None) {
      return;
    }
    if (!(module.state instanceof Mapping attributes)) {
      throw TorchErrors.ownState(file, prefix, module.type);
    }
    attributes.entries.forEach(
        (key, value) -> {
          if (!(key instanceof String own)) {
            return;
          }
          left -= prefix.length() + own.length() + 1L;
          if (left < 0) {
            throw TorchErrors.manyNames(file, MOST_CHARACTERS);
          }
          switch (value) {
            case Instance child -> add(child, prefix + own + ".", depth + 1);
            case View view -> tensors.put(prefix + own, view);
            case Unread unread -> tensors.put(prefix + own, unread);
            default -> {}
          }
        });
  }
}
