package dev.lanewise.formats.torch;

import java.util.Collection;
import java.util.List;

/** What wrappers of a module put in front of all names: no part of the module's own. */
final class TorchNames {
  /** DataParallel's, and torch.compile's. */
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

  /** The usual attributes of Lightning's modules and of training loops. */
  private static final List<String> ATTRIBUTES = List.of("model.", "net.");

  private TorchNames() {}

  /** How many characters all names have too many in front. */
  static int wrapped(Collection<String> names) {
    int length = withoutWrappers(names, 0);
    int attribute = without(names, ATTRIBUTES, length);
    return attribute == length ? length : withoutWrappers(names, attribute);
  }

  private static int withoutWrappers(Collection<String> names, int from) {
    int length = from;
    for (int next = without(names, WRAPPERS, from); next > length; ) {
      length = next;
      next = without(names, WRAPPERS, length);
    }
    return length;
  }

  /** Behind the one of the prefixes that all names have there; else there. */
  private static int without(Collection<String> names, List<String> prefixes, int from) {
    for (String prefix : prefixes) {
      if (!names.isEmpty() && names.stream().allMatch(name -> isAt(name, prefix, from))) {
        return from + prefix.length();
      }
    }
    return from;
  }

  private static boolean isAt(String name, String prefix, int start) {
    return name.startsWith(prefix, start) && name.length() > start + prefix.length();
  }
}
