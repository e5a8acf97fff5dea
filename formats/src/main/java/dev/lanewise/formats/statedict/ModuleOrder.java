package dev.lanewise.formats.statedict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * In what order modules are called, where their tensors leave no doubt: each takes what the one
 * before gives.
 */
final class ModuleOrder {
  /** As many modules are put in order by trying. */
  private static final int MOST_TRIED = 8;

  private final List<TorchModule> modules;
  private final boolean inPlace;
  private final List<List<TorchModule>> found = new ArrayList<>();

  private ModuleOrder(List<TorchModule> modules, boolean inPlace) {
    this.modules = modules;
    this.inPlace = inPlace;
  }

  /**
   * The given order where that is how they were made and they fit in it, else the only one in which
   * they fit; empty where there is none or another.
   *
   * @param inOrder whether the given order is that in which they were made
   */
  static List<TorchModule> of(List<TorchModule> modules, boolean inOrder) {
    if (inOrder || areNumbered(modules)) {
      List<TorchModule> given = new ModuleOrder(modules, true).only();
      if (!given.isEmpty()) {
        return given;
      }
    }
    return modules.size() <= MOST_TRIED ? new ModuleOrder(modules, false).only() : List.of();
  }

  /** Whether they fit in another order too; false of so many that this is not tried. */
  static boolean fitsOtherwise(List<TorchModule> modules) {
    return modules.size() <= MOST_TRIED && new ModuleOrder(modules, false).only().isEmpty();
  }

  /** Whether all are named as in nn.Sequential: 0, 1, .. below one name. */
  private static boolean areNumbered(List<TorchModule> modules) {
    int before = -1;
    for (TorchModule module : modules) {
      String number = module.name().substring(module.name().lastIndexOf('.') + 1);
      if (!number.matches("\\d{1,6}") || Integer.parseInt(number) <= before) {
        return false;
      }
      before = Integer.parseInt(number);
    }
    return modules.stream().map(ModuleOrder::parent).distinct().count() == 1;
  }

  private static String parent(TorchModule module) {
    return module.name().substring(0, Math.max(0, module.name().lastIndexOf('.')));
  }

  private List<TorchModule> only() {
    extend(new ArrayList<>(), new boolean[modules.size()]);
    return found.size() == 1 ? found.getFirst() : List.of();
  }

  /** Finds orders, until there are two. */
  private void extend(List<TorchModule> chain, boolean[] taken) {
    int placed = chain.size();
    if (placed == modules.size()) {
      found.add(List.copyOf(chain));
      return;
    }
    int end = inPlace ? placed + 1 : modules.size();
    for (int i = inPlace ? placed : 0; i < end && found.size() < 2; i++) {
      for (TorchModule next : taken[i] ? List.<TorchModule>of() : ways(modules.get(i), placed)) {
        if (placed == 0 || chain.getLast().gives() == next.takes()) {
          taken[i] = true;
          chain.add(next);
          extend(chain, taken);
          chain.removeLast();
          taken[i] = false;
        }
      }
    }
  }

  /** What a module can be at a place: a matrix alone, at the front, an embedding too. */
  private static List<TorchModule> ways(TorchModule module, int place) {
    EmbeddingModule embedding = EmbeddingModule.of(module);
    if (embedding == null || place > 0) {
      return List.of(module);
    }
    return isEmbedding(module) ? List.of(embedding) : List.of(module, embedding);
  }

  /** Whether a matrix alone has the name of an embedding. */
  static boolean isEmbedding(TorchModule module) {
    return module.name().toLowerCase(Locale.ROOT).contains("emb");
  }
}
