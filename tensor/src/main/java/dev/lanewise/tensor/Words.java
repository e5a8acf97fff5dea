package dev.lanewise.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The wording that the messages of this module share. */
final class Words {
  private Words() {}

  static IllegalArgumentException bad(String message, Object... values) {
    return new IllegalArgumentException(text(message, values));
  }

  static IndexOutOfBoundsException outside(String message, Object... values) {
    return new IndexOutOfBoundsException(text(message, values));
  }

  static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The indices of an axis in words. */
  static String range(long length) {
    if (length == 0) {
      return "none: it is empty";
    }
    return length == 1 ? "0" : "0.." + (length - 1);
  }

  static String list(long[] dims) {
    return Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(", "));
  }

  /** In digits that do not change with the user's locale. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  static String text(String message, Object... values) {
    return String.format(Locale.ROOT, message, values);
  }

  static String text(int[] axes) {
    return Shape.text(Arrays.stream(axes).asLongStream().toArray());
  }
}
