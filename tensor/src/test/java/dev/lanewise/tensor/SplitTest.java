package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
  private final Plain plain = Plain.counting(4, 6);
  private final Tensor tensor = plain.tensor();

  @Test
  void cutsAnAxisIntoEqualViews() {
    for (int parts : new int[] {1, 2, 3, 6}) {
      List<Tensor> pieces = tensor.split(-1, parts);
      assertEquals(parts, pieces.size());
      for (int part = 0; part < parts; part++) {
        long width = 6 / parts;
        plain.slice(1, part * width, (part + 1) * width).assertReads(pieces.get(part));
        assertSame(tensor.segment(), pieces.get(part).segment());
      }
    }
  }

  @Test
  void cutsReversedAxesAndEmptyOnes() {
    Plain flipped = plain.step(1, 5, 6, -1);
    flipped.slice(1, 3, 6).assertReads(tensor.flip(1).split(1, 2).get(1));
    List<Tensor> nothing = Tensor.intZeros(0, 3).split(0, 2);
    assertEquals(List.of(Shape.of(0, 3), Shape.of(0, 3)), shapes(nothing));
    assertEquals(ElementType.INT32, nothing.get(1).type());
  }

  @Test
  void cutsAnAxisIntoPartsOfGivenLengths() {
    List<Tensor> pieces = tensor.splitSizes(1, 1, 0, 3, 2);
    plain.slice(1, 0, 1).assertReads(pieces.get(0));
    plain.slice(1, 1, 1).assertReads(pieces.get(1));
    plain.slice(1, 1, 4).assertReads(pieces.get(2));
    plain.slice(1, 4, 6).assertReads(pieces.get(3));
    assertEquals(4, pieces.size());
    assertEquals(List.of(), Tensor.zeros(0).splitSizes(0));
    assertThrows(UnsupportedOperationException.class, () -> pieces.add(tensor));
  }

  private static List<Shape> shapes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::shape).toList();
  }

  @Test
  void rejectsPartsThatAreNotEqualAndNamesTheNearest() {
    String rest = " parts, or the length of each: splitSizes";
    assertRejects(
        "Tensor.split: axis 1 of (4, 6) is 6 long, which 4 equal parts cannot be; write 3 or 6"
            + rest,
        () -> tensor.split(1, 4));
    assertRejects(
        "Tensor.split: axis 0 of (360) is 360 long, which 19 equal parts cannot be; write 18 or 20"
            + rest,
        () -> Tensor.zeros(360).split(0, 19));
    assertRejects(
        "Tensor.split: axis 0 of (103) is 103 long, which 2 equal parts cannot be; write 1 or 103"
            + rest,
        () -> Tensor.zeros(103).split(0, 2));
    assertRejects(
        "Tensor.split: axis 0 of (4, 6) is 4 long, which 5 equal parts cannot be; write 4" + rest,
        () -> tensor.split(0, 5));
    assertRejects(
        "Tensor.split: 0 parts of axis 0 of (4, 6): needs 1 or more", () -> tensor.split(0, 0));
  }

  @Test
  void rejectsLengthsThatDoNotAddUp() {
    assertRejects(
        "Tensor.splitSizes: parts (3, 2) leave 1 of axis 1 of (4, 6), which is 6 long; slice leaves"
            + " some out",
        () -> tensor.splitSizes(1, 3, 2));
    assertRejects(
        "Tensor.splitSizes: parts (3, 9223372036854775807) are longer than axis 1 of (4, 6), which"
            + " is 6",
        () -> tensor.splitSizes(1, 3, Long.MAX_VALUE));
    assertRejects(
        "Tensor.splitSizes: part 1 of (7, -1) is -1; a length is 0 or more",
        () -> Tensor.zeros(9).splitSizes(0, 7, -1));
  }

  @Test
  void rejectsAnAxisThatIsNotThere() {
    String rest = ": (4, 6) has no axis 2: write 0..1, or -2..-1 from the end";
    assertOutside("Tensor.split" + rest, () -> tensor.split(2, 1));
    assertOutside("Tensor.splitSizes" + rest, () -> tensor.splitSizes(2, 1));
  }
}
