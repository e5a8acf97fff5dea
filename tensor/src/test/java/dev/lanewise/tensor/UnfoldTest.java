package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertFails;
import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnfoldTest {
  private final Plain plain = Plain.counting(7, 5, 3);
  private final Tensor tensor = plain.tensor();

  /** Each element copied to each window that has it. */
  private static Plain unfold(Plain from, int axis, long length, long step) {
    long[] dims = from.dims();
    long windows = 0;
    for (long start = 0; start + length <= dims[axis]; start += step) {
      windows++;
    }
    dims[axis] = windows;
    return from.gather(
        Plain.with(dims, axis + 1, length),
        index -> {
          long[] old = Plain.without(index, axis + 1);
          old[axis] = index[axis] * step + index[axis + 1];
          return old;
        });
  }

  @Test
  void cutsWindowsOfEveryLengthAndStepAlongEveryAxis() {
    for (int axis = 0; axis < 3; axis++) {
      for (int length = 1; length <= tensor.dim(axis); length++) {
        for (int step = 1; step <= tensor.dim(axis) + 1; step++) {
          Plain expected = unfold(plain, axis, length, step);
          Tensor windows = tensor.unfold(axis, length, step);
          expected.assertReads(windows);
          expected.assertReads(windows.copy());
          expected.assertReads(windows.contiguous());
          expected.permute(3, 1, 0, 2).assertReads(windows.permute(3, 1, 0, 2).copy());
        }
      }
    }
  }

  @Test
  void putsTheWindowAfterItsAxis() {
    Tensor windows = Tensor.arange(100).reshape(50, 2).unfold(0, 30, 1);
    assertEquals(Shape.of(21, 30, 2), windows.shape());
    assertEquals(2, windows.stride(0));
    assertEquals(2, windows.stride(1));
    assertEquals(1, windows.stride(2));
    assertFalse(windows.isContiguous());
    assertArrayEquals(new float[] {98, 99}, windows.select(0, -1).select(0, -1).toArray());
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    unfold(plain, 2, 2, 1).assertReads(tensor.unfold(-1, 2, 1));
  }

  @Test
  void takesViewsOfAnyStrides() {
    Plain part = plain.permute(2, 0, 1).slice(1, 1, 6);
    Tensor view = tensor.permute(2, 0, 1).slice(1, 1, 6);
    unfold(part, 1, 3, 2).assertReads(view.unfold(1, 3, 2));
    unfold(part, 1, 3, 2).assertReads(view.unfold(1, 3, 2).copy());
    Tensor twice = view.unfold(1, 3, 1).unfold(1, 2, 1); // windows of windows
    unfold(unfold(part, 1, 3, 1), 1, 2, 1).assertReads(twice);
    unfold(unfold(part, 1, 3, 1), 1, 2, 1).assertReads(twice.copy());
  }

  @Test
  void reshapesAndFlattensAsItsCopyDoes() {
    Tensor windows = Tensor.arange(40).reshape(20, 2).unfold(0, 4, 1);
    assertArrayEquals(windows.copy().flatten(1).toArray(), windows.flatten(1).toArray());
    assertArrayEquals(windows.copy().toArray(), windows.reshape(-1).toArray());
    assertArrayEquals(windows.copy().toArray(), windows.reshape(34, 4).toArray());
  }

  @Test
  void oneWindowIsTheWholeAxis() {
    Tensor one = tensor.unfold(0, 7, 1);
    plain.reshape(1, 7, 5, 3).assertReads(one);
    assertTrue(one.isContiguous());
    plain.reshape(1, 7, 5, 3).assertReads(tensor.unfold(0, 7, Long.MAX_VALUE));
    plain.slice(0, 0, 1).reshape(1, 1, 5, 3).assertReads(tensor.unfold(0, 1, Long.MAX_VALUE));
  }

  @Test
  void windowsOfOneOnlyAddAnAxis() {
    plain.reshape(7, 1, 5, 3).assertReads(tensor.unfold(0, 1, 1));
    assertEquals(Shape.of(3, 2, 0), Tensor.zeros(4, 0).unfold(0, 2, 1).shape());
  }

  @Test
  void sharesTheMemory() {
    Tensor windows = tensor.unfold(0, 3, 1);
    tensor.set(-1, 2, 0, 0);
    assertEquals(-1, windows.get(0, 2, 0, 0));
    assertEquals(-1, windows.get(1, 1, 0, 0));
    assertEquals(-1, windows.get(2, 0, 0, 0));
    assertEquals(tensor.segment().address(), windows.segment().address());
  }

  @Test
  void refusesWritesWhereWindowsShareElements() {
    Tensor windows = Tensor.zeros(4, 2).unfold(0, 3, 2);
    Tensor one = windows.select(0, 0);
    String rest =
        " tensor is read-only: its segment is, as that of a model's weight, which Weight.set(..) changes, or it is a view whose elements share memory (unfold, broadcastTo);"
            + " copy() is writable";
    Class<UnsupportedOperationException> refused = UnsupportedOperationException.class;
    assertFails(refused, "Tensor.set: this (1, 3, 2)" + rest, () -> windows.set(1, 0, 0, 0));
    assertFails(refused, "Tensor.fill: this (1, 3, 2)" + rest, () -> windows.fill(1));
    assertFails(refused, "Tensor.fill: this (3, 2)" + rest, () -> one.fill(1));
    assertFails(
        refused, "Tensor.copyFrom: this (3, 2)" + rest, () -> one.copyFrom(Tensor.zeros(3, 2)));
    assertTrue(windows.segment().isReadOnly());
    windows.copy().fill(1);
  }

  @Test
  void writesWhereWindowsShareNothing() {
    Tensor series = Tensor.zeros(5);
    series.unfold(0, 2, 2).select(0, 1).fill(3);
    series.unfold(0, 1, 2).select(0, 2).fill(4);
    assertArrayEquals(new float[] {0, 0, 3, 3, 4}, series.toArray());
  }

  @Test
  void copiesWindowsOverWhatTheyShow() {
    Tensor series = Tensor.arange(6);
    Tensor windows = series.slice(0, 0, 4).unfold(0, 2, 1); // 01 12 23
    series.reshape(3, 2).copyFrom(windows);
    assertArrayEquals(new float[] {0, 1, 1, 2, 2, 3}, series.toArray());
  }

  @Test
  void rejectsWindowsThatDoNotFit() {
    assertRejects(
        "Tensor.unfold: length is 8 but axis 0 of (7, 5, 3) is 7 long; a window is 1 to 7",
        () -> tensor.unfold(0, 8, 1));
    assertRejects(
        "Tensor.unfold: length is 0 but axis 2 of (7, 5, 3) is 3 long; a window is 1 to 3",
        () -> tensor.unfold(-1, 0, 1));
    assertRejects(
        "Tensor.unfold: length is 1 but axis 0 of (0, 2) is 0 long; no window fits",
        () -> Tensor.zeros(0, 2).unfold(0, 1, 1));
    assertRejects(
        "Tensor.unfold: step is 0; windows begin 1 or more apart", () -> tensor.unfold(0, 2, 0));
  }

  @Test
  void rejectsAnAxisThatIsNotThere() {
    assertOutside(
        "Tensor.unfold: (7, 5, 3) has no axis 3: write 0..2, or -3..-1 from the end",
        () -> tensor.unfold(3, 1, 1));
    assertOutside(
        "Tensor.unfold: () has no axis 0: it is a single number, without axes",
        () -> Tensor.zeros().unfold(0, 1, 1));
  }
}
