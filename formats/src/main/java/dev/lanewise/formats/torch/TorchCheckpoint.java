package dev.lanewise.formats.torch;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.text.Phrases;
import dev.lanewise.formats.torch.PickleValue.Instance;
import dev.lanewise.formats.torch.PickleValue.Items;
import dev.lanewise.formats.torch.PickleValue.Mapping;
import dev.lanewise.formats.torch.PickleValue.Tuple;
import dev.lanewise.formats.torch.PickleValue.Unread;
import dev.lanewise.formats.torch.PickleValue.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the one state_dict of what was saved: that itself, or a dict within its dicts. An
 * optimizer's state is none, nor are metrics, which have no axis.
 */
final class TorchCheckpoint {
  /** Deeper than any checkpoint nests its dicts. */
  private static final int DEEPEST = 8;

  /** What a module keeps beside its tensors, in a shape of its own. */
  private static final String EXTRA_STATE = "_extra_state";

  private final Path file;
  private final Map<String, Mapping> found = new LinkedHashMap<>();
  private final Set<Mapping> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private TorchCheckpoint(Path file) {
    this.file = file;
  }

  /** Tensors by name, as the state_dict has them. */
  static Map<String, PickleValue> tensors(Path file, TorchContents contents) {
    Object root = contents.root();
    if (root instanceof Instance module) {
      return new TorchScript(file, contents).tensors(module);
    }
    if (!(root instanceof Mapping top)) {
      throw TorchErrors.noStateDict(file, kind(root));
    }
    if (isStateDict(top)) {
      return named(top);
    }
    return new TorchCheckpoint(file).only(top);
  }

  private Map<String, PickleValue> only(Mapping top) {
    search(top, "", 0);
    if (found.size() == 1) {
      return named(found.values().iterator().next());
    }
    throw found.isEmpty() ? none(top) : TorchErrors.stateDicts(file, found.keySet());
  }

  private void search(Mapping mapping, String path, int depth) {
    if (depth == DEEPEST || !seen.add(mapping) || isOptimizer(mapping)) {
      return;
    }
    mapping.entries.forEach(
        (key, value) -> {
          if (key instanceof String name && value instanceof Mapping inner && !isOptimizer(name)) {
            String place = path + "[" + Phrases.quoted(name) + "]";
            if (isStateDict(inner) && hasAxes(inner) && seen.add(inner)) {
              found.put("checkpoint" + place, inner);
            } else {
              search(inner, place, depth + 1);
            }
          }
        });
  }

  private static boolean isOptimizer(Mapping mapping) {
    return mapping.entries.containsKey("param_groups") && mapping.entries.containsKey("state");
  }

  private static boolean isOptimizer(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("optimizer")
        || lower.startsWith("optim_")
        || lower.equals("optim")
        || lower.equals("opt");
  }

  private static boolean isStateDict(Mapping mapping) {
    boolean any = false;
    for (Map.Entry<Object, Object> entry : mapping.entries.entrySet()) {
      boolean isTensor = isTensor(entry.getValue());
      any |= isTensor;
      if (!(entry.getKey() instanceof String name) || !(isTensor || name.endsWith(EXTRA_STATE))) {
        return false;
      }
    }
    return any;
  }

  private static boolean isTensor(Object value) {
    return value instanceof View || value instanceof Unread;
  }

  private static boolean hasAxes(Mapping mapping) {
    return mapping.entries.values().stream()
        .anyMatch(
            value -> value instanceof Unread || (value instanceof View v && v.sizes.length > 0));
  }

  private static Map<String, PickleValue> named(Mapping mapping) {
    Map<String, PickleValue> tensors = new LinkedHashMap<>();
    mapping.entries.forEach(
        (key, value) -> {
          if (key instanceof String name
              && value instanceof PickleValue tensor
              && isTensor(value)) {
            tensors.put(name, tensor);
          }
        });
    return tensors;
  }

  private FormatException none(Mapping top) {
    List<String> members = new ArrayList<>();
    top.entries.forEach(
        (key, value) -> {
          String name = key instanceof String text ? Phrases.quoted(text) : "a key that is no text";
          members.add(name + " (" + kind(value) + ")");
        });
    String got = members.isEmpty() ? "an empty dict" : "a dict of " + Phrases.list(members);
    return TorchErrors.noStateDict(file, got);
  }

  private static String kind(Object value) {
    return switch (value) {
      case View view -> "a tensor " + Phrases.axes(view.sizes);
      case Items list -> "a list of " + list.items.size();
      case Tuple tuple -> "a tuple of " + tuple.items.size();
      case Mapping mapping -> "a dict of " + mapping.entries.size();
      default -> TorchErrors.words(value);
    };
  }
}
