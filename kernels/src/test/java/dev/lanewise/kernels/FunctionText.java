package dev.lanewise.kernels;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The text of an elementary function in a vector kernel's loop, from the vector that is declared
 * first to the one that is declared last. It stands here once, and written out in each loop: a call
 * that takes and returns vectors may not be inlined, as {@code LstmGates} says.
 *
 * @param file the class that it stands in
 * @param first the first vector's name
 * @param last the last one's
 * @param text the statements
 */
record FunctionText(String file, String first, String last, String text) {

  /** Each place. */
  static List<FunctionText> all() {
    return List.of(
        gateSigmoid("LstmGates", "i"),
        gateSigmoid("LstmGates", "f"),
        gateSigmoid("LstmGates", "o"),
        gateTanhConstants("LstmGates"),
        gateTanh("LstmGates", "x", "g", "g"),
        gateTanhConstants("LstmState"),
        gateTanh("LstmState", "next", "c", "squashed"),
        gateTanhConstants("LstmCellGradient"),
        gateTanh("LstmCellGradient", "state", "c", "squashed"),
        gateSigmoid("GruGates", "z"),
        gateSigmoid("GruGates", "r"),
        gateTanhConstants("GruState"),
        gateTanh("GruState", "x", "n", "squashed"),
        exponentialConstants("VectorExp"),
        exponential("VectorExp"),
        twoPowers("VectorExp"),
        exponentialConstants("VectorSigmoid"),
        exponential("VectorSigmoid"),
        twoPowers("VectorSigmoid"),
        exponentialConstants("VectorTanh"),
        exponential("VectorTanh"),
        power("VectorTanh"),
        exponentialConstants("VectorElu"),
        exponential("VectorElu"),
        power("VectorElu"),
        exponentialConstants("VectorSoftplus"),
        exponential("VectorSoftplus"),
        twoPowers("VectorSoftplus"),
        exponentialConstants("VectorSilu"),
        exponential("VectorSilu"),
        twoPowers("VectorSilu"),
        exponentialConstants("VectorMish"),
        exponential("VectorMish"),
        twoPowers("VectorMish"),
        exponentialConstants("VectorTanhShrink"),
        exponential("VectorTanhShrink"),
        power("VectorTanhShrink"),
        exponentialConstants("VectorGelu"),
        exponential("VectorGelu"),
        twoPowers("VectorGelu"),
        exponentialConstants("VectorGeluTanh"),
        exponential("VectorGeluTanh"),
        twoPowers("VectorGeluTanh"));
  }

  /** {@code ScalarMath.gateSigmoid} of the vector {@code iz}, in {@code i}. */
  private static FunctionText gateSigmoid(String file, String i) {
    String text =
        """
        IntVector ib = iz.fma(scale, rounder).reinterpretAsInts().min(Gate.HIGHEST_BITS);
        FloatVector ir = iz.fma(scale, rounder.sub(ib.reinterpretAsFloats()));
        FloatVector ip = s5.fma(ir, s4).fma(ir, s3).fma(ir, s2).fma(ir, s1).fma(ir, one);
        FloatVector is = ib.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector i = one.div(is.fma(ip, one)).blend(one, iz.compare(VectorOperators.GT, limit));
        """;
    String named = text.replaceAll("\\bi(?=[zbrps]?\\b)", i);
    return new FunctionText(file, i + "b", i, named);
  }

  private static FunctionText gateTanhConstants(String file) {
    String text =
        """
        FloatVector minusOne = FloatVector.broadcast(FLOAT, -1f);
        FloatVector limit = FloatVector.broadcast(FLOAT, Gate.LIMIT);
        FloatVector lowest = FloatVector.broadcast(FLOAT, -Gate.LIMIT);
        FloatVector scale = FloatVector.broadcast(FLOAT, Gate.TANH_SCALE);
        FloatVector rounder = FloatVector.broadcast(FLOAT, Gate.ROUNDER);
        FloatVector t1 = FloatVector.broadcast(FLOAT, Gate.T1);
        FloatVector t2 = FloatVector.broadcast(FLOAT, Gate.T2);
        FloatVector t3 = FloatVector.broadcast(FLOAT, Gate.T3);
        FloatVector t4 = FloatVector.broadcast(FLOAT, Gate.T4);
        FloatVector t5 = FloatVector.broadcast(FLOAT, Gate.T5);
        FloatVector t6 = FloatVector.broadcast(FLOAT, Gate.T6);
        """;
    return new FunctionText(file, "minusOne", "t6", text);
  }

  /** {@code ScalarMath.gateTanh} of a vector; those between begin with a letter. */
  private static FunctionText gateTanh(String file, String x, String letter, String y) {
    String text =
        """
        FloatVector %1$st = %2$s.fma(scale, rounder);
        FloatVector %1$sr = %2$s.fma(scale, rounder.sub(%1$st));
        FloatVector %1$sp =
            t6.fma(%1$sr, t5).fma(%1$sr, t4).fma(%1$sr, t3).fma(%1$sr, t2).fma(%1$sr, t1);
        FloatVector %1$ss =
            %1$st.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector %1$sd = %1$ss.mul(%1$sr).fma(%1$sp, %1$ss.sub(one));
        FloatVector %3$s =
            %1$sd.div(%1$sd.add(2f))
                .blend(one, %2$s.compare(VectorOperators.GT, limit))
                .blend(minusOne, %2$s.compare(VectorOperators.LT, lowest));
        """
            .formatted(letter, x, y);
    return new FunctionText(file, letter + "t", y, text);
  }

  private static FunctionText exponentialConstants(String file) {
    String text =
        """
        FloatVector log2e = FloatVector.broadcast(FLOAT, Exponential.LOG2_E);
        FloatVector rounder = FloatVector.broadcast(FLOAT, Exponential.ROUNDER);
        FloatVector ln2High = FloatVector.broadcast(FLOAT, -Exponential.LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(FLOAT, -Exponential.LN2_LOW);
        FloatVector p0 = FloatVector.broadcast(FLOAT, Exponential.P0);
        FloatVector p1 = FloatVector.broadcast(FLOAT, Exponential.P1);
        FloatVector p2 = FloatVector.broadcast(FLOAT, Exponential.P2);
        FloatVector p3 = FloatVector.broadcast(FLOAT, Exponential.P3);
        FloatVector p4 = FloatVector.broadcast(FLOAT, Exponential.P4);
        FloatVector p5 = FloatVector.broadcast(FLOAT, Exponential.P5);
        """;
    return new FunctionText(file, "log2e", "p5", text);
  }

  /** What {@code ScalarMath} calls reduced: {@code e^r - 1}. */
  private static FunctionText exponential(String file) {
    String text =
        """
        FloatVector shifted = held.fma(log2e, rounder);
        FloatVector n = shifted.sub(rounder);
        FloatVector r = n.fma(ln2Low, n.fma(ln2High, held));
        FloatVector p = p0.fma(r, p1).fma(r, p2).fma(r, p3).fma(r, p4).fma(r, p5);
        FloatVector q = p.fma(r.mul(r), r);
        """;
    return new FunctionText(file, "shifted", "q", text);
  }

  /** 2^n of any n, as two powers. */
  private static FunctionText twoPowers(String file) {
    String text =
        """
        IntVector whole = shifted.reinterpretAsInts().sub(Exponential.ROUNDER_BITS);
        IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
        IntVector rest = whole.sub(half);
        FloatVector s =
            half.lanewise(VectorOperators.LSHL, 23)
                .add(Exponential.ONE_BITS)
                .reinterpretAsFloats();
        FloatVector t =
            rest.lanewise(VectorOperators.LSHL, 23)
                .add(Exponential.ONE_BITS)
                .reinterpretAsFloats();
        """;
    return new FunctionText(file, "whole", "t", text);
  }

  /** 2^n where it is a normal number. */
  private static FunctionText power(String file) {
    String text =
        """
        FloatVector s =
            shifted
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add(Exponential.ONE_BITS)
                .reinterpretAsFloats();
        """;
    return new FunctionText(file, "s", "s", text);
  }

  /** Where it stands in its file: once, or in the loop of the gradient too. */
  List<MatchResult> in(String java) {
    String declares = "(?:Float|Int)Vector %s =";
    String any = declares.formatted(first) + ".*?";
    if (!first.equals(last)) {
      any += declares.formatted(last) + ".*?";
    }
    List<MatchResult> places =
        Pattern.compile(any + ";", Pattern.DOTALL).matcher(java).results().toList();
    if (places.isEmpty()) {
      throw new AssertionError(file + " has no vectors " + first + " to " + last);
    }
    return places;
  }

  @Override
  public String toString() {
    return file + ", " + first + " to " + last;
  }
}
