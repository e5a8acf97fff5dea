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
    int length = common(names, WRAPPERS, 0);
    int attribute = common(names, ATTRIBUTES, length);
    return attribute == length ? length : common(names, WRAPPERS, attribute);
  }

  private static int common(Collection<String> names, List<String> prefixes, int from) {
    int length = from;
    for (String prefix : prefixes) {
      int start = length;
      if (!names.isEmpty() && names.stream().allMatch(name -> isAt(name, prefix, start))) {
        length += prefix.length();
      }
    }
    return length;
  }

  private static boolean isAt(String name, String prefix, int start) {
    return name.startsWith(prefix, start) && name.length() > start + prefix.length();
  }
}
