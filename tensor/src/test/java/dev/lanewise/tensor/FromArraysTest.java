package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FromArraysTest {
  @Test
  void rowsAreTheFirstAxis() {
    Plain.counting(2, 3).assertReads(Tensor.of(new float[][] {{0, 1, 2}, {3, 4, 5}}));
  }

  @Test
  void blocksAreTheFirstAxis() {
    float[][][] blocks = {{{0, 1}, {2, 3}, {4, 5}}, {{6, 7}, {8, 9}, {10, 11}}};
    Plain.counting(2, 3, 2).assertReads(Tensor.of(blocks));
  }

  @Test
  void rowsAreCopied() {
    float[][] rows = {{1, 2}};
    Tensor tensor = Tensor.of(rows);
    rows[0][0] = 9;
    assertEquals(1, tensor.get(0, 0));
  }

  @Test
  void emptyArraysMakeEmptyAxes() {
    assertEquals(Shape.of(0, 0), Tensor.of(new float[0][]).shape());
    assertEquals(Shape.of(2, 0), Tensor.of(new float[2][0]).shape());
    assertEquals(Shape.of(0, 0, 0), Tensor.of(new float[0][][]).shape());
    assertEquals(Shape.of(2, 0, 0), Tensor.of(new float[2][0][]).shape());
    assertEquals(Shape.of(2, 3, 0), Tensor.of(new float[2][3][0]).shape());
  }

  @Test
  void rejectsRowsOfUnequalLength() {
    assertRejects(
        "Tensor.of: row 0 has 3 values but row 2 has 2; all rows must be as long."
            + " Sequences of unequal length: pad(0, 0, missing, 0f) each, then Tensor.stack",
        () -> Tensor.of(new float[][] {{0, 1, 2}, {3, 4, 5}, {6, 7}}));
    assertRejects(
        "Tensor.of: row 0 of block 0 has 1 value but row 1 of block 1 has 2;"
            + " all rows must be as long."
            + " Sequences of unequal length: pad(0, 0, missing, 0f) each, then Tensor.stack",
        () -> Tensor.of(new float[][][] {{{0}, {1}}, {{2}, {3, 4}}}));
  }

  @Test
  void rejectsBlocksOfUnequalHeight() {
    assertRejects(
        "Tensor.of: block 0 has 2 rows but block 1 has 1; all blocks must have as many."
            + " Sequences of unequal length: pad(0, 0, missing, 0f) each, then Tensor.stack",
        () -> Tensor.of(new float[][][] {{{0}, {1}}, {{2}}}));
  }

  @Test
  void rejectsNullRowsAndBlocks() {
    assertRejects("Tensor.of: row 1 is null", () -> Tensor.of(new float[][] {{1}, null}));
    assertRejects("Tensor.of: row 0 is null", () -> Tensor.of(new float[][] {null, {1}}));
    assertRejects("Tensor.of: block 0 is null", () -> Tensor.of(new float[][][] {null}));
    assertRejects("Tensor.of: block 1 is null", () -> Tensor.of(new float[][][] {{{1}}, null}));
    assertRejects(
        "Tensor.of: row 0 of block 1 is null", () -> Tensor.of(new float[][][] {{{1}}, {null}}));
  }
}
