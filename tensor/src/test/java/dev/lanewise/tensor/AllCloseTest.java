package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllCloseTest {
  private static Tensor of(float... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  void theToleranceGrowsWithTheExpectedValue() {
    assertTrue(of(100.5f).allClose(of(100), 0.005, 0));
    assertFalse(of(100.5f).allClose(of(100), 0.00499, 0));
    assertTrue(of(-100.5f).allClose(of(-100), 0.005, 0));
    assertTrue(of(0.5f).allClose(of(0), 0, 0.5));
    assertFalse(of(0.5f).allClose(of(0), 10, 0.49));
    assertTrue(of(101).allClose(of(100), 0.005, 0.5));
  }

  @Test
  void theDefaultToleranceIsThatOfNumPy() {
    assertTrue(of(1.000009f).allClose(of(1)));
    assertFalse(of(1.00002f).allClose(of(1)));
    assertTrue(of(9e-9f).allClose(of(0)));
    assertFalse(of(2e-8f).allClose(of(0)));
  }

  @Test
  void noToleranceIsEquality() {
    assertTrue(of(1, -0f).allClose(of(1, 0), 0, 0));
    assertFalse(of(1).allClose(of(Math.nextUp(1f)), 0, 0));
  }

  @Test
  void nanIsCloseToNothingAndInfinityToItselfOnly() {
    assertFalse(of(Float.NaN).allClose(of(Float.NaN)));
    assertFalse(of(1).allClose(of(Float.NaN)));
    assertTrue(of(Float.POSITIVE_INFINITY).allClose(of(Float.POSITIVE_INFINITY)));
    assertFalse(of(1).allClose(of(Float.POSITIVE_INFINITY)));
    assertFalse(of(Float.POSITIVE_INFINITY).allClose(of(1)));
    assertFalse(of(Float.NEGATIVE_INFINITY).allClose(of(Float.POSITIVE_INFINITY)));
  }

  @Test
  void everyElementOfEveryViewIsLookedAt() {
    Tensor tensor = Plain.counting(5, 7).tensor();
    Tensor transposed = Plain.counting(5, 7).permute(1, 0).tensor();
    assertTrue(tensor.transpose().allClose(transposed));
    assertTrue(transposed.allClose(tensor.transpose()));
    for (int i = 0; i < 35; i++) {
      Tensor changed = transposed.copy();
      changed.set(-1, i / 5, i % 5);
      assertFalse(tensor.transpose().allClose(changed));
      assertFalse(changed.allClose(tensor.transpose()));
    }
    assertTrue(tensor.slice(0, 2, 3).allClose(tensor.select(0, 2).expandDims(0)));
  }

  @Test
  void rejectsAnotherShapeRatherThanStretchingIt() {
    assertRejects(
        "Tensor.allClose: this is (3) but the other is (3, 1)",
        () -> Tensor.zeros(3).allClose(Tensor.zeros(3, 1)));
  }

  @Test
  void rejectsANegativeTolerance() {
    assertRejects(
        "Tensor.allClose: relative is -0.1 and absolute is 0.0; a tolerance is 0 or more",
        () -> of(1).allClose(of(1), -0.1, 0));
    assertRejects(
        "Tensor.allClose: relative is 0.0 and absolute is NaN; a tolerance is 0 or more",
        () -> of(1).allClose(of(1), 0, Double.NaN));
  }

  @Test
  void arrayEqualComparesShapeAndElements() {
    Tensor tensor = Plain.counting(5, 7).tensor();
    assertTrue(tensor.arrayEqual(tensor.transpose().copy().transpose()));
    assertTrue(tensor.flip(1).arrayEqual(tensor.flip(1).copy()));
    assertFalse(tensor.arrayEqual(tensor.reshape(7, 5)));
    assertFalse(of(1).arrayEqual(of(Math.nextUp(1f))));
    assertTrue(of(-0f).arrayEqual(of(0)));
    assertFalse(of(Float.NaN).arrayEqual(of(Float.NaN)));
    assertTrue(Tensor.zeros(0, 2).arrayEqual(Tensor.zeros(0, 2)));
    assertFalse(Tensor.zeros(0, 2).arrayEqual(Tensor.zeros(2, 0)));
    Tensor ids = Tensor.ofInts(new int[] {16777216}, 1);
    assertTrue(ids.arrayEqual(ids.copy()));
    assertFalse(ids.arrayEqual(Tensor.ofInts(new int[] {16777217}, 1)));
    assertRejects(
        "Tensor.arrayEqual: this is int32 but the other is float32; toInt() on the other converts"
            + " it",
        () -> ids.arrayEqual(of(1)));
  }
}
