package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GradientShareTest {

  private static final int ROWS = 19;

  @Test
  void sharesTogetherAreTheWhole() {
    for (int n : new int[] {1, 4, 16, 20, 64, 65, 80, 112, 200, 400, 513}) {
      for (int width : new int[] {1, 3, 4, 50}) {
        MemorySegment dz = random(ROWS * n);
        MemorySegment a = random(ROWS * width);
        float[] whole = gradients(n, 1, width, a, dz);
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
          sum += (double) at(a, (long) row * width) * at(dz, (long) row * n);
        }
        assertEquals(2 * sum, whole[0], 1e-5);
        for (float value : whole) {
          assertFalse(Float.isNaN(value));
        }
        for (int parts = 2; parts <= 7; parts++) {
          assertArrayEquals(
              whole, gradients(n, parts, width, a, dz), n + " " + width + " in " + parts);
        }
      }
    }
  }

  /** The gradients of a kernel and of a bias in two equal chunks; NaN where no share wrote. */
  private static float[] gradients(int n, int parts, int width, MemorySegment a, MemorySegment dz) {
    long size = (width + 1L) * n * Float.BYTES;
    MemorySegment gradients = Arena.ofAuto().allocate(size, 64).fill((byte) -1);
    for (GradientShare share : GradientShare.of(n, parts)) {
      share.pack(ROWS, dz, 0);
      for (boolean first : new boolean[] {true, false}) {
        share.multiply(first, width, a, 0, gradients, 0);
        share.sum(first, ROWS, dz, 0, gradients, (long) width * n);
      }
    }
    return gradients.toArray(JAVA_FLOAT);
  }

  private static float at(MemorySegment segment, long index) {
    return segment.getAtIndex(JAVA_FLOAT, index);
  }

  private static MemorySegment random(int count) {
    SplittableRandom random = new SplittableRandom(count);
    MemorySegment segment = Blocks.allocate(Arena.ofAuto(), count);
    for (int i = 0; i < count; i++) {
      segment.setAtIndex(JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
    }
    return segment.asSlice(0, (long) count * Float.BYTES);
  }
}
