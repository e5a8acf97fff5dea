package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** ToInt and toFloat. */
@Tag("no-kernels")
class ConvertProperties {
  @Property(tries = 1000)
  void thereAndBackIsTheIdentity(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view, @ForAll ElementType type) {
    Tensor tensor = view.tensor(type);
    Tensor there = type == ElementType.FLOAT32 ? tensor.toInt() : tensor.toFloat();
    assertEquals(type == ElementType.FLOAT32, there.type() == ElementType.INT32);
    view.values().assertReads(there);
    view.values().assertReads(type == ElementType.FLOAT32 ? there.toFloat() : there.toInt());
    assertSame(tensor, type == ElementType.FLOAT32 ? tensor.toFloat() : tensor.toInt());
  }

  @Property(tries = 1000)
  void anIntBecomesTheNearestFloat(@ForAll int[] values) {
    float[] expected = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      expected[i] = values[i];
    }
    assertArrayEquals(expected, Tensor.ofInts(values, values.length).toFloat().toArray());
  }

  @Property(tries = 1000)
  void aFloatIsConvertedExactlyOrRefused(@ForAll float value) {
    Tensor tensor = Tensor.of(new float[] {1, value}, 2);
    boolean exact = value == Math.rint(value) && value >= -0x1p31f && value < 0x1p31f;
    if (exact) {
      assertArrayEquals(new int[] {1, (int) value}, tensor.toInt().toIntArray());
    } else {
      assertThrows(IllegalArgumentException.class, tensor::toInt);
    }
  }
}
