package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.lstm.Mask;
import dev.lanewise.tensor.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Masks: there and back, and what they say of each step. */
@Tag("no-kernels")
class MaskProperties {
  @Provide
  Arbitrary<MaskedModel> masks() {
    return MaskedModel.any(MaskedModel.Kind.LAST);
  }

  @Property(tries = 1000)
  void aMaskIsTheTensorItWasMadeOfAndBack(@ForAll("masks") MaskedModel of) {
    Tensor tensor = of.layout().place(TensorValues.read(of.maskTensor()));
    Mask mask = Mask.of(tensor);
    TensorValues.read(tensor).assertReads(mask.toTensor());
    assertEquals(mask, Mask.of(mask.toTensor()));
    assertEquals(mask.hashCode(), Mask.of(mask.toTensor()).hashCode());
  }

  @Property(tries = 1000)
  void aMaskUsesTheStepsThatAreOne(@ForAll("masks") MaskedModel of) {
    Mask mask = of.mask();
    assertEquals(of.batch(), mask.samples());
    assertEquals(of.timesteps(), mask.timesteps());
    for (int sample = 0; sample < of.batch(); sample++) {
      assertEquals(of.steps(sample).length, mask.lengths()[sample]);
      for (int step = 0; step < of.timesteps(); step++) {
        assertEquals(of.lives(sample, step), mask.uses(sample, step));
      }
    }
    assertThrows(IndexOutOfBoundsException.class, () -> mask.uses(of.batch(), 0));
    assertThrows(IndexOutOfBoundsException.class, () -> mask.uses(0, -1));
  }

  @Property(tries = 1000)
  void lengthsAreAMaskOfStretchesAtTheStartOrTheEnd(@ForAll("masks") MaskedModel of) {
    int[] lengths = of.mask().lengths();
    Mask start = Mask.ofLengths(of.timesteps(), lengths);
    Mask end = Mask.ofLengthsAtEnd(of.timesteps(), lengths);
    assertArrayEquals(lengths, start.lengths());
    assertArrayEquals(lengths, end.lengths());
    TensorValues.read(start.toTensor().flip(1)).assertReads(end.toTensor());
    for (int sample = 0; sample < of.batch(); sample++) {
      for (int step = 0; step < of.timesteps(); step++) {
        assertEquals(step < lengths[sample], start.uses(sample, step));
      }
    }
  }
}
