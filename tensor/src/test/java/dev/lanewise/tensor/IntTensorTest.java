package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertFails;
import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tensors of int32: what they take and give, and that what moves elements keeps them ints. */
class IntTensorTest {
  /** As a float: a signalling NaN, a quiet one with a payload, -0, and a number that rounds. */
  private static final int[] ODD = {0x7f800001, 0xffc12345, 0x80000000, 16777217, -1, 7};

  private static Tensor ids() {
    return Tensor.ofInts(ODD, 2, 3);
  }

  @Test
  void aTensorSaysItsType() {
    assertEquals(ElementType.FLOAT32, Tensor.zeros(2).type());
    assertEquals(ElementType.INT32, Tensor.intZeros(2).type());
    assertEquals("float32", ElementType.FLOAT32.toString());
    assertEquals("int32", ElementType.INT32.toString());
  }

  @Test
  void readsAndWritesInts() {
    Tensor tensor = Tensor.intZeros(2, 3);
    tensor.setInt(Integer.MIN_VALUE, 1, 2);
    assertEquals(Integer.MIN_VALUE, tensor.getInt(1, 2));
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, Integer.MIN_VALUE}, tensor.toIntArray());
    assertSame(tensor, tensor.fillInt(16777217));
    assertArrayEquals(new int[] {16777217, 16777217}, tensor.select(1, 1).toIntArray());
  }

  @Test
  void makesTensorsOfArrays() {
    assertArrayEquals(ODD, ids().toIntArray());
    Tensor rows = Tensor.ofInts(new int[][] {{1, 2, 3}, {4, 5, 6}});
    assertEquals(Shape.of(2, 3), rows.shape());
    assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, rows.toIntArray());
    assertEquals(Shape.of(0, 0), Tensor.ofInts(new int[0][]).shape());
    assertEquals(Shape.of(2, 0), Tensor.ofInts(new int[2][0]).shape());
    assertEquals(5, Tensor.ofInts(new int[] {5}).getInt());
    try (Arena arena = Arena.ofConfined()) {
      assertEquals(9, Tensor.ofInts(arena, new int[] {9}, 1).getInt(0));
      assertEquals(0, Tensor.intZeros(arena, 3).getInt(2));
    }
  }

  @Test
  void whatMovesElementsKeepsTheTypeAndEveryBit() {
    assertArrayEquals(ODD, ids().transpose().copy().transpose().toIntArray());
    assertArrayEquals(ODD, ids().reshape(3, 2).toIntArray());
    assertArrayEquals(
        new int[] {ODD[0], ODD[3], ODD[1], ODD[4], ODD[2], ODD[5]},
        ids().transpose().flatten(0).toIntArray());
    assertArrayEquals(
        ODD, Tensor.concat(0, ids().slice(0, 0, 1), ids().slice(0, 1, 2)).toIntArray());
    assertArrayEquals(ODD, Tensor.stack(0, ids().select(0, 0), ids().select(0, 1)).toIntArray());
    assertArrayEquals(ODD, Tensor.intZeros(2, 3).copyFrom(ids()).toIntArray());
    assertArrayEquals(
        new int[] {9, ODD[0], ODD[1], ODD[2], 9, ODD[3], ODD[4], ODD[5]},
        ids().pad(1, 1, 0, 9).toIntArray());
    assertEquals(ElementType.INT32, ids().expandDims(0).squeeze(0).contiguous().type());
  }

  @Test
  void elementMovesKeepTheBitsOfEveryFloat() {
    Tensor square = Tensor.intZeros(40, 40);
    for (int i = 0; i < 1600; i++) {
      square.setInt(0x7f800001 + i, i / 40, i % 40);
    }
    int[] turned = square.transpose().copy().toIntArray();
    int[] stepped = square.transpose().select(0, 3).copy().toIntArray();
    for (int i = 0; i < 1600; i++) {
      assertEquals(0x7f800001 + i, turned[i % 40 * 40 + i / 40]);
    }
    for (int i = 0; i < 40; i++) {
      assertEquals(0x7f800001 + i * 40 + 3, stepped[i]);
    }
  }

  @Test
  void comparesIntsExactly() {
    Tensor one = Tensor.ofInts(new int[] {16777216, 1}, 2);
    assertTrue(one.allClose(one.copy()));
    assertFalse(one.allClose(Tensor.ofInts(new int[] {16777217, 1}, 2), 1, 1));
    assertTrue(Tensor.intZeros(0, 2).allClose(Tensor.intZeros(0, 2)));
  }

  @Test
  void convertsToFloatAndRoundsBeyondTwoToThe24() {
    Tensor ints = Tensor.ofInts(new int[] {0, -3, 16777216, 16777217, Integer.MAX_VALUE, 8}, 2, 3);
    float[] floats = {0, -3, 16777216, 16777216, 0x1p31f, 8};
    assertArrayEquals(floats, ints.toFloat().toArray());
    assertArrayEquals(
        new float[] {0, 16777216, -3, 0x1p31f, 16777216, 8}, ints.transpose().toFloat().toArray());
    assertEquals(Shape.of(0, 3), Tensor.intZeros(0, 3).toFloat().shape());
    Tensor already = Tensor.zeros(2);
    assertSame(already, already.toFloat());
  }

  @Test
  void convertsWholeNumbersToInt() {
    Tensor floats = Tensor.of(new float[] {-0f, 2, -0x1p31f, 16777216}, 2, 2);
    assertArrayEquals(new int[] {0, 2, Integer.MIN_VALUE, 16777216}, floats.toInt().toIntArray());
    assertArrayEquals(
        new int[] {0, Integer.MIN_VALUE, 2, 16777216}, floats.transpose().toInt().toIntArray());
    assertEquals(ElementType.INT32, Tensor.zeros(3, 0).toInt().type());
    Tensor already = Tensor.intZeros(2);
    assertSame(already, already.toInt());
  }

  @Test
  void rejectsToConvertWhatIsNoInt() {
    assertRejects(
        "Tensor.toInt: the element at (1, 0) is 2.5, not a whole number; round before converting",
        () -> Tensor.of(new float[] {1, 2, 2.5f, 4}, 2, 2).toInt());
    assertRejects(
        "Tensor.toInt: the element at () is NaN, not a whole number; round before converting",
        () -> Tensor.of(new float[] {Float.NaN}).toInt());
    assertRejects(
        "Tensor.toInt: the element at (1) is 2.1474836E9, outside -2147483648..2147483647",
        () -> Tensor.of(new float[] {0, 0x1p31f}, 2).toInt());
    assertRejects(
        "Tensor.toInt: the element at (0) is -Infinity, outside -2147483648..2147483647",
        () -> Tensor.of(new float[] {Float.NEGATIVE_INFINITY}, 1).toInt());
  }

  @Test
  void printsIntsAsNumPyDoes() {
    assertEquals("[  1  10 -30]", Tensor.ofInts(new int[] {1, 10, -30}, 3).toString());
    assertEquals("[[1 2]\n [3 4]]", Tensor.ofInts(new int[][] {{1, 2}, {3, 4}}).toString());
    assertEquals("7", Tensor.ofInts(new int[] {7}).toString());
    assertEquals("[] shape=(2, 0)", Tensor.intZeros(2, 0).toString());
    assertEquals("[0 0 0 ... 0 0 0] shape=(1001)", Tensor.intZeros(1001).toString());
    assertEquals(
        "[-2147483648  2147483647]",
        Tensor.ofInts(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 2).toString());
  }

  private static void assertWrongType(String message, Executable call) {
    assertFails(IllegalStateException.class, message, call);
  }

  @Test
  void rejectsFloatsFromAnIntTensor() {
    Tensor ids = ids();
    String is = ": this (2, 3) tensor is int32; use ";
    String copy = ", or a float32 copy: toFloat()";
    assertWrongType("Tensor.get" + is + "getInt" + copy, () -> ids.get(0, 0));
    assertWrongType("Tensor.set" + is + "setInt" + copy, () -> ids.set(1, 0, 0));
    assertWrongType("Tensor.fill" + is + "fillInt" + copy, () -> ids.fill(1));
    assertWrongType("Tensor.toArray" + is + "toIntArray" + copy, ids::toArray);
  }

  @Test
  void rejectsIntsFromAFloatTensor() {
    Tensor floats = Tensor.zeros(2, 3);
    String is = ": this (2, 3) tensor is float32; use ";
    String copy = ", or an int32 copy: toInt()";
    assertWrongType("Tensor.getInt" + is + "get" + copy, () -> floats.getInt(0, 0));
    assertWrongType("Tensor.setInt" + is + "set" + copy, () -> floats.setInt(1, 0, 0));
    assertWrongType("Tensor.fillInt" + is + "fill" + copy, () -> floats.fillInt(1));
    assertWrongType("Tensor.toIntArray" + is + "toArray" + copy, floats::toIntArray);
  }

  @Test
  void rejectsPartsOfTwoTypes() {
    assertRejects(
        "Tensor.concat: part 0 is float32 but part 2 is int32; toFloat() on part 2 copies it to"
            + " float32",
        () -> Tensor.concat(0, Tensor.zeros(1), Tensor.zeros(2), Tensor.intZeros(1)));
    assertRejects(
        "Tensor.stack: part 0 is int32 but part 1 is float32; toInt() on part 1 copies it to int32",
        () -> Tensor.stack(0, Tensor.intZeros(1), Tensor.zeros(1)));
    assertRejects(
        "Tensor.copyFrom: the source is int32 but this is float32; copyFrom(source.toFloat())"
            + " converts it",
        () -> Tensor.zeros(2).copyFrom(Tensor.intZeros(2)));
    assertRejects(
        "Tensor.allClose: this is float32 but the other is int32; toFloat() on the other converts"
            + " it",
        () -> Tensor.zeros(2).allClose(Tensor.intZeros(2)));
  }

  @Test
  void rejectsToPadIntsWithWhatMayBeARoundedInt() {
    assertArrayEquals(
        new int[] {-16777215, 1},
        Tensor.ofInts(new int[] {1}, 1).pad(0, 1, 0, -16777215).toIntArray());
    String rest =
        " cannot be put around the int32 (2): needs a whole number between -2^24 and 2^24;"
            + " pad toFloat(), or concat with intZeros(..).fillInt(value)";
    Tensor ids = Tensor.intZeros(2);
    assertRejects("Tensor.pad: 0.5" + rest, () -> ids.pad(0, 1, 0, 0.5f));
    assertRejects("Tensor.pad: NaN" + rest, () -> ids.pad(0, 1, 0, Float.NaN));
    assertRejects("Tensor.pad: 1.6777216E7" + rest, () -> ids.pad(0, 1, 0, 16777216));
  }

  @Test
  void rejectsArraysThatDoNotFit() {
    assertRejects(
        "Tensor.ofInts: 3 values cannot fill (2, 2), which has 4 elements",
        () -> Tensor.ofInts(new int[3], 2, 2));
    assertRejects(
        "Tensor.ofInts: 2 values cannot fill (), which has 1 element; for a 1-D tensor:"
            + " Tensor.ofInts(values, 2)",
        () -> Tensor.ofInts(new int[2]));
    assertRejects(
        "Tensor.ofInts: row 0 has 3 values but row 1 has 2; all rows must be as long."
            + " Sequences of unequal length: pad(0, 0, missing, 0f) each, then Tensor.stack",
        () -> Tensor.ofInts(new int[][] {{0, 1, 2}, {3, 4}}));
    assertRejects("Tensor.ofInts: row 1 is null", () -> Tensor.ofInts(new int[][] {{1}, null}));
    assertRejects(
        "Tensor.intZeros: axis 0 of (-2) is -2; a length is 0 or more", () -> Tensor.intZeros(-2));
  }

  @Test
  void namesTheOperationWhenTheArenaIsClosed() {
    Arena arena = Arena.ofConfined();
    Tensor ids = Tensor.intZeros(arena, 2);
    arena.close();
    String rest = ": the Arena of this (2) tensor was closed; use it before that, or keep a copy()";
    assertWrongType("Tensor.getInt" + rest, () -> ids.getInt(0));
    assertWrongType("Tensor.setInt" + rest, () -> ids.setInt(1, 0));
    assertWrongType("Tensor.fillInt" + rest, () -> ids.fillInt(1));
    assertWrongType("Tensor.toIntArray" + rest, ids::toIntArray);
    assertWrongType("Tensor.toFloat" + rest, ids::toFloat);
    assertEquals("Tensor (2), its Arena closed", ids.toString());
  }

  @Test
  void namesTheOperationWhenAnIndexIsOutside() {
    String rest = ": index (0, 3) is outside (2, 3): axis 1 is 3 but must be 0..2";
    assertOutside("Tensor.getInt" + rest, () -> ids().getInt(0, 3));
    assertOutside("Tensor.setInt" + rest, () -> ids().setInt(1, 0, 3));
  }
}
