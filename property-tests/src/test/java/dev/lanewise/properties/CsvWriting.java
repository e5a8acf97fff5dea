package dev.lanewise.properties;

import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random table, written in some dialect: what it says, and its bytes. */
final class CsvWriting {
  private static final List<String> MISSING =
      List.of(
          "", " ", "\"\"", "\" \"", "NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None", "-",
          "--", "?", ".", "..", "*");
  private static final List<String> WORDS =
      List.of("sun", "None", "-", "snow, rain", "say \"x\"", "two\nlines", "\u00fcber", "a;b|c\td");

  final List<String> names = new ArrayList<>();
  final double[][] numbers; // (columns, rows)
  final List<String> dates = new ArrayList<>();
  final List<String> words = new ArrayList<>();
  final int[] lines;
  final byte[] bytes;

  private final CsvMarks marks;
  private final CsvAround around;
  private final Random random;
  private final String lineEnd;
  private final StringBuilder text = new StringBuilder();
  private int line = 1;

  CsvWriting(CsvMarks marks, CsvAround around, double[][] numbers, long seed) {
    this.marks = marks;
    this.around = around;
    this.random = new Random(seed);
    this.lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    this.numbers = numbers;
    this.lines = new int[numbers[0].length];
    preamble();
    header();
    for (int row = 0; row < lines.length; row++) {
      row(row);
    }
    footer();
    bytes = (around.encoding().mark + text).getBytes(Charset.forName(around.encoding().charset));
  }

  private void write(List<String> cells) {
    String separator = String.valueOf(marks.separator());
    String row = String.join(separator, cells) + (around.trailing() ? separator : "");
    line(row);
  }

  private void line(String row) {
    text.append(row).append(lineEnd);
    line += 1 + (int) row.chars().filter(c -> c == '\n').count();
  }

  private String quoted(String cell) {
    boolean needed =
        cell.indexOf(marks.separator()) >= 0 || cell.contains("\"") || cell.contains("\n");
    return needed || random.nextInt(8) == 0 ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }

  private void comment() {
    if (around.comments()) {
      line("# made by someone, with \"quotes; and|more");
    }
  }

  private void preamble() {
    comment();
    if (around.preamble() == CsvAround.Preamble.TITLE) {
      line("Weather of a town");
    } else if (around.preamble() == CsvAround.Preamble.TABLE) {
      String separator = String.valueOf(marks.separator());
      line("latitude" + separator + "longitude");
      line("41" + separator + "12");
      line("");
    }
  }

  private void header() {
    List<String> cells = new ArrayList<>(List.of("date"));
    for (int column = 0; column < numbers.length; column++) {
      cells.add("t\u00e4g" + column);
    }
    cells.add("sky");
    switch (around.header()) {
      case NAMES -> write(cells);
      case NONE -> {}
      case COMMENT -> line("#" + String.join(String.valueOf(marks.separator()), cells));
      case TWO_ROWS -> {
        List<String> upper = new ArrayList<>();
        cells.forEach(cell -> upper.add(cell.equals("t\u00e4g0") ? "Town" : ""));
        write(upper);
        write(cells);
      }
    }
    for (int column = 0; column < cells.size(); column++) {
      boolean below = around.header() == CsvAround.Header.TWO_ROWS && column > 0;
      boolean none = around.header() == CsvAround.Header.NONE;
      names.add(none ? "c" + (column + 1) : (below ? "Town " : "") + cells.get(column));
    }
    if (around.units()) {
      List<String> units = new ArrayList<>();
      cells.forEach(cell -> units.add(cell.startsWith("t") ? "(m/s)" : ""));
      write(units);
    }
  }

  private void row(int row) {
    if (row > 0 && random.nextInt(6) == 0) {
      comment();
    }
    if (row > 0 && around.blanks() && random.nextInt(6) == 0) {
      line("");
    }
    dates.add(LocalDate.of(2020, 1, 1).plusDays(row).toString());
    words.add(WORDS.get(random.nextInt(WORDS.size())));
    List<String> cells = new ArrayList<>(List.of(dates.get(row)));
    for (double[] column : numbers) {
      boolean missing = Double.isNaN(column[row]);
      cells.add(
          missing
              ? MISSING.get(random.nextInt(MISSING.size()))
              : quoted(pad() + marks.write(column[row]) + pad()));
    }
    cells.add(quoted(words.get(row)));
    lines[row] = line;
    write(cells);
  }

  private String pad() {
    return marks.separator() != '\t' && random.nextInt(4) == 0 ? " " : "";
  }

  private void footer() {
    switch (around.footer()) {
      case NONE -> {}
      case EMPTY -> {
        write(names.stream().map(name -> "NA").toList());
        write(names.stream().map(name -> "").toList());
      }
      case TOTAL -> line("Total" + marks.separator() + "12");
      case SOURCE -> line("Source: an office");
    }
  }
}
