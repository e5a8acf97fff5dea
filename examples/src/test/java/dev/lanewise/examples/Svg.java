package dev.lanewise.examples;

import java.util.Locale;

/** Grids of named axes on a light panel, so that they are readable on any background. */
final class Svg {
  static final int CELL_WIDTH = 46;
  static final int CELL_HEIGHT = 26;

  /** From a grid's left edge to its first column: the name of the row axis, and the indices. */
  private static final int LEFT = 46;

  /** From a grid's top to its first row: the title, the name of the column axis, the indices. */
  private static final int TOP = 52;

  private static final String[] FILLS = {"#9ecae1", "#fdd0a2", "#a1d99b", "#d4c4e8", "#f7b6c2"};
  private static final String PADDING = "#e3e6ea";

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;

  /**
   * A cell of a grid.
   *
   * @param label what stands in it
   * @param color which of five colours; -1 for padding
   * @param framed whether it is marked
   */
  record Cell(String label, int color, boolean framed) {
    static Cell of(String label, int color) {
      return new Cell(label, color, false);
    }

    static Cell padding(String label) {
      return new Cell(label, -1, false);
    }

    Cell mark() {
      return new Cell(label, color, true);
    }
  }

  /** What stands at a row and a column. */
  interface Cells {
    Cell at(int row, int column);
  }

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  static int gridWidth(int columns) {
    return LEFT + columns * CELL_WIDTH;
  }

  static int gridHeight(int rows) {
    return TOP + rows * CELL_HEIGHT;
  }

  /** A grid with its top left corner at x and y, its rows as long as {@code columns} says. */
  void grid(int x, int y, String title, Axis rows, Axis columns, Cells cells) {
    text(x, y + 14, "title", "start", title);
    text(x + LEFT, y + 32, "axis", "start", columns.name() + " \u2192");
    int middle = y + TOP + rows.length() * CELL_HEIGHT / 2;
    body.append(
        String.format(
            Locale.ROOT,
            "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(%d %d)"
                + " rotate(-90)\">%s</text>\n",
            x + 14,
            middle,
            rows.length() > 1 ? rows.name() + " \u2190" : ""));
    for (int column = 0; column < columns.length(); column++) {
      int at = x + LEFT + column * CELL_WIDTH + CELL_WIDTH / 2;
      text(at, y + 47, "index", "middle", Integer.toString(column));
    }
    for (int row = 0; row < rows.length(); row++) {
      int top = y + TOP + row * CELL_HEIGHT;
      text(x + LEFT - 8, top + 18, "index", "end", Integer.toString(row));
      for (int column = 0; column < columns.length(); column++) {
        cell(x + LEFT + column * CELL_WIDTH, top, cells.at(row, column));
      }
    }
  }

  private void cell(int x, int y, Cell cell) {
    if (cell.label().isEmpty()) {
      return;
    }
    body.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
            cell.framed() ? "marked" : "cell",
            x + 1,
            y + 1,
            CELL_WIDTH - 2,
            CELL_HEIGHT - 2,
            cell.color() < 0 ? PADDING : FILLS[cell.color() % FILLS.length]));
    text(x + CELL_WIDTH / 2, y + 17, "label", "middle", cell.label());
  }

  /** A line of text. */
  void note(int x, int y, String text) {
    text(x, y, "axis", "start", text);
  }

  /** An arrow to the right, what it does above it. */
  void arrow(int x, int y, String does) {
    text(x, y - 8, "axis", "start", does);
    body.append(
        String.format(
            Locale.ROOT, "<path class=\"arrow\" d=\"M%d %dh56m-8 -6l8 6l-8 6\"/>\n", x, y));
  }

  private void text(int x, int y, String style, String anchor, String text) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
            style,
            x,
            y,
            anchor,
            text));
  }

  /** The whole picture; the description is for those who cannot see it. */
  String toString(String description) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\""
                + " height=\"%2$d\" role=\"img\">\n<title>%3$s</title>\n",
            width,
            height,
            description)
        + """
        <style>
        text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #24292f; }
        .title { font-size: 13px; font-weight: bold; }
        .axis { font-size: 12px; fill: #57606a; }
        .index { font-size: 11px; fill: #57606a; }
        .label { font-size: 12px; }
        .marked { stroke: #24292f; stroke-width: 2.5; }
        .arrow { stroke: #57606a; stroke-width: 2; fill: none; }
        </style>
        """
        + String.format(
            Locale.ROOT,
            "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#ffffff\" stroke=\"#d0d7de\"/>\n",
            width,
            height)
        + body
        + "</svg>\n";
  }

  /**
   * An axis of a grid.
   *
   * @param name for instance timesteps
   * @param length how many indices it has
   */
  record Axis(String name, int length) {}
}
