package dev.lanewise.formats.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the rows of a file as they come, of any width, and what is between them. */
final class CsvRows {
  private static final Set<String> SPREADSHEET_ERRORS =
      Set.of("N/A", "VALUE!", "REF!", "DIV/0!", "NAME?", "NUM!", "NULL!");
  private static final int DEEPEST_HEADER = 64; // a row further down is no header

  private final CsvSeparator separator;
  private final List<String[]> rows = new ArrayList<>();
  private final Map<Integer, String> commentAbove = new HashMap<>();
  private int[] lines = new int[64];
  private int[] blankBefore = new int[8];
  private int[] blankLines = new int[8];
  private int blanks;
  private int comments;

  CsvRows(CsvSeparator separator) {
    this.separator = separator;
  }

  void add(CsvRecord cells) {
    int line = Math.toIntExact(cells.getStartingLineNumber());
    if (cells.isComment()) {
      comment(cells.getField(0), line);
    } else if (cells.getFieldCount() <= 1
        && (cells.getFieldCount() == 0 || cells.getField(0).isBlank())) {
      blank(line);
    } else {
      row(cells.getFields().toArray(String[]::new), line);
    }
  }

  private void row(String[] cells, int line) {
    if (rows.size() == lines.length) {
      lines = Arrays.copyOf(lines, lines.length * 2);
    }
    lines[rows.size()] = line;
    rows.add(cells);
  }

  private void comment(String text, int line) {
    if (SPREADSHEET_ERRORS.stream().anyMatch(text::startsWith)) {
      row(separator.cells("#" + text).toArray(String[]::new), line);
      return;
    }
    comments++;
    if (rows.size() < DEEPEST_HEADER) {
      commentAbove.put(rows.size(), text);
    }
  }

  private void blank(int line) {
    if (blanks == blankBefore.length) {
      blankBefore = Arrays.copyOf(blankBefore, blanks * 2);
      blankLines = Arrays.copyOf(blankLines, blanks * 2);
    }
    blankBefore[blanks] = rows.size();
    blankLines[blanks++] = line;
  }

  List<String[]> rows() {
    return rows;
  }

  /** The line of a row's beginning, counted from 1. */
  int line(int row) {
    return lines[row];
  }

  int comments() {
    return comments;
  }

  /** Whether there is nothing, not even a comment. */
  boolean isEmpty() {
    return rows.isEmpty() && comments == 0;
  }

  /** The comment directly above a row of the first; empty where there is none. */
  String commentAbove(int row) {
    return commentAbove.getOrDefault(row, "");
  }

  /** How many blank lines are above one of these rows, the last not counted. */
  int blanksAbove(int from, int to) {
    int count = 0;
    for (int i = 0; i < blanks; i++) {
      count += blankBefore[i] >= from && blankBefore[i] < to ? 1 : 0;
    }
    return count;
  }

  /**
   * Makes the blank lines above these rows rows of a blank cell: what they are in a table of one
   * column, unless every other line is blank.
   *
   * @return how many
   */
  int keepBlanks(int from, int to) {
    int kept = blanksAbove(from + 1, to);
    boolean spaced = kept >= to - from - 1 && (from == 0 || blanksAbove(from, from + 1) > 0);
    if (kept == 0 || spaced) {
      return 0;
    }
    List<String[]> all = new ArrayList<>(rows.size() + kept);
    int[] starts = new int[rows.size() + kept];
    int blank = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (; blank < blanks && blankBefore[blank] <= row; blank++) {
        if (row > from && row < to) {
          starts[all.size()] = blankLines[blank];
          all.add(new String[] {""});
        }
      }
      starts[all.size()] = lines[row];
      all.add(rows.get(row));
    }
    rows.clear();
    rows.addAll(all);
    lines = starts;
    return kept;
  }

  /** The lines of these rows. */
  int[] lines(int from, int to) {
    return Arrays.copyOfRange(lines, from, to);
  }
}
