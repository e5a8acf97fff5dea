package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertRejects;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class StridedCopyTest {
  /** Around the shortest block copy, 16, and the tile's side, 64. */
  private static final long[] SIZES = {0, 1, 2, 15, 16, 17, 63, 64, 65, 103, 129};

  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  @Test
  void transposesOfEverySizeAreThoseOfTheReference() {
    for (long rows : SIZES) {
      for (long columns : SIZES) {
        Plain plain = Plain.counting(rows, columns);
        plain.permute(1, 0).assertReads(plain.tensor().transpose().copy());
      }
    }
  }

  @Test
  void longThinMatricesTakeLongThinTiles() {
    for (long thin : new long[] {2, 5, 17}) {
      for (long length : new long[] {240, 241, 1021, 2100}) {
        Plain wide = Plain.counting(thin, length);
        wide.permute(1, 0).assertReads(wide.tensor().transpose().copy());
        Plain tall = Plain.counting(length, thin);
        tall.permute(1, 0).assertReads(tall.tensor().transpose().copy());
      }
    }
  }

  @Test
  void largeMatricesThatAreDenseOnNeitherSide() {
    Plain pairs = Plain.counting(70, 90, 2);
    Plain odd = pairs.select(2, 1);
    Tensor source = pairs.tensor().select(2, 1);
    Tensor outer = Tensor.zeros(90, 70, 2).fill(Float.NaN);
    Tensor target = outer.select(2, 0);
    odd.permute(1, 0).assertReads(source.transpose().copy());
    odd.permute(1, 0).assertReads(target.copyFrom(source.transpose()));
    odd.assertReads(target.transpose().copyFrom(source));
    assertEquals(70 * 90, countNaN(outer));
  }

  @Test
  void everyOrderOfThreeAxesIsThatOfTheReference() {
    long[][] shapes = {{17, 3, 33}, {1, 16, 15}, {20, 18, 2}, {3, 1, 40}, {19, 17, 18}};
    for (long[] shape : shapes) {
      for (int[] order : ORDERS) {
        Plain plain = Plain.counting(shape);
        plain.permute(order).assertReads(plain.tensor().permute(order).copy());
      }
    }
  }

  @Test
  void writesThroughEveryOrderAndNothingBeside() {
    for (int[] order : ORDERS) {
      for (int[] from : ORDERS) {
        Tensor outer = Tensor.zeros(6, 22, 19).fill(Float.NaN);
        Tensor target = outer.slice(0, 1, 4).slice(1, 2, 20).slice(2, 1, 18).permute(order);
        Plain plain = Plain.counting(target.shape().toArray());
        int[] back = new int[3];
        for (int axis = 0; axis < 3; axis++) {
          back[from[axis]] = axis;
        }
        // Dense memory in one order, read in another.
        Tensor source = plain.permute(from).tensor().permute(back);
        assertSame(target, target.copyFrom(source));
        plain.assertReads(target);
        assertEquals(6 * 22 * 19 - 3 * 18 * 17, countNaN(outer));
      }
    }
  }

  private static int countNaN(Tensor tensor) {
    int count = 0;
    for (float value : tensor.toArray()) {
      count += Float.isNaN(value) ? 1 : 0;
    }
    return count;
  }

  @Test
  void shiftsDenseRunsOfEverySizeOverThemselves() {
    for (long size : SIZES) {
      Tensor up = Tensor.arange(size + 3);
      up.slice(0, 3, size + 3).copyFrom(up.slice(0, 0, size));
      Plain.counting(size).assertReads(up.slice(0, 3, size + 3));
      Tensor down = Tensor.arange(size + 3);
      down.slice(0, 0, size).copyFrom(down.slice(0, 3, size + 3));
      Plain.counting(size + 3).slice(0, 3, size + 3).assertReads(down.slice(0, 0, size));
    }
  }

  @Test
  void transposesASquareOverItself() {
    Plain plain = Plain.counting(37, 37);
    Tensor square = plain.tensor();
    square.copyFrom(square.transpose());
    plain.permute(1, 0).assertReads(square);
  }

  @Test
  void shiftsColumnsOverThemselvesBothWays() {
    Plain plain = Plain.counting(20, 25);
    Tensor right = plain.tensor();
    right.slice(1, 3, 25).copyFrom(right.slice(1, 0, 22));
    plain.slice(1, 0, 22).assertReads(right.slice(1, 3, 25));
    Tensor left = plain.tensor();
    left.slice(1, 0, 22).copyFrom(left.slice(1, 3, 25));
    plain.slice(1, 3, 25).assertReads(left.slice(1, 0, 22));
  }

  @Test
  void overlapIsSeenThroughSegmentsThatStartElsewhere() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(12 * 4, 4);
      Tensor low = Tensor.wrap(memory.asSlice(0, 36), 3, 3);
      Tensor high = Tensor.wrap(memory.asSlice(12, 36), 3, 3);
      Plain plain = Plain.counting(3, 3);
      low.copyFrom(plain.tensor());
      high.copyFrom(low.transpose());
      plain.permute(1, 0).assertReads(high);
    }
  }

  @Test
  void aTensorCopiesToItself() {
    Plain plain = Plain.counting(5, 7);
    Tensor tensor = plain.tensor();
    plain.assertReads(tensor.copyFrom(tensor));
    plain.permute(1, 0).assertReads(tensor.transpose().copyFrom(tensor.transpose()));
  }

  @Test
  void keepsTheBitsOfEveryNaN() {
    int[] bits = {0x7fc00000, 0x7f800001, 0xffc12345, 0x80000000};
    Tensor tensor = Tensor.zeros(4, 2);
    for (int i = 0; i < 4; i++) {
      tensor.segment().setAtIndex(JAVA_INT, 2L * i, bits[i]);
    }
    Tensor column = tensor.select(1, 0).copy();
    int[] copied = new int[4];
    for (int i = 0; i < 4; i++) {
      copied[i] = column.segment().getAtIndex(JAVA_INT, i);
    }
    assertArrayEquals(bits, copied);
  }

  @Test
  void rejectsAnotherShape() {
    assertRejects(
        "Tensor.copyFrom: the source is (3, 2) but this is (2, 3)",
        () -> Tensor.zeros(2, 3).copyFrom(Tensor.zeros(3, 2)));
  }
}
