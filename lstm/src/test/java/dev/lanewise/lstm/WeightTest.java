package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class WeightTest {
  private static Sequential model() {
    return Sequential.of(Dense.of(2)).build(3, 1);
  }

  @Test
  void takesAWeightInPieces() {
    Sequential model = model();
    Weight kernel = model.weights().getFirst();
    Tensor x = Tensor.of(new float[] {1, 1, 1}, 1, 3);
    model.predict(x);
    kernel.setPart(4, Tensor.of(new float[] {5, 6}, 2));
    kernel.setPart(0, Tensor.of(new float[] {4, 3, 2, 1}, 4).flip(0));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, kernel.value().toArray());
    assertArrayEquals(new float[] {9, 12}, model.predict(x).toArray());
    kernel.setPart(6, Tensor.zeros(0));
  }

  @Test
  void refusesAPartThatDoesNotFit() {
    Weight kernel = model().weights().getFirst();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> kernel.setPart(0, Tensor.zeros(1, 2)));
    assertEquals(
        "Weight.setPart: dense/kernel (3, 2): takes numbers in row-major order, (n), got (1, 2);"
            + " reshape(-1) lays them so",
        e.getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> kernel.setPart(5, Tensor.zeros(2)));
    assertThrows(IndexOutOfBoundsException.class, () -> kernel.setPart(-1, Tensor.zeros(1)));
  }
}
