package dev.lanewise.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class FillTest {
  @Test
  void writesEveryElementOfAView() {
    Tensor tensor = Tensor.zeros(3, 4, 5);
    Tensor view = tensor.slice(0, 1, 3).slice(2, 1, 4).permute(2, 0, 1);
    assertSame(view, view.fill(7));
    Plain.forEachIndex(
        new long[] {3, 4, 5},
        index -> {
          boolean inside = index[0] >= 1 && index[2] >= 1 && index[2] < 4;
          assertEquals(inside ? 7 : 0, tensor.get(index));
        });
  }

  @Test
  void fillsDenseRunsOfEverySize() {
    for (long size : new long[] {0, 1, 7, 8, 9, 31, 103}) {
      Tensor tensor = Tensor.zeros(size + 2);
      tensor.slice(0, 1, size + 1).fill(-3);
      float sum = 0;
      for (float value : tensor.toArray()) {
        sum += value;
      }
      assertEquals(0 - 3f * size, sum);
      assertEquals(0, tensor.get(0));
      assertEquals(0, tensor.get(size + 1));
    }
  }
}
