package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Kernels;
import org.junit.jupiter.api.Test;

/** Fails where the laws would silently hold for other kernels than those they are about. */
class VectorWidthTest {

  @Test
  void theVectorKernelsRunAtTheWidthAskedFor() {
    String bits = System.getProperty(Kernels.BITS_PROPERTY);
    if (bits == null) {
      assertTrue(Kernels.implementation().matches("vector, (128|256|512) bits"));
    } else {
      assertEquals("vector, " + bits + " bits", Kernels.implementation());
    }
  }
}
