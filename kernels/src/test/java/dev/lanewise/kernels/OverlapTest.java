package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written may be an operand where that is said, and never a part of one. */
class OverlapTest {

  /** Where the operand stands that is not moved. */
  private static final int FIXED = 200;

  static final String PART = "it may be the same memory, or other memory, not a part of it";
  static final String OWN = "each needs its own memory";
  private static final String ASIDE = "copy one aside first";

  static final int N = 12;
  static final MemorySegment S = Arena.ofAuto().allocate(8_000, 4);
  private static final PackedMatrix B = PackedMatrix.of(Arena.ofAuto(), N, N);
  private static final PackedMatrix U = PackedMatrix.ofGates(Arena.ofAuto(), 3, 12);
  private static final PackedMatrix GRU_U =
      PackedMatrix.ofGates(Arena.ofAuto(), 3, 9, 3, WeightFormat.FLOAT32);
  private static final GruCell GRU = new GruCell(3, 3, Activation.TANH, Activation.SIGMOID);
  private static final LstmCell CELL = new LstmCell(3, Activation.TANH, Activation.SIGMOID);

  /** A call whose output is moved over an input. */
  interface Call {
    void at(int input, int output);
  }

  /** Extents in elements. */
  record Pair(String error, int input, int output, boolean same, Call call) {
    @Override
    public String toString() {
      return error;
    }
  }

  static List<Pair> pairs() {
    List<Pair> all = new ArrayList<>();
    elementwise(all, "Exp: x and y", (x, y) -> Exp.apply(N, S, x, S, y));
    elementwise(all, "AddScaled: x and y", (x, y) -> AddScaled.apply(N, 2f, S, x, S, y));
    elementwise(all, "AddSign: x and y", (x, y) -> AddSign.apply(N, 2f, S, x, S, y));
    elementwise(all, "Multiply: a and y", (x, y) -> Multiply.apply(N, S, x, S, 0, S, y));
    elementwise(all, "Multiply: b and y", (x, y) -> Multiply.apply(N, S, 0, S, x, S, y));
    elementwise(all, "Maximum: a and y", (x, y) -> Maximum.apply(N, S, x, S, 0, S, y));
    elementwise(all, "Maximum: b and y", (x, y) -> Maximum.apply(N, S, 0, S, x, S, y));
    elementwise(all, "Clip: x and y", (x, y) -> Clip.apply(N, 2f, S, x, S, y));
    elementwise(all, "Clip: y and dx", (x, y) -> Clip.gradient(N, 2f, S, x, S, 0, S, y));
    elementwise(all, "Clip: dy and dx", (x, y) -> Clip.gradient(N, 2f, S, 0, S, x, S, y));
    elementwise(all, "Scale: x and y", (x, y) -> Scale.apply(N, 2f, S, x, S, y));
    elementwise(all, "Softmax: x and y", (x, y) -> Softmax.apply(3, N / 3, S, x, S, y));
    for (Activation a : Activation.values()) {
      elementwise(all, "Activation: x and y", (x, y) -> a.apply(N, S, x, S, y));
      if (a.needsInput()) {
        elementwise(all, "Activation: x and dx", (x, y) -> a.inputGradient(N, S, x, S, 0, S, y));
        elementwise(all, "Activation: dy and dx", (x, y) -> a.inputGradient(N, S, 0, S, x, S, y));
      } else {
        elementwise(all, "Activation: y and dx", (x, y) -> a.gradient(N, S, x, S, 0, S, y));
        elementwise(all, "Activation: dy and dx", (x, y) -> a.gradient(N, S, 0, S, x, S, y));
      }
    }
    adam(all, "g and m", (g, m) -> adam(g, m, 600, 700));
    adam(all, "g and v", (g, v) -> adam(g, 500, v, 700));
    adam(all, "g and w", (g, w) -> adam(g, 500, 600, w));
    adam(all, "m and v", (m, v) -> adam(400, m, v, 700));
    adam(all, "m and w", (m, w) -> adam(400, m, 600, w));
    adam(all, "v and w", (v, w) -> adam(400, 500, v, w));
    momentum(all, "g and v", (g, v) -> momentum(g, v, 700));
    momentum(all, "g and w", (g, w) -> momentum(g, 600, w));
    momentum(all, "v and w", (v, w) -> momentum(400, v, w));
    matrix(all, "ColumnSums: x and y", (x, y) -> ColumnSums.apply(1, N, S, x, N, S, y));
    matrix(all, "Transpose: a and b", (a, b) -> Transpose.apply(1, N, S, a, N, S, b, 1));
    matrix(all, "Sgemm: A and C", (a, c) -> Sgemm.multiply(1, S, a, N, B, S, c, N));
    matrix(all, "Sgemm: A and C", (a, c) -> Sgemm.multiplyAdd(1, S, a, N, B, S, c, N));
    matrix(all, "Sgemm: A and C", (a, c) -> Sgemm.multiplyBias(1, S, a, N, B, S, 0, S, c, N));
    matrix(all, "Sgemm: bias and C", (b, c) -> Sgemm.multiplyBias(1, S, 0, N, B, S, b, S, c, N));
    matrix(all, "Sgemm: A and C", (a, c) -> Sgemm.multiplyTransposed(1, S, a, 1, B, S, c, N));
    matrix(all, "Sgemm: A and C", (a, c) -> Sgemm.multiplyTransposedAdd(1, S, a, 1, B, S, c, N));
    cell(all, "x and gates", 3, 12, (x, z) -> CELL.project(1, S, x, U, S, 0, S, z));
    cell(all, "bias and gates", 12, 12, (b, z) -> CELL.project(1, S, 0, U, S, b, S, z));
    forward(all);
    backward(all);
    gru(all);
    OverlapPairs.all(all);
    return all;
  }

  private static void gru(List<Pair> all) {
    gru(all, "x and gates", 3, 12, (x, z) -> GRU.project(1, S, x, GRU_U, S, 0, S, z));
    gru(all, "bias and gates", 12, 12, (b, z) -> GRU.project(1, S, 0, GRU_U, S, b, S, z));
    gru(all, "hPrevious and h", 3, 3, (a, b) -> GRU.forward(1, GRU_U, S, a, S, 500, S, b));
    gru(all, "hPrevious and gates", 3, 12, (a, b) -> GRU.forward(1, GRU_U, S, a, S, b, S, 500));
    gru(all, "gates and h", 12, 3, (a, b) -> GRU.forward(1, GRU_U, S, 500, S, a, S, b));
    gru(all, "hPrevious and carried", 3, 3, (a, b) -> gruBackward(a, 500, b, 700, 800));
    gru(all, "hPrevious and gates", 3, 12, (a, b) -> gruBackward(a, 500, 600, b, 800));
    gru(all, "hPrevious and scratch", 3, 6, (a, b) -> gruBackward(a, 500, 600, 700, b));
    gru(all, "dh and carried", 3, 3, (a, b) -> gruBackward(400, a, b, 700, 800));
    gru(all, "dh and gates", 3, 12, (a, b) -> gruBackward(400, a, 600, b, 800));
    gru(all, "dh and scratch", 3, 6, (a, b) -> gruBackward(400, a, 600, 700, b));
    gru(all, "carried and gates", 3, 12, (a, b) -> gruBackward(400, 500, a, b, 800));
    gru(all, "carried and scratch", 3, 6, (a, b) -> gruBackward(400, 500, a, 700, b));
    gru(all, "gates and scratch", 12, 6, (a, b) -> gruBackward(400, 500, 600, a, b));
  }

  private static void forward(List<Pair> all) {
    all.add(
        new Pair(
            "LstmCell: hPrevious and h overlap; every unit of h_t reads all of h_{t-1}",
            3,
            3,
            false,
            (a, b) -> forward(a, 500, 600, 700, b)));
    all.add(
        new Pair(
            "LstmCell: cPrevious and c overlap; " + PART,
            3,
            3,
            true,
            (a, b) -> forward(400, a, 600, b, 800)));
    cell(all, "hPrevious and c", 3, 3, (a, b) -> forward(a, 500, 600, b, 800));
    cell(all, "hPrevious and gates", 3, 12, (a, b) -> forward(a, 500, b, 700, 800));
    cell(all, "cPrevious and h", 3, 3, (a, b) -> forward(400, a, 600, 700, b));
    cell(all, "cPrevious and gates", 3, 12, (a, b) -> forward(400, a, b, 700, 800));
    cell(all, "gates and h", 12, 3, (a, b) -> forward(400, 500, a, 700, b));
    cell(all, "gates and c", 12, 3, (a, b) -> forward(400, 500, a, b, 800));
    cell(all, "c and h", 3, 3, (a, b) -> forward(400, 500, 600, a, b));
  }

  private static void backward(List<Pair> all) {
    cell(all, "cPrevious and dc", 3, 3, (a, b) -> backward(a, 500, 600, b, 800, 900));
    cell(all, "c and dc", 3, 3, (a, b) -> backward(400, a, 600, b, 800, 900));
    cell(all, "dh and dc", 3, 3, (a, b) -> backward(400, 500, a, b, 800, 900));
    cell(all, "cPrevious and gates", 3, 12, (a, b) -> backward(a, 500, 600, 700, b, 900));
    cell(all, "c and gates", 3, 12, (a, b) -> backward(400, a, 600, 700, b, 900));
    cell(all, "dh and gates", 3, 12, (a, b) -> backward(400, 500, a, 700, b, 900));
    cell(all, "dc and gates", 3, 12, (a, b) -> backward(400, 500, 600, a, b, 900));
    cell(all, "cPrevious and scratch", 3, 6, (a, b) -> backward(a, 500, 600, 700, 800, b));
    cell(all, "c and scratch", 3, 6, (a, b) -> backward(400, a, 600, 700, 800, b));
    cell(all, "dh and scratch", 3, 6, (a, b) -> backward(400, 500, a, 700, 800, b));
    cell(all, "dc and scratch", 3, 6, (a, b) -> backward(400, 500, 600, a, 800, b));
    cell(all, "gates and scratch", 12, 6, (a, b) -> backward(400, 500, 600, 700, a, b));
  }

  static void elementwise(List<Pair> all, String names, Call call) {
    all.add(new Pair(names + " overlap; " + PART, N, N, true, call));
  }

  private static void adam(List<Pair> all, String names, Call call) {
    all.add(new Pair("AdamUpdate: " + names + " overlap; " + OWN, N, N, false, call));
  }

  private static void momentum(List<Pair> all, String names, Call call) {
    all.add(new Pair("MomentumUpdate: " + names + " overlap; " + OWN, N, N, false, call));
  }

  private static void matrix(List<Pair> all, String names, Call call) {
    all.add(new Pair(names + " overlap; " + ASIDE, N, N, false, call));
  }

  private static void cell(List<Pair> all, String names, int input, int output, Call call) {
    all.add(new Pair("LstmCell: " + names + " overlap; " + OWN, input, output, false, call));
  }

  private static void gru(List<Pair> all, String names, int input, int output, Call call) {
    all.add(new Pair("GruCell: " + names + " overlap; " + OWN, input, output, false, call));
  }

  private static void gruBackward(int hPrevious, int dh, int carried, int gates, int scratch) {
    GRU.backward(1, S, hPrevious, S, dh, S, carried, S, gates, S, scratch);
  }

  private static void adam(int g, int m, int v, int w) {
    AdamUpdate.apply(N, 1, 1e-3, 0.9, 0.999, 1e-7, S, g, S, m, S, v, S, w);
  }

  private static void momentum(int g, int v, int w) {
    MomentumUpdate.apply(N, 0.1f, 0.9f, S, g, S, v, S, w);
  }

  private static void forward(int h, int c, int gates, int cNext, int hNext) {
    CELL.forward(1, U, S, h, S, c, S, gates, S, cNext, S, hNext);
  }

  private static void backward(int cPrevious, int c, int dh, int dc, int gates, int scratch) {
    CELL.backward(1, S, cPrevious, S, c, S, dh, S, dc, S, gates, S, scratch);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aPartIsRefusedAndWhatIsBesideIsNot(Pair pair) {
    for (int output = FIXED - pair.output; output <= FIXED + pair.input; output++) {
      int at = output;
      boolean beside = at == FIXED - pair.output || at == FIXED + pair.input;
      if (beside || (pair.same && at == FIXED)) {
        assertDoesNotThrow(() -> pair.call.at(FIXED, at));
      } else {
        assertEquals(
            pair.error,
            assertThrows(IllegalArgumentException.class, () -> pair.call.at(FIXED, at))
                .getMessage());
      }
    }
  }

  /** (3, 12) and (3, 12) in the rows of (3, 24 and more). */
  @Test
  void matricesSideBySideInTheRowsOfAThirdAreApart() {
    for (int ld : new int[] {2 * N, 2 * N + 5}) {
      Sgemm.multiply(3, S, 100, ld, B, S, 100 + N, ld);
      Sgemm.multiply(3, S, 100 + N, ld, B, S, 100, ld);
      Sgemm.multiply(3, S, 100, ld, B, S, 100 + N + ld, ld);
      for (int shift : new int[] {-1, 0, 1, N - 1, ld - N + 1, ld, ld + 1, 2 * ld + N - 1}) {
        assertEquals(
            "Sgemm: A and C overlap; copy one aside first",
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Sgemm.multiply(3, S, 100, ld, B, S, 100 + shift, ld))
                .getMessage());
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> Sgemm.multiply(3, S, 100, ld, B, S, 100 + N, ld + 1));
    }
  }

  @Test
  void oneRowWhoseNextWouldLieBeyondMemoryOverlapsLikeAnyOther() {
    for (long ld : new long[] {1L << 61, 1L << 62, Long.MAX_VALUE}) {
      assertEquals(
          "Sgemm: A and C overlap; copy one aside first",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Sgemm.multiply(1, S, 100, ld, B, S, 101, ld))
              .getMessage());
      assertDoesNotThrow(() -> Sgemm.multiply(1, S, 100, ld, B, S, 100 + N, ld));
    }
  }

  @Test
  void noElementsOverlapNothing() {
    assertDoesNotThrow(() -> Exp.apply(0, S, 4, S, 5));
    assertDoesNotThrow(() -> Sgemm.multiply(0, S, 4, N, B, S, 5, N));
  }
}
