package dev.lanewise.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Says which outputs are not finite, so that a NaN is no surprise further on. */
final class NotFinite {
  private NotFinite() {}

  /**
   * A line on stderr for each file that got numbers that are NaN or infinite.
   *
   * @param to where each array went, by name
   * @param arrays the arrays
   */
  static void warn(Map<String, Path> to, Map<String, OutputArray> arrays) {
    to.forEach(
        (name, path) -> {
          OutputArray array = arrays.get(name);
          String found = array == null ? "" : describe(array);
          if (!found.isEmpty()) {
            String where = StandardStreams.is(path) ? "stdout" : path.toString();
            System.err.println("lanewise: " + where + ": " + found);
          }
        });
  }

  private static String describe(OutputArray array) {
    double[] values = array.numbers();
    int first = -1;
    int count = 0;
    for (int i = values.length - 1; i >= 0; i--) {
      if (!Double.isFinite(values[i])) {
        first = i;
        count++;
      }
    }
    return count == 0
        ? ""
        : count
            + " of "
            + values.length
            + " numbers are not finite, the first "
            + values[first]
            + " at "
            + Arrays.toString(ArrayFile.index(array.shape(), first));
  }
}
