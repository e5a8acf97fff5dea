package dev.lanewise.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of one micro-kernel, written out: why it must be is said in {@code SgemmTiles}.
 *
 * @param name of the method
 * @param says its Javadoc's first sentences
 * @param weights how they lie in the strip
 * @param rows of A and C
 * @param strips side by side, of one row alone
 * @param vectors of a strip that are taken
 * @param apart whether the vectors of a row lie apart in C
 * @param rowOfStrip whether the bytes of a strip's row are a parameter
 */
record TileText(
    String name,
    String says,
    Weights weights,
    int rows,
    int strips,
    int vectors,
    boolean apart,
    boolean rowOfStrip) {

  /** How weights lie in a strip. */
  enum Weights {
    FLOAT,
    /** Two in an int. */
    BFLOAT16,
    /** Four in an int, behind the scales of their columns. */
    INT8
  }

  private static final String EMPTY_TURNS =
      "for (int turn = 0; turn < EmptyTurns.count; turn++) {}";

  private static final String FLOATS = "FloatVector.fromMemorySegment(FLOAT, ALL, ";
  private static final String INTS = "IntVector.fromMemorySegment(INT, ALL, ";

  /** The method with its Javadoc. */
  String text() {
    List<String> lines = new ArrayList<>();
    javadoc(lines);
    lines.add("static void " + name + "(" + parameters() + ") {");
    lines.add(EMPTY_TURNS);
    begin(lines);
    loop(lines);
    end(lines);
    lines.add("}");
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private boolean narrow() {
    return weights != Weights.FLOAT;
  }

  private void javadoc(List<String> lines) {
    lines.add("/**");
    lines.add(" * " + says);
    lines.add(" *");
    String columns = "its columns {@code kStride} bytes apart";
    lines.add(
        rows == 1
            ? " * @param a address of A's first element, " + columns
            : " * @param a address of A's first element, its rows {@code rowStride} and "
                + columns);
    lines.add(
        apart
            ? " * @param b address of a packed strip"
            : " * @param b address of a packed strip, of whose vectors the first are taken");
    if (rowOfStrip) {
      lines.add(" * @param bStep bytes of a row of the strip");
    }
    if (strips > 1) {
      lines.add(" * @param bApart bytes from one strip to the next");
    }
    String init = " * @param init address of what the sums begin from";
    if (!narrow()) {
      lines.add(rows == 1 ? init : init + ", its rows {@code initStride} bytes apart");
    }
    String first = " * @param c address of C's first element";
    lines.add(
        narrow()
            ? first + ", which is added to"
            : rows == 1 ? first : first + ", its rows {@code ldc} bytes apart");
    if (apart) {
      String next = rows == 1 ? "of C to the next" : "of a row of C to the next";
      String also = narrow() ? "" : ", and of what it begins from";
      lines.add(" * @param apart bytes from one vector " + next + also);
    }
    if (strips > 1) {
      lines.add(" * @param cApart bytes in C from one strip to the next");
    }
    lines.add(" */");
  }

  private String parameters() {
    List<String> names = new ArrayList<>();
    names.add("long a");
    if (rows > 1) {
      names.add("long rowStride");
    }
    names.add("long kStride");
    names.add("int k");
    names.add("long b");
    if (rowOfStrip) {
      names.add("long bStep");
    }
    if (strips > 1) {
      names.add("long bApart");
    }
    if (!narrow()) {
      names.add("long init");
    }
    if (rows > 1) {
      names.add("long initStride");
    }
    names.add("long c");
    if (rows > 1) {
      names.add("long ldc");
    }
    if (apart) {
      names.add("long apart");
    }
    if (strips > 1) {
      names.add("long cApart");
    }
    return String.join(", ", names);
  }

  /** What is loaded before the loop: constants, scales, the sums. */
  private void begin(List<String> lines) {
    if (weights == Weights.BFLOAT16) {
      lines.add("IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);");
    }
    if (weights == Weights.INT8) {
      lines.add("long scales = b & MASK;");
      for (int vector = 0; vector < vectors; vector++) {
        String at = sum("scales", bytes(vector));
        lines.add("FloatVector s" + vector + " = " + FLOATS + at + ", ORDER);");
      }
    }
    if (apart) {
      lines.add("long v1 = apart & STRIDE;");
      multiples(lines, "v", vectors);
    }
    for (int strip = 1; strip < strips; strip++) {
      String w = name("w", strip);
      lines.add("long " + w + "0 = " + times(strip, "(cApart & STRIDE)") + ";");
      for (int vector = 1; vector < vectors; vector++) {
        lines.add("long " + w + vector + " = " + w + "0 + v" + vector + ";");
      }
    }
    lines.add("long from = " + (narrow() ? "c" : "init") + " & MASK;");
    if (rows > 1) {
      lines.add("long i1 = initStride & STRIDE;");
      multiples(lines, "i", rows);
    }
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < strips * vectors; j++) {
        String at = sum("from", place("i", "v", "w", row, j));
        lines.add("FloatVector " + acc(row, j) + " = " + FLOATS + at + ", ORDER);");
      }
    }
    if (rows > 1) {
      lines.add("long a1At = rowStride & STRIDE;");
      for (int row = 2; row < rows; row++) {
        lines.add("long a" + row + "At = " + row + " * a1At;");
      }
    }
  }

  private void loop(List<String> lines) {
    String first = weights == Weights.INT8 ? "((b + SCALES_BYTES) & MASK)" : "(b & MASK)";
    String step = rowOfStrip ? "bStep" : narrow() ? "ROW_BYTES" : "STRIP_BYTES";
    lines.add("long end = " + first + " + k * " + step + ";");
    lines.add("long at = " + first.substring(1, first.length() - 1) + ";");
    lines.add("long row = a & MASK;");
    lines.add("while (at != end) {");
    String address = "at";
    for (int strip = 0; strip < strips; strip++) {
      if (strip > 0) {
        String next = name("next", strip);
        lines.add("long " + next + " = (" + address + " + bApart) & MASK;");
        address = next;
      }
      columns(lines, address, strip * vectors);
    }
    for (int row = 0; row < rows; row++) {
      String at = row == 0 ? "row" : "row + a" + row + "At";
      lines.add(
          "FloatVector a%d = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, %s));"
              .formatted(row, at));
    }
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < strips * vectors; j++) {
        String acc = acc(row, j);
        lines.add("%s = a%d.fma(%s, %s);".formatted(acc, row, column(j), acc));
      }
    }
    lines.add("row = (row + kStride) & MASK;");
    lines.add("at = (at + " + step + ") & MASK;");
    lines.add("}");
  }

  /** The loads of a strip's row. */
  private void columns(List<String> lines, String address, int first) {
    switch (weights) {
      case FLOAT -> {
        for (int vector = 0; vector < vectors; vector++) {
          String at = sum(address, bytes(vector));
          lines.add("FloatVector b" + (first + vector) + " = " + FLOATS + at + ", ORDER);");
        }
      }
      case BFLOAT16 -> {
        for (int pair = 0; pair < 2; pair++) {
          String at = sum(address, bytes(pair));
          lines.add("IntVector " + pair(first, 2 * pair) + " = " + INTS + at + ", ORDER);");
        }
      }
      case INT8 -> {
        lines.add("IntVector q = " + INTS + address + ", ORDER);");
        for (int vector = 0; vector < vectors; vector++) {
          lines.add("IntVector q" + vector + " = q" + extended(vector) + ";");
        }
        for (int vector = 0; vector < vectors; vector++) {
          lines.add("FloatVector b%1$d = %2$s;".formatted(vector, scaled(vector)));
        }
      }
    }
  }

  /** The int vector that holds a vector of bfloat16. */
  private String pair(int first, int vector) {
    return "p" + (first / vectors * 2 + vector / 2);
  }

  private static String extended(int vector) {
    String up = vector == 3 ? "" : ".lanewise(VectorOperators.LSHL, " + (24 - 8 * vector) + ")";
    return up + ".lanewise(VectorOperators.ASHR, 24)";
  }

  private static String scaled(int vector) {
    return "((FloatVector) q%1$d.convert(VectorOperators.I2F, 0)).mul(s%1$d)".formatted(vector);
  }

  /** A vector of weights. */
  private String column(int j) {
    if (weights != Weights.BFLOAT16) {
      return "b" + j;
    }
    String pair = pair(j, j % vectors);
    return pair + widened(j % vectors) + ".reinterpretAsFloats()";
  }

  private static String widened(int vector) {
    return vector % 2 == 0 ? ".lanewise(VectorOperators.LSHL, 16)" : ".and(high)";
  }

  /** The stores, by addresses that are made from where the loop ended. */
  private void end(List<String> lines) {
    lines.add("long none = at - end;");
    lines.add("long to = (c + none) & MASK;");
    if (apart) {
      lines.add("long p1 = (apart + none) & STRIDE;");
      multiples(lines, "p", vectors);
    }
    for (int strip = 1; strip < strips; strip++) {
      String q = name("q", strip);
      lines.add("long " + q + "0 = " + times(strip, "((cApart + none) & STRIDE)") + ";");
      for (int vector = 1; vector < vectors; vector++) {
        lines.add("long " + q + vector + " = " + q + "0 + p" + vector + ";");
      }
    }
    if (rows > 1) {
      lines.add("long c1 = (ldc + none) & STRIDE;");
      multiples(lines, "c", rows);
    }
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < strips * vectors; j++) {
        String at = sum("to", place("c", "p", "q", row, j));
        lines.add(acc(row, j) + ".intoMemorySegment(ALL, " + at + ", ORDER);");
      }
    }
  }

  /** The loop that writes strips as strips of floats. */
  static String widening(Weights weights) {
    int vectors = 4;
    TileText tile = new TileText("widen", "", weights, 1, 1, vectors, true, false);
    List<String> lines = new ArrayList<>();
    boolean int8 = weights == Weights.INT8;
    lines.add("/**");
    lines.add(" * Writes rows of a strip as rows of floats, four vectors each.");
    lines.add(" *");
    if (int8) {
      lines.add(" * @param scales address of the strip, which its scales begin");
    }
    lines.add(" * @param b address of the first row");
    lines.add(" * @param steps how many");
    lines.add(" * @param to address of what is written");
    lines.add(" */");
    String scales = int8 ? "long scales, " : "";
    lines.add("static void widen(" + scales + "long b, int steps, long to) {");
    lines.add(EMPTY_TURNS);
    if (int8) {
      for (int vector = 0; vector < vectors; vector++) {
        String at = vector == 0 ? "scales & MASK" : "(" + sum("scales", bytes(vector)) + ") & MASK";
        lines.add("FloatVector s" + vector + " = " + FLOATS + at + ", ORDER);");
      }
    } else {
      lines.add("IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);");
    }
    lines.add("long end = (b & MASK) + steps * ROW_BYTES;");
    lines.add("long into = to & MASK;");
    lines.add("long at = b & MASK;");
    lines.add("while (at != end) {");
    if (int8) {
      lines.add("IntVector q = " + INTS + "at, ORDER);");
    } else {
      tile.columns(lines, "at", 0);
    }
    for (int vector = 0; vector < vectors; vector++) {
      String to = sum("into", bytes(vector));
      if (int8) {
        lines.add("IntVector q" + vector + " = q" + extended(vector) + ";");
      }
      String value = int8 ? scaled(vector) : tile.pair(0, vector) + widened(vector);
      lines.add(value + ".intoMemorySegment(ALL, " + to + ", ORDER);");
    }
    lines.add("into = (into + 4 * Lanes.BYTES) & MASK;");
    lines.add("at = (at + ROW_BYTES) & MASK;");
    lines.add("}");
    lines.add("}");
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void multiples(List<String> lines, String letter, int count) {
    IntStream.range(2, count)
        .forEach(i -> lines.add("long " + letter + i + " = " + i + " * " + letter + "1;"));
  }

  private static String times(int factor, String term) {
    return factor == 1 ? term.substring(1, term.length() - 1) : factor + " * " + term;
  }

  private static String name(String letter, int number) {
    return number == 1 ? letter : letter + number;
  }

  private static String acc(int row, int j) {
    return "acc" + row + j;
  }

  private static String bytes(int vector) {
    return vector == 0 ? "" : vector == 1 ? "Lanes.BYTES" : vector + " * Lanes.BYTES";
  }

  /** A vector's distance from the first: of its row, and of its place in the row. */
  private String place(String row, String vector, String strip, int i, int j) {
    List<String> terms = new ArrayList<>();
    if (i > 0) {
      terms.add(row + i);
    }
    int in = j % vectors;
    if (j >= vectors) {
      terms.add(name(strip, j / vectors) + in);
    } else if (in > 0) {
      terms.add(apart ? vector + in : bytes(in));
    }
    return terms.size() < 2 ? String.join("", terms) : "(" + String.join(" + ", terms) + ")";
  }

  private static String sum(String base, String distance) {
    return distance.isEmpty() ? base : base + " + " + distance;
  }
}
