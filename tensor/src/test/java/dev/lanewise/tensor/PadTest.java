package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PadTest {
  @Test
  void lengthensEveryAxisAtBothEnds() {
    Plain plain = Plain.counting(2, 3, 4);
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      Tensor padded = plain.tensor().pad(axis, 2, 1, -1);
      long[] shape = {2, 3, 4};
      shape[axis] += 3;
      assertEquals(Shape.of(shape), padded.shape());
      Plain.forEachIndex(
          shape,
          index -> {
            long[] inside = index.clone();
            inside[along] -= 2;
            boolean pad = inside[along] < 0 || inside[along] >= plain.dims()[along];
            assertEquals(pad ? -1 : plain.at(inside), padded.get(index));
          });
    }
  }

  @Test
  void padsViewsAndAddsNothingWhereNothingIsAsked() {
    Plain plain = Plain.counting(3, 4);
    plain.permute(1, 0).assertReads(plain.tensor().transpose().pad(-1, 0, 0, 9));
  }

  @Test
  void isACopyEvenWhereNothingIsAdded() {
    Tensor tensor = Tensor.zeros(3);
    tensor.pad(0, 0, 0, 1).set(1, 0);
    assertEquals(0, tensor.get(0));
  }

  @Test
  void rejectsToShorten() {
    assertRejects(
        "Tensor.pad: before is -2 and after is 1, both must be 0 or more;"
            + " slice(1, from, to) shortens axis 1 of (5, 9)",
        () -> Tensor.zeros(5, 9).pad(-1, -2, 1, 0));
    assertRejects(
        "Tensor.pad: before is 0 and after is -1, both must be 0 or more;"
            + " slice(0, from, to) shortens axis 0 of (5)",
        () -> Tensor.zeros(5).pad(0, 0, -1, 0));
  }

  @Test
  void rejectsAnAxisThatGrowsTooLong() {
    assertRejects(
        "Tensor.pad: axis 0 of (5) with 9223372036854775807 before and 0 after is longer than"
            + " 9223372036854775807",
        () -> Tensor.zeros(5).pad(0, Long.MAX_VALUE, 0, 0));
    assertRejects(
        "Tensor.pad: the lengths of (4611686018427387905, 2) multiply to more than"
            + " 9223372036854775807, the most elements that can be counted",
        () -> Tensor.zeros(1, 2).pad(0, 0, 1L << 62, 0));
  }

  @Test
  void padsSeveralAxesAtOnce() {
    Plain plain = Plain.counting(2, 3);
    Tensor expected = plain.tensor().pad(0, 1, 2, 7).pad(1, 0, 3, 7);
    long[][] pairs = {{1, 2}, {0, 3}};
    assertTrue(expected.arrayEqual(plain.tensor().pad(pairs, 7)));
    assertTrue(expected.arrayEqual(plain.permute(1, 0).tensor().transpose().pad(pairs, 7)));
    assertTrue(expected.toInt().arrayEqual(plain.tensor().toInt().pad(pairs, 7)));
    plain.assertReads(plain.tensor().pad(new long[][] {{0, 0}, {0, 0}}, 7));
    Tensor filled = Tensor.zeros(0, 2).pad(new long[][] {{1, 0}, {0, 1}}, 7);
    assertArrayEquals(new float[] {7, 7, 7}, filled.toArray());
    assertEquals(3, Tensor.of(new float[] {3}).pad(new long[0][], 7).get());
  }

  @Test
  void repeatsTheEdges() {
    Plain plain = Plain.counting(3, 2, 4);
    for (int axis = 0; axis < 3; axis++) {
      for (long before : new long[] {0, 1, 17}) {
        for (long after : new long[] {0, 2, 5}) {
          Plain expected = mirrored(plain, axis, before, after, false);
          expected.assertReads(plain.tensor().padEdge(axis, before, after));
          Tensor reversed =
              plain.step(axis, plain.dims()[axis] - 1, plain.dims()[axis], -1).tensor();
          expected.assertReads(reversed.flip(axis).padEdge(axis - 3, before, after));
        }
      }
    }
    assertArrayEquals(
        new int[] {9, 9, 9}, Tensor.ofInts(new int[] {9}, 1).padEdge(0, 1, 1).toIntArray());
    assertEquals(Shape.of(0, 2), Tensor.zeros(0, 2).padEdge(0, 0, 0).shape());
    assertEquals(Shape.of(3, 0), Tensor.zeros(2, 0).padEdge(0, 1, 0).shape());
  }

  @Test
  void reflectsWithoutTheEdge() {
    Plain plain = Plain.counting(3, 2, 4);
    for (int axis = 0; axis < 3; axis++) {
      long length = plain.dims()[axis];
      for (long before = 0; before < length; before++) {
        for (long after = 0; after < length; after++) {
          Plain expected = mirrored(plain, axis, before, after, true);
          expected.assertReads(plain.tensor().padReflect(axis, before, after));
          Tensor reversed = plain.step(axis, length - 1, length, -1).tensor();
          expected.assertReads(reversed.flip(axis).padReflect(axis - 3, before, after));
        }
      }
    }
    assertArrayEquals(
        new int[] {3, 2, 1, 2, 3, 2},
        Tensor.ofInts(new int[] {1, 2, 3}, 3).padReflect(0, 2, 1).toIntArray());
    assertEquals(Shape.of(0, 2), Tensor.zeros(0, 2).padReflect(0, 0, 0).shape());
    assertEquals(Shape.of(1), Tensor.zeros(1).padReflect(0, 0, 0).shape());
  }

  private static Plain mirrored(Plain plain, int axis, long before, long after, boolean reflect) {
    long last = plain.dims()[axis] - 1;
    long[] shape = plain.dims();
    shape[axis] += before + after;
    return plain.gather(
        shape,
        index -> {
          long[] from = index.clone();
          long at = index[axis] - before;
          if (at < 0) {
            at = reflect ? -at : 0;
          } else if (at > last) {
            at = reflect ? last - (at - last) : last;
          }
          from[axis] = at;
          return from;
        });
  }

  @Test
  void rejectsPairsThatDoNotFitTheAxes() {
    Tensor tensor = Tensor.zeros(3, 4);
    assertRejects(
        "Tensor.pad: the 2-D (3, 4) takes 2 pairs {before, after}, one an axis, got 1; {0, 0}"
            + " leaves an axis as it is",
        () -> tensor.pad(new long[][] {{1, 1}}, 0));
    assertRejects(
        "Tensor.pad: axis 1 of (3, 4) takes a pair {before, after}, got (1)",
        () -> tensor.pad(new long[][] {{1, 1}, {1}}, 0));
    assertRejects(
        "Tensor.pad: axis 0 of (3, 4) takes a pair {before, after}, got null",
        () -> tensor.pad(new long[][] {null, {1, 1}}, 0));
    assertRejects(
        "Tensor.pad: before is 0 and after is -1, both must be 0 or more; slice(1, from, to)"
            + " shortens axis 1 of (3, 4)",
        () -> tensor.pad(new long[][] {{1, 1}, {0, -1}}, 0));
  }

  @Test
  void rejectsEdgesThatAreNotThere() {
    assertRejects(
        "Tensor.padEdge: axis 0 of (0, 2) is empty, there is no edge to repeat; pad puts a value",
        () -> Tensor.zeros(0, 2).padEdge(0, 1, 0));
    assertRejects(
        "Tensor.padEdge: before is -1 and after is 0, both must be 0 or more; slice(0, from, to)"
            + " shortens axis 0 of (3)",
        () -> Tensor.zeros(3).padEdge(0, -1, 0));
    assertOutside(
        "Tensor.padEdge: (3) has no axis 1: write 0..0, or -1..-1 from the end",
        () -> Tensor.zeros(3).padEdge(1, 1, 0));
  }

  @Test
  void rejectsToReflectMoreThanThereIs() {
    assertRejects(
        "Tensor.padReflect: before is 3 and after is 0, but axis 0 of (3) has 2 to reflect: all but"
            + " the edge itself",
        () -> Tensor.zeros(3).padReflect(0, 3, 0));
    assertRejects(
        "Tensor.padReflect: before is 0 and after is 1, but axis 1 of (2, 0) has 0 to reflect: all"
            + " but the edge itself",
        () -> Tensor.zeros(2, 0).padReflect(1, 0, 1));
    assertRejects(
        "Tensor.padReflect: before is 0 and after is -1, both must be 0 or more; slice(0, from, to)"
            + " shortens axis 0 of (3)",
        () -> Tensor.zeros(3).padReflect(0, 0, -1));
  }

  @Test
  void overwritesATargetAsPadMakesIt() {
    Tensor source = Tensor.arange(24).reshape(2, 3, 4).permute(0, 2, 1);
    for (int axis = 0; axis < 3; axis++) {
      Tensor expected = source.pad(axis, 70, 2, 0.5f);
      Tensor target =
          Tensor.zeros(expected.shape().toArray()).fill(9).copyPadded(axis, source, 70, 0.5f);
      assertArrayEquals(expected.toArray(), target.toArray());
      Tensor turned = expected.copy().permute(2, 1, 0).copy().permute(2, 1, 0).fill(9);
      assertArrayEquals(
          expected.toArray(), turned.copyPadded(axis - 3, source, 70, 0.5f).toArray());
    }
  }

  @Test
  void refusesATargetThatDoesNotFit() {
    Tensor source = Tensor.zeros(2, 3);
    String tail = " does not fit into (2, 5); only the padded axis may be longer";
    assertRejects(
        "Tensor.copyPadded: (2, 3) from 3 on" + tail,
        () -> Tensor.zeros(2, 5).copyPadded(1, source, 3, 0));
    assertRejects(
        "Tensor.copyPadded: (2, 3) from -1 on" + tail,
        () -> Tensor.zeros(2, 5).copyPadded(1, source, -1, 0));
    assertRejects(
        "Tensor.copyPadded: (3, 3) from 0 on" + tail,
        () -> Tensor.zeros(2, 5).copyPadded(1, Tensor.zeros(3, 3), 0, 0));
    assertRejects(
        "Tensor.copyPadded: (2) from 0 on" + tail,
        () -> Tensor.zeros(2, 5).copyPadded(1, Tensor.zeros(2), 0, 0));
  }

  @Test
  void fillsLongAndShortRuns() {
    for (int length : new int[] {1, 63, 64, 65, 127, 128, 200, 2112, 5000}) {
      Tensor whole = Tensor.zeros(length + 2);
      whole.slice(0, 1, length + 1).fill(3);
      float[] expected = new float[length + 2];
      Arrays.fill(expected, 1, length + 1, 3);
      assertArrayEquals(expected, whole.toArray());
    }
  }
}
