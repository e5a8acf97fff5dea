package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of the comparison, read back from Markdown: what the page of charts is drawn from.
 *
 * @param title the line above it
 * @param head names of the columns; the engines are those between "shape" and "best peer"
 * @param rows cells, a row a shape
 */
record ReportTable(String title, List<String> head, List<List<String>> rows) {

  private static final String RATIO = "best peer / lanewise";

  /** All tables of a text; each begins after a line that is its title. */
  static List<ReportTable> read(String text) {
    List<ReportTable> tables = new ArrayList<>();
    String title = "";
    List<List<String>> rows = new ArrayList<>();
    for (String line : (text + "\n\n").lines().toList()) {
      if (line.startsWith("|")) {
        rows.add(cells(line));
      } else if (!rows.isEmpty()) {
        tables.add(
            new ReportTable(title, rows.getFirst(), List.copyOf(rows.subList(2, rows.size()))));
        rows.clear();
      }
      title = line.isBlank() || line.startsWith("|") ? title : line;
    }
    return tables;
  }

  private static List<String> cells(String line) {
    String inner = line.strip();
    return Arrays.stream(inner.substring(1, inner.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  /** Those that there are columns for, in their order. */
  List<String> engines() {
    return head.subList(1, head.indexOf(RATIO));
  }

  /** The number in a column; NaN where there is none. */
  double number(List<String> row, String column) {
    return number(row.get(head.indexOf(column)));
  }

  /** Of the best peer: the median over the rounds, each of neighbours in time. */
  double bestRatio(List<String> row) {
    String cell = row.get(head.indexOf(RATIO));
    return number(cell.replaceFirst(" .*", ""));
  }

  /** The peer that came closest, or an empty name. */
  String bestPeer(List<String> row) {
    String cell = row.get(head.indexOf(RATIO));
    int open = cell.indexOf('(');
    return open < 0 ? "" : cell.substring(open + 1, cell.indexOf(')'));
  }

  private static double number(String cell) {
    return cell.equals("-") ? Double.NaN : Double.parseDouble(cell.replace(",", ""));
  }
}
