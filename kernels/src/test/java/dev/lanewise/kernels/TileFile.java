package dev.lanewise.kernels;

import dev.lanewise.kernels.TileText.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of micro-kernels that {@link TileText} writes: what stands above them, and which they are.
 *
 * @param name of the class
 * @param head class comment and constants
 * @param weights how they lie in the strips
 * @param tiles the methods
 */
record TileFile(String name, String head, Weights weights, List<String> tiles) {

  private static final Path FOLDER = Path.of("src/main/java/dev/lanewise/kernels/vector");

  private static final String WRITTEN =
      """
       *
       * <p>Written by {@code TileFile} of the tests: change the text there, not here.
       */
      """;

  /** Every file. */
  static List<TileFile> all() {
    return List.of(fours(), threes(), ends(), bfloat16(), int8());
  }

  /** Where a vector kernel's class lies. */
  static Path path(String name) {
    return FOLDER.resolve(name + ".java");
  }

  @Override
  public String toString() {
    return name;
  }

  /** What the file must hold, not formatted. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("package dev.lanewise.kernels.vector;\n");
    boolean narrow = weights != Weights.FLOAT;
    List<String> lanes = new ArrayList<>(List.of("FLOAT"));
    if (narrow) {
      lanes.add("INT");
    }
    if (name.equals("SgemmTiles")) {
      lanes.add("STRIP_BYTES");
    }
    lanes.forEach(
        lane -> lines.add("import static dev.lanewise.kernels.vector.Lanes." + lane + ";"));
    for (String constant : List.of("ALL", "MASK", "ORDER", "STRIDE")) {
      lines.add("import static dev.lanewise.kernels.vector.Memory." + constant + ";");
    }
    lines.add("import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;\n");
    if (weights == Weights.BFLOAT16) {
      lines.add("import dev.lanewise.kernels.contract.Bfloat16Strips;");
    }
    lines.add("import dev.lanewise.kernels.contract.EmptyTurns;");
    if (weights == Weights.INT8) {
      lines.add("import dev.lanewise.kernels.contract.Int8Strips;");
    }
    lines.add("import jdk.incubator.vector.FloatVector;");
    if (narrow) {
      lines.add("import jdk.incubator.vector.IntVector;");
      lines.add("import jdk.incubator.vector.VectorOperators;");
    }
    lines.add("");
    lines.add(head.formatted(WRITTEN.stripTrailing()));
    lines.add("private " + name + "() {}\n");
    lines.addAll(tiles);
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  private static TileFile fours() {
    String head =
        """
        /**
         * The micro-kernels: a tile of C stays in registers while k runs over a strip of B, four
         * vectors a step, and as many elements of A as the tile has rows. The sums begin from
         * {@code init}, which may be C.
         *
         * <p>The loop runs over the address of B and ends by {@code !=}: C2 does not take it for a
         * counted loop, leaves it as it is written, and keeps every accumulator in a register. A
         * counted loop, or another unrolling, fell to 0.35 of the peak on AVX2.
         *
         * <p>The fewer instructions a step, the less a busy sibling on the same core can take away.
         * So an address is a masked base plus a masked stride, which C2 folds into the load ({@link
         * Memory#STRIDE}), and C's addresses are made from where the loop ended, or C2 would make
         * all of them before it and carry them through it, on the stack.
         *
         * <p>The elements of A are loaded before the multiplications: their load is the one call in
         * here that C2 is not bound to inline, and past a count of nodes (NodeCountInliningCutoff)
         * it does not. With the last of them below twelve multiplications one launch in ten ran at
         * a fifth of the speed.
         *
         * <p>Loads and stores are written out: C2 stops inlining at a count of nodes that only the
         * JDK's own methods are excused from, so that a helper's call late in a body this long
         * stays a call, with its vector boxed on the heap.
        %s
        final class SgemmTiles {
        """;
    return new TileFile(
        "SgemmTiles",
        head,
        Weights.FLOAT,
        List.of(
            four("rows4", "Four rows: 16 accumulators, for 32 registers.", 4, 1),
            four("rows3", "Three rows, for 32 registers.", 3, 1),
            four(
                "rows2",
                "Two rows: 8 accumulators, for 16 registers; as many as two units of four cycles"
                    + " keep busy.",
                2,
                1),
            four("rows1", "One row.", 1, 1),
            four(
                "rows1strips2",
                "One row over two strips at once: eight chains instead of four hide the latency of"
                    + " the additions.",
                1,
                2)));
  }

  private static String four(String name, String says, int rows, int strips) {
    return new TileText(name, says, Weights.FLOAT, rows, strips, 4, true, false).text();
  }

  private static TileFile threes() {
    String head =
        """
        /**
         * The tiles of {@link SgemmTiles} over three vectors of a strip: of one that has no more,
         * one of each of three gates, or of a last one that is filled so far.
        %s
        final class SgemmThreeTiles {
        """;
    return new TileFile(
        "SgemmThreeTiles",
        head,
        Weights.FLOAT,
        List.of(
            three(
                "rows6",
                "Six rows: 18 accumulators, for 32 registers; a tenth faster than four.",
                6,
                1),
            three("rows4", "Four rows, for 32 registers.", 4, 1),
            three(
                "rows3",
                "Three rows: 9 accumulators, for 16 registers; a third faster than two.",
                3,
                1),
            three("rows2", "Two rows.", 2, 1),
            three("rows1", "One row.", 1, 1),
            three(
                "rows1strips2",
                "One row over two strips at once: a third strip gains nothing.",
                1,
                2)));
  }

  private static String three(String name, String says, int rows, int strips) {
    return new TileText(name, says, Weights.FLOAT, rows, strips, 3, true, true).text();
  }

  private static TileFile ends() {
    String head =
        """
        /**
         * The tiles of {@link SgemmTiles} over the first vectors of a last strip that is filled in
         * part, one beside the other in C. They take as many rows as make eight chains of
         * additions, which keep two units of four cycles busy.
        %s
        final class SgemmEndTiles {
        """;
    return new TileFile(
        "SgemmEndTiles",
        head,
        Weights.FLOAT,
        List.of(
            end(
                "rows4vectors2",
                "Four rows of two vectors: 8 accumulators, for 16 registers.",
                4,
                2),
            end(
                "rows8vector1",
                "Eight rows of a vector: 8 accumulators, for 32 registers.",
                8,
                1)));
  }

  private static String end(String name, String says, int rows, int vectors) {
    return new TileText(name, says, Weights.FLOAT, rows, 1, vectors, false, true).text();
  }

  private static TileFile bfloat16() {
    String head =
        """
        /**
         * Strips of bfloat16: a load, a shift and a mask give two vectors of weights. Written as
         * {@link SgemmTiles} is, and for its reasons.
        %s
        final class Bfloat16Tiles {

          /** A strip's row: two vectors. */
          static final long ROW_BYTES = 2 * Lanes.BYTES;
        """;
    String one = "One row.";
    String two =
        "One row over two strips at once: twice the chains hide the latency of the additions.";
    return new TileFile(
        "Bfloat16Tiles",
        head,
        Weights.BFLOAT16,
        List.of(
            narrow("rows1", one, Weights.BFLOAT16, 1, 4),
            narrow("rows1strips2", two, Weights.BFLOAT16, 2, 4),
            narrow("rows1vectors3", one, Weights.BFLOAT16, 1, 3),
            narrow("rows1strips2vectors3", two, Weights.BFLOAT16, 2, 3),
            TileText.widening(Weights.BFLOAT16)));
  }

  private static TileFile int8() {
    String head =
        """
        /**
         * Strips of bytes: a load gives four vectors of weights, each by shifts that extend its
         * sign, a conversion and a multiplication by its columns' scales. Written as {@link
         * SgemmTiles} is, and for its reasons.
        %s
        final class Int8Tiles {

          /** A strip's row: one vector. */
          static final long ROW_BYTES = Lanes.BYTES;

          static final long SCALES_BYTES = Int8Strips.scales(Lanes.COUNT);
        """;
    return new TileFile(
        "Int8Tiles",
        head,
        Weights.INT8,
        List.of(
            narrow("rows1", "One row.", Weights.INT8, 1, 4),
            narrow("rows1vectors3", "One row.", Weights.INT8, 1, 3),
            TileText.widening(Weights.INT8)));
  }

  private static String narrow(String name, String says, Weights weights, int strips, int vectors) {
    return new TileText(name, says, weights, 1, strips, vectors, true, false).text();
  }
}
