package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class SampleViewTest {
  @Test
  void readsAndWritesReversedAxes() {
    Tensor x = Tensor.arange(3 * 4 * 20).reshape(3, 4, 20);
    for (int axis = 0; axis < 3; axis++) {
      Tensor reversed = x.flip(axis);
      Tensor dense = reversed.copy();
      Tensor target = Tensor.zeros(3, 4, 20).flip(axis);
      for (int sample = 0; sample < 3; sample++) {
        assertArrayEquals(read(dense, sample), read(reversed, sample));
        MemorySegment block = MemorySegment.ofArray(read(dense, sample));
        new SampleView().of(target, true, 4, 20).write(sample, block, 0, 0, 1);
      }
      assertArrayEquals(dense.toArray(), target.toArray());
    }
  }

  private static float[] read(Tensor x, int sample) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(JAVA_FLOAT, 4 * 20);
      new SampleView().of(x, true, 4, 20).read(sample, block, 0, 1);
      return block.toArray(JAVA_FLOAT);
    }
  }

  @Test
  void rejectsInts() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SampleView().of(Tensor.intZeros(2, 4, 3), true, 4, 3))
            .getMessage();
    assertEquals(
        "a model computes in float32 but a (2, 4, 3) tensor is int32; toFloat() copies it to"
            + " float32",
        message);
  }
}
