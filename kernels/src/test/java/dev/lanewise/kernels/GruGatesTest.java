package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** The sigmoids and the tanh inside the fused step, seen through a recurrent kernel of zeros. */
class GruGatesTest {

  private static final int N = 0;
  private static final int Z = 1;
  private static final int R = 2;

  private static final int UNITS = 16;

  /** One row; h before lies in {@code states}, and the new h behind it. */
  private interface Step {
    void forward(MemorySegment states, MemorySegment gates);
  }

  private static final Step PUBLIC =
      new Step() {
        private final GruCell cell = new GruCell(UNITS, UNITS, Activation.TANH, Activation.SIGMOID);
        private final PackedMatrix zeros =
            PackedMatrix.ofGates(Arena.ofAuto(), UNITS, 3 * UNITS, 3, WeightFormat.FLOAT32)
                .pack(Arena.ofAuto().allocate(12L * UNITS * UNITS, 4), 0, 3 * UNITS);

        @Override
        public void forward(MemorySegment s, MemorySegment gates) {
          cell.forward(1, zeros, s, 0, gates, 0, s, UNITS);
        }
      };

  private static final Step SCALAR =
      new Step() {
        private final GruCellKernel cell = new ScalarKernels(1).gruCell();
        private final PackedStrips zeros =
            new PackedStrips(
                new ScalarKernels(1).sgemm(),
                Arena.ofAuto().allocate(12L * UNITS * UNITS, 4),
                UNITS,
                UNITS,
                3,
                0,
                UNITS);

        @Override
        public void forward(MemorySegment s, MemorySegment gates) {
          cell.forward(1, UNITS, zeros, s, 0, gates, 0, s, UNITS);
        }
      };

  /** What one gate makes of its pre-activations. */
  private static FloatSweep.Elementwise gate(Step step, int gate) {
    return (n, x, xOffset, y, yOffset) -> {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment states = arena.allocate(2L * UNITS * Float.BYTES, Float.BYTES);
        MemorySegment gates = arena.allocate(4L * UNITS * Float.BYTES, Float.BYTES);
        long at = (long) gate * UNITS;
        for (long from = 0; from < n; from += UNITS) {
          long some = Math.min(UNITS, n - from);
          states.fill((byte) 0);
          gates.fill((byte) 0);
          MemorySegment.copy(x, JAVA_FLOAT, 4 * (xOffset + from), gates, JAVA_FLOAT, 4 * at, some);
          step.forward(states, gates);
          MemorySegment.copy(gates, JAVA_FLOAT, 4 * at, y, JAVA_FLOAT, 4 * (yOffset + from), some);
        }
      }
    };
  }

  private static float at(int gate, float z) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(JAVA_FLOAT, z);
      gate(PUBLIC, gate).apply(1, one, 0, one, 0);
      return one.get(JAVA_FLOAT, 0);
    }
  }

  private static MemorySegment run(MemorySegment x, int gate) {
    MemorySegment y = Arena.ofAuto().allocate(x.byteSize(), Float.BYTES);
    gate(PUBLIC, gate).apply(x.byteSize() / Float.BYTES, x, 0, y, 0);
    return y;
  }

  @Test
  void theSigmoidsStayWithinTheirErrorOverAllFloats() {
    for (int gate : new int[] {Z, R}) {
      for (MemorySegment x :
          new MemorySegment[] {FloatSweep.everywhere(), FloatSweep.around(20f)}) {
        MemorySegment y = run(x, gate);
        for (long i = 0; i < x.byteSize() / Float.BYTES; i++) {
          float z = x.getAtIndex(JAVA_FLOAT, i);
          float value = y.getAtIndex(JAVA_FLOAT, i);
          double exact = ActivationReference.value(Activation.SIGMOID, z);
          boolean right =
              Float.isNaN(z)
                  ? Float.isNaN(value)
                  : Math.abs(exact - value) <= 1e-7
                      && (z < -5f || Tolerance.ulps(exact, value) <= 4)
                      && (z < -87f || Tolerance.ulps(exact, value) <= 24);
          assertTrue(right, () -> "sigmoid(" + z + ") = " + value + ", exactly " + exact);
        }
      }
    }
  }

  @Test
  void theTanhStaysWithinItsErrorOverAllFloats() {
    for (MemorySegment x : new MemorySegment[] {FloatSweep.everywhere(), FloatSweep.around(10f)}) {
      double worst = FloatSweep.worstUlps(x, gate(PUBLIC, N), Math::tanh);
      assertTrue(worst <= 4, () -> "off by " + worst + " ULP");
    }
  }

  @Test
  void areTheScalarKernelsBitsOverAllFloats() {
    for (int gate : new int[] {N, Z, R}) {
      FloatSweep.assertSameBits(FloatSweep.everywhere(), gate(SCALAR, gate), gate(PUBLIC, gate));
      FloatSweep.assertSameBits(FloatSweep.around(100f), gate(SCALAR, gate), gate(PUBLIC, gate));
    }
  }

  @Test
  void neverFallWhereZRises() {
    MemorySegment x = FloatSweep.around(100f);
    for (int gate : new int[] {N, Z, R}) {
      MemorySegment y = run(x, gate);
      float before = gate == N ? -1f : 0f;
      for (long i = 0; i < x.byteSize() / Float.BYTES; i++) {
        float value = y.getAtIndex(JAVA_FLOAT, i);
        assertTrue(value >= before, "falls from " + before + " to " + value + " at element " + i);
        before = Math.max(before, value - 2 * Math.ulp(value)); // a rounding either side
      }
      assertEquals(1f, before, 1e-6f);
    }
  }

  @Test
  void saturateAndStaySaturated() {
    float[] far = {32f, Math.nextUp(32f), 44f, 89f, 1e7f, 1e30f, Float.POSITIVE_INFINITY};
    for (int gate : new int[] {Z, R}) {
      for (float z : far) {
        assertEquals(1f, at(gate, z), "at " + z);
        assertEquals(0f, at(gate, -z), z < 89f ? 2e-14f : 0f, "at " + -z);
      }
    }
    for (float z : far) {
      assertEquals(1f, at(N, z), "at " + z);
      assertEquals(-1f, at(N, -z), "at " + -z);
    }
  }

  @Test
  void aNanOfEitherSignStaysOne() {
    for (int bits : new int[] {0x7FC00000, 0xFFC00000, 0x7F800001, 0xFF800001, 0xFFFFFFFF}) {
      for (int gate : new int[] {N, Z, R}) {
        assertEquals(Float.NaN, at(gate, Float.intBitsToFloat(bits)), Integer.toHexString(bits));
      }
    }
  }

  @Test
  void zeroIsExact() {
    for (float z : new float[] {0f, -0f}) {
      for (int gate : new int[] {Z, R}) {
        assertEquals(0.5f, at(gate, z));
      }
      assertEquals(0f, at(N, z));
    }
    assertEquals(Float.MIN_VALUE, at(N, Float.MIN_VALUE));
    assertEquals(-1e-40f, at(N, -1e-40f));
  }
}
