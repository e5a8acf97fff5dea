package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A GRU's step on values that are large, infinite or no number. */
class GruUnusualValuesTest {

  static List<Arguments> pairs() {
    return GruEquationsTest.pairs();
  }

  @Test
  void saturatedGatesGiveFiniteStatesAndGradients() {
    for (float far : new float[] {-1e30f, -200f, -88f, 88f, 200f, 1e30f}) {
      try (Arena arena = Arena.ofConfined()) {
        GruStep step = new GruStep(arena, 2, 19, 19, 4);
        step.gates.fill(far);
        GruCell cell = step.cell(Activation.TANH, Activation.SIGMOID);
        step.forward(cell);
        float kept = far > 0 ? 1f : 0f;
        for (int row = 0; row < 2; row++) {
          for (int j = 0; j < 19; j++) {
            assertEquals(kept, step.gate(row, GruStep.Z, j), 1e-35f, "z at " + far);
            assertEquals(Math.signum(far), step.gate(row, GruStep.N, j), "n at " + far);
            float h = far > 0 ? step.hPrevious.get(row, j) : -1f;
            assertEquals(h, step.h.get(row, j), Math.ulp(1f), "h at " + far);
          }
        }
        step.backward(cell);
        for (Block block : List.of(step.h, step.gates, step.carried)) {
          for (float value : block.values()) {
            assertTrue(Float.isFinite(value), "at " + far);
          }
        }
      }
    }
  }

  @Test
  void infiniteAndNanGateInputsAreTheScalarKernelsBits() {
    float[] odd = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.MIN_VALUE,
      -0f,
      0f
    };
    GruCellKernel scalar = new ScalarKernels(1).gruCell();
    for (int units : new int[] {Sizes.LANES - 1, Sizes.LANES, 2 * Sizes.LANES + 1}) {
      int rows = odd.length * odd.length;
      try (Arena arena = Arena.ofConfined()) {
        GruStep step = new GruStep(arena, rows, units, units, 6);
        GruStep same = new GruStep(arena, rows, units, units, 6);
        MemorySegment packed = arena.allocate(12L * units * units, 4);
        SgemmKernel product = new ScalarKernels(1).sgemm();
        PackedStrips u = new PackedStrips(product, packed, units, units, 3, 0, units);
        product.pack(u, same.u.segment, same.u.offset, same.u.ld, 1);
        for (GruStep each : List.of(step, same)) {
          for (int row = 0; row < rows; row++) {
            for (int j = 0; j < units; j++) {
              each.gates.set(row, (j + row) % 4 * units + j, odd[row / odd.length]);
              each.gates.set(row, (j + 2 * row + 1) % 4 * units + j, odd[row % odd.length]);
            }
          }
        }
        GruCell cell = step.cell(Activation.TANH, Activation.SIGMOID);
        step.forward(cell);
        same.forward(scalar, u);
        assertArrayEquals(same.gates(), step.gates());
        assertArrayEquals(same.h.values(), step.h.values());
        step.backward(cell);
        same.backward(scalar);
        assertArrayEquals(same.gates(), step.gates());
        assertArrayEquals(same.carried.values(), step.carried.values());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aNanReachesExactlyItsOwnRow(Activation activation, Activation recurrent) {
    try (Arena arena = Arena.ofConfined()) {
      GruStep step = new GruStep(arena, 4, 21, 21, 4);
      step.hPrevious.set(2, 5, Float.NaN);
      step.forward(step.cell(activation, recurrent));
      for (int row = 0; row < 4; row++) {
        for (int j = 0; j < 21; j++) {
          assertEquals(row == 2, Float.isNaN(step.h.get(row, j)), row + ", " + j);
        }
      }
    }
  }
}
