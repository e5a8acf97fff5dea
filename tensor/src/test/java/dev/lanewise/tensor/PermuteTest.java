package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PermuteTest {
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  private final Plain plain = Plain.counting(2, 3, 4);
  private final Tensor tensor = plain.tensor();

  @Test
  void putsTheAxesInEveryOrder() {
    for (int[] order : ORDERS) {
      plain.permute(order).assertReads(tensor.permute(order));
      plain.permute(order).assertReads(tensor.permute(order).copy());
    }
  }

  @Test
  void movesShapeAndStridesTogether() {
    Tensor permuted = tensor.permute(2, 0, 1);
    assertEquals(Shape.of(4, 2, 3), permuted.shape());
    assertEquals(1, permuted.stride(0));
    assertEquals(12, permuted.stride(1));
    assertEquals(4, permuted.stride(2));
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    plain.permute(2, 0, 1).assertReads(tensor.permute(-1, 0, 1));
  }

  @Test
  void rankZeroPermutesToItself() {
    assertEquals(3, Tensor.of(new float[] {3}).permute().get());
  }

  @Test
  void isAView() {
    tensor.permute(2, 1, 0).set(-1, 3, 2, 1);
    assertEquals(-1, tensor.get(1, 2, 3));
  }

  @Test
  void transposeSwapsRowsAndColumns() {
    Tensor matrix = Plain.counting(3, 5).tensor();
    Plain.counting(3, 5).permute(1, 0).assertReads(matrix.transpose());
    matrix.transpose().set(-1, 4, 0);
    assertEquals(-1, matrix.get(0, 4));
  }

  @Test
  void columnsThatAreSeriesComeOutWholeByTransposeAndScrambledByReshape() {
    // Ten time points of five series; series 0 is 0, 5, .., 45.
    Tensor data = Plain.counting(10, 5).tensor();
    Tensor series = data.transpose().expandDims(-1);
    assertEquals(Shape.of(5, 10, 1), series.shape());
    assertEquals(45, series.get(0, 9, 0));
    assertEquals(9, data.reshape(5, 10, 1).get(0, 9, 0));
  }

  @Test
  void rejectsAnAxisNamedTwice() {
    assertRejects(
        "Tensor.permute: axes (0, 0, 1) name axis 0 twice; write each of 0..2 once",
        () -> tensor.permute(0, 0, 1));
    assertRejects(
        "Tensor.permute: axes (0, 2, -1) name axis 2 twice; write each of 0..2 once",
        () -> tensor.permute(0, 2, -1));
  }

  @Test
  void rejectsTooFewOrTooManyAxes() {
    assertRejects(
        "Tensor.permute: axes (1, 0) for the 3-D (2, 3, 4); write each of 0..2 once",
        () -> tensor.permute(1, 0));
    assertRejects(
        "Tensor.permute: axes (0) for the 0-D (); it takes none", () -> Tensor.zeros().permute(0));
  }

  @Test
  void rejectsToTransposeWhatIsNotAMatrix() {
    assertRejects(
        "Tensor.transpose: needs 2-D, got the 3-D (2, 3, 4); permute(0, 2, 1) swaps its last two"
            + " axes",
        tensor::transpose);
    assertRejects(
        "Tensor.transpose: needs 2-D, got the 1-D (5); expandDims(0) makes it a row, expandDims(1)"
            + " a column",
        () -> Tensor.arange(5).transpose());
    assertRejects("Tensor.transpose: needs 2-D, got the 0-D ()", () -> Tensor.zeros().transpose());
  }
}
