package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertOutside;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void saysItsAxesAndSize() {
    Shape shape = Shape.of(32, 10, 128);
    assertEquals(3, shape.rank());
    assertEquals(10, shape.dim(1));
    assertEquals(128, shape.dim(-1));
    assertEquals(32, shape.dim(-3));
    assertEquals(32 * 10 * 128, shape.size());
    assertArrayEquals(new long[] {32, 10, 128}, shape.toArray());
  }

  @Test
  void rankZeroIsOneNumber() {
    assertEquals(0, Shape.of().rank());
    assertEquals(1, Shape.of().size());
  }

  @Test
  void anAxisOfLengthZeroHoldsNothing() {
    assertEquals(0, Shape.of(3, 0, 5).size());
    assertEquals(0, Shape.of(0).size());
  }

  @Test
  void printsItsLengths() {
    assertEquals("(32, 10, 128)", Shape.of(32, 10, 128).toString());
    assertEquals("(5)", Shape.of(5).toString());
    assertEquals("()", Shape.of().toString());
  }

  @Test
  void isComparedByValue() {
    assertEquals(Shape.of(2, 3), Shape.of(2, 3));
    assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
    assertNotEquals(Shape.of(6), Shape.of(6, 1));
    assertNotEquals((Object) "(2, 3)", Shape.of(2, 3));
  }

  @Test
  void keepsNoCallersArrayAndGivesNoneAway() {
    long[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 7;
    shape.toArray()[1] = 7;
    assertEquals(Shape.of(2, 3), shape);
  }

  @Test
  void rejectsANegativeLength() {
    assertRejects(
        "Shape.of: axis 1 of (5, -2) is -2; a length is 0 or more", () -> Shape.of(5, -2));
    assertRejects(
        "Shape.of: axis 0 of (-1, 5) is -1; a length is 0 or more; only reshape works out a -1",
        () -> Shape.of(-1, 5));
  }

  @Test
  void rejectsMoreElementsThanALongCounts() {
    assertRejects(
        "Shape.of: the lengths of (4294967296, 4294967296) multiply to more than"
            + " 9223372036854775807, the most elements that can be counted",
        () -> Shape.of(1L << 32, 1L << 32));
    assertEquals(Long.MAX_VALUE, Shape.of(Long.MAX_VALUE).size());
  }

  @Test
  void rejectsLengthsThatOverflowBesideAnEmptyAxis() {
    assertRejects(
        "Shape.of: the lengths of (0, 4294967296, 4294967296) multiply to more than"
            + " 9223372036854775807, the most elements that can be counted",
        () -> Shape.of(0, 1L << 32, 1L << 32));
  }

  @Test
  void rejectsAnAxisThatIsNotThere() {
    Shape shape = Shape.of(2, 3);
    assertOutside(
        "Shape.dim: (2, 3) has no axis 2: write 0..1, or -2..-1 from the end", () -> shape.dim(2));
    assertOutside(
        "Shape.dim: (2, 3) has no axis -3: write 0..1, or -2..-1 from the end",
        () -> shape.dim(-3));
    assertOutside(
        "Shape.dim: () has no axis 0: it is a single number, without axes",
        () -> Shape.of().dim(0));
  }
}
