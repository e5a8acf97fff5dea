package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.List;

/** What was met where a frame's rows were put in order; told in sentences. Not thread-safe. */
final class Reading {
  /** Series told one by one. */
  private static final int FEW = 3;

  private boolean unsorted;
  private boolean newestFirst;
  private int repeats;
  private int absent;
  private int cells;
  private int gaps;
  private int longest;
  private int dropped;
  private int ends;
  private int nameless;
  private String seriesColumn = "";
  private final List<String> begins = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

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

  void begins(String series, String column, int rows) {
    String in = series.isEmpty() ? "" : " in " + series;
    begins.add(rows(rows) + " left out before \"" + column + "\" begins" + in);
  }

  void ended(String series, String column, int rows) {
    String in = series.isEmpty() ? "" : " in " + series;
    begins.add(rows(rows) + " left out after \"" + column + "\" ended" + in);
  }

  void ends(int rows) {
    ends += rows;
  }

  void nameless(String column) {
    nameless++;
    seriesColumn = column;
  }

  /** No row of a series is of use. */
  void lost(String series, String why) {
    lost.add(series.isEmpty() ? why : "series \"" + series + "\" left out: " + why);
  }

  boolean isLost() {
    return !lost.isEmpty();
  }

  /** Why the first series that was lost is. */
  String lost() {
    return lost.get(0);
  }

  private static List<String> few(List<String> lines, String more) {
    if (lines.size() <= FEW) {
      return lines;
    }
    List<String> few = new ArrayList<>(lines.subList(0, FEW));
    few.add("so in " + (lines.size() - FEW) + more);
    return few;
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
    if (nameless > 0) {
      lines.add(rows(nameless) + " without a \"" + seriesColumn + "\" left out");
    }
    lines.addAll(few(lost, " more series"));
    lines.addAll(few(begins, " more series"));
    if (ends > 0) {
      lines.add(rows(ends) + " left out after the last with a number of every target");
    }
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
    if (gaps > 0) {
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
