package dev.lanewise.formats.torch;

import dev.lanewise.formats.torch.PickleValue.Instance;
import dev.lanewise.formats.torch.PickleValue.Mapping;
import dev.lanewise.formats.torch.PickleValue.None;
import dev.lanewise.formats.torch.PickleValue.Unread;
import dev.lanewise.formats.torch.PickleValue.View;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a module of TorchScript, by the names of its attributes. None of its code is run.
 */
final class TorchScript {
  /** Deeper than modules are nested in each other. */
  private static final int DEEPEST = 64;

  /** As many characters as the names of all attributes may have: modules may share modules. */
  private static final long MOST_CHARACTERS = 1 << 22;

  private final Path file;
  private final TorchContents contents;
  private final Map<String, PickleValue> tensors = new LinkedHashMap<>();
  private long left = MOST_CHARACTERS;

  TorchScript(Path file, TorchContents contents) {
    this.file = file;
    this.contents = contents;
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
    Set<String> own = contents.tensors(module.type);
    attributes.entries.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            return;
          }
          left -= prefix.length() + name.length() + 1L;
          if (left < 0) {
            throw TorchErrors.longNames(file, MOST_CHARACTERS);
          }
          switch (value) {
            case Instance child -> add(child, prefix + name + ".", depth + 1);
            case View _, Unread _ when own != null && !own.contains(name) -> {}
            case View view -> tensors.put(prefix + name, view);
            case Unread unread -> tensors.put(prefix + name, unread);
            default -> {}
          }
        });
  }
}
