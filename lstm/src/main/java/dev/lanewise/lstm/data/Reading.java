package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.List;

/** What was met where a frame's rows were put in order; told in sentences. Not thread-safe. */
final class Reading {
  private boolean unsorted;
  private boolean newestFirst;
  private int repeats;
  private int absent;
  private int cells;
  private int gaps;
  private int longest;
  private int dropped;
  private final List<String> begins = new ArrayList<>();

  void unsorted(boolean backwards) {
    unsorted = true;
    newestFirst |= backwards;
  }

  void repeats(int rows) {
    repeats += rows;
  }

  void absent(int rows) {
    absent += rows;
  }

  void missing(int count) {
    cells += count;
  }

  void gap(int rows) {
    gaps++;
    longest = Math.max(longest, rows);
  }

  void dropped(int rows) {
    dropped += rows;
  }

  void begins(String text) {
    begins.add(text);
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  /** The sentences, without full stops. */
  List<String> lines(Fill fill, TimeGrid grid) {
    List<String> lines = new ArrayList<>();
    if (unsorted) {
      lines.add(newestFirst ? "the newest row is the first: sorted by time" : "sorted by time");
    }
    if (repeats > 0) {
      lines.add(rows(repeats) + " left out whose time repeats, the first of each kept");
    }
    lines.addAll(begins);
    String filled =
        switch (fill) {
          case FORWARD -> "filled with the value before";
          case INTERPOLATE -> "filled by interpolation";
          case DROP -> "left out";
          case MASK -> "masked";
        };
    if (absent > 0) {
      String step = grid.step().map(each -> ", " + each + " apart").orElse("");
      lines.add(rows(absent) + " absent" + step + ": " + filled);
    }
    if (cells > 0) {
      lines.add((cells == 1 ? "1 missing cell " : cells + " missing cells ") + filled);
    }
    if (gaps > 0 && fill != Fill.DROP) {
      lines.add(
          (gaps == 1 ? "a gap" : gaps + " gaps")
              + " of up to "
              + rows(longest)
              + ", too long to fill: no window crosses "
              + (gaps == 1 ? "it" : "them"));
    }
    if (dropped > 0) {
      lines.add(rows(dropped) + " without a number left out: no window crosses where they were");
    }
    return lines;
  }
}
