package dev.lanewise.formats.keras;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a {@code .keras} archive calls a layer: its class, and a number from the second one on.
 *
 * @param base the class, as {@code time_distributed}
 * @param before how many layers of that class are before it
 */
public record KerasGroupName(String base, int before) {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

  /** Those of the names in a group that are its class's. */
  List<String> ordered(Collection<String> names) {
    return names.stream()
        .filter(name -> number(name) >= 0)
        .sorted(Comparator.comparingInt(this::number))
        .toList();
  }

  /**
   * Its name among those of its class in a group. Keras 2 counts each layer that has weights twice,
   * so that the second one is {@code dense_2}: the order alone counts.
   */
  String in(List<String> own) {
    if (before < own.size()) {
      return own.get(before);
    }
    // One that is not there, as those that are belong to the layers before.
    return own.isEmpty() ? toString() : base + "_" + (number(own.getLast()) + 1);
  }

  /** -1 where it is a name of another class. */
  private int number(String name) {
    if (name.equals(base)) {
      return 0;
    }
    String start = base + "_";
    String rest = name.startsWith(start) ? name.substring(start.length()) : "";
    return DIGITS.matcher(rest).matches() ? Integer.parseInt(rest) : -1;
  }

  @Override
  public String toString() {
    return base + (before == 0 ? "" : "_" + before);
  }
}
