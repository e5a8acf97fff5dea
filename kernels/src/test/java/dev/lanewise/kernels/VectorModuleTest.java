package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Fails where the tests would silently skip everything that is vectorised. */
class VectorModuleTest {
  @Test
  void testsRunWithTheVectorModule() {
    assertTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
  }
}
