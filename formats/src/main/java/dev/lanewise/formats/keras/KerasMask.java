package dev.lanewise.formats.keras;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which steps of a tensor are real, as far as a model's JSON says: those of which any of some
 * statements is true.
 *
 * @param real the statements, by {@link KerasMasks}'s numbers
 * @param makers the layers that brought them in
 */
record KerasMask(Set<Integer> real, Set<String> makers) {
  /** The statement that is always true. */
  static final int TRUE = 0;

  /** No step is padding. */
  static final KerasMask NONE = new KerasMask(Set.of(TRUE), Set.of());

  /** Every step is padding. */
  static final KerasMask ALL = new KerasMask(Set.of(), Set.of());

  boolean isNone() {
    return real.contains(TRUE);
  }

  boolean isSame(KerasMask other) {
    return real.equals(other.real);
  }

  /** A step is real where it is real in any. */
  static KerasMask any(List<KerasMask> masks) {
    if (masks.stream().anyMatch(KerasMask::isNone)) {
      return NONE;
    }
    Set<Integer> real = new HashSet<>();
    masks.forEach(mask -> real.addAll(mask.real));
    return new KerasMask(real, makers(masks));
  }

  static Set<String> makers(List<KerasMask> masks) {
    Set<String> makers = new HashSet<>();
    masks.forEach(mask -> makers.addAll(mask.makers));
    return makers;
  }
}
