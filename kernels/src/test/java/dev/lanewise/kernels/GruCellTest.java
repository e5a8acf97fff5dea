package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bits of {@link GruCell}: whatever runs it, beside whatever rows, in whatever parts. */
class GruCellTest {

  static List<Arguments> pairs() {
    return GruEquationsTest.pairs();
  }

  private static int[] strides(int units) {
    return new int[] {units, LstmCell.fastGateStride(units), units + 3};
  }

  @Test
  void theFusedStepIsTheScalarKernelsBits() {
    int lanes = Sizes.LANES;
    for (int units :
        new int[] {1, 2, lanes - 1, lanes, lanes + 1, 2 * lanes + 1, 4 * lanes - 1, 13, 103, 259}) {
      for (int stride : strides(units)) {
        for (int rows : new int[] {1, 2, 3, 5, 8, 9, 33}) {
          checkAgainstScalar(rows, units, stride);
        }
      }
    }
  }

  private static void checkAgainstScalar(int rows, int units, int stride) {
    String what = "rows=" + rows + " units=" + units + " stride=" + stride;
    GruCellKernel scalar = new ScalarKernels(1).gruCell();
    SgemmKernel product = new ScalarKernels(1).sgemm();
    try (Arena arena = Arena.ofConfined()) {
      GruStep step = new GruStep(arena, rows, units, stride, 77L * rows + units);
      GruStep same = new GruStep(arena, rows, units, stride, 77L * rows + units);
      MemorySegment packed = arena.allocate(12L * units * units, 4);
      PackedStrips u = new PackedStrips(product, packed, units, units, 3, 0, units);
      product.pack(u, same.u.segment, same.u.offset, same.u.ld, 1);
      GruCell cell = step.cell(Activation.TANH, Activation.SIGMOID);
      step.forward(cell);
      same.forward(scalar, u);
      assertArrayEquals(same.gates(), step.gates(), what);
      assertArrayEquals(same.h.values(), step.h.values(), what);
      step.backward(cell);
      same.backward(scalar);
      assertArrayEquals(same.gates(), step.gates(), what);
      assertArrayEquals(same.carried.values(), step.carried.values(), what);
      step.assertMarginsUntouched();
      same.assertMarginsUntouched();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void partsOfTheUnitsTogetherAreTheWholeStep(Activation activation, Activation recurrent) {
    for (int units : new int[] {1, Sizes.LANES, 5 * Sizes.LANES, 6 * Sizes.LANES + 3}) {
      for (int stride : strides(units)) {
        for (int rows : new int[] {1, 2, 5}) {
          for (int parts : new int[] {2, 3, 7}) {
            checkParts(activation, recurrent, rows, units, stride, parts);
          }
        }
      }
    }
  }

  private static void checkParts(
      Activation activation, Activation recurrent, int rows, int units, int stride, int parts) {
    String what = "rows=" + rows + " units=" + units + " stride=" + stride + " parts=" + parts;
    try (Arena arena = Arena.ofConfined()) {
      GruStep whole = new GruStep(arena, rows, units, stride, 17);
      GruStep inParts = new GruStep(arena, rows, units, stride, 17);
      GruCell cell = whole.cell(activation, recurrent);
      whole.forward(cell);
      for (int part = parts - 1; part >= 0; part--) {
        PackedMatrix some = inParts.recurrent.part(part, parts);
        float[] gates = inParts.gates();
        float[] h = inParts.h.values();
        inParts.forward(cell, some);
        assertOnly(some, units, gates, inParts.gates(), what + " gates");
        assertOnly(some, units, h, inParts.h.values(), what + " h");
      }
      assertArrayEquals(whole.gates(), inParts.gates(), what);
      assertArrayEquals(whole.h.values(), inParts.h.values(), what);
      inParts.assertMarginsUntouched();
    }
  }

  /** Nothing changed but the units of a part. */
  private static void assertOnly(
      PackedMatrix part, int units, float[] before, float[] after, String what) {
    for (int i = 0; i < before.length; i++) {
      int unit = i % units;
      if (unit < part.firstUnit() || unit >= part.endUnit()) {
        assertEquals(before[i], after[i], what);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aRowAloneIsTheRowInABatch(Activation activation, Activation recurrent) {
    for (int units : new int[] {1, Sizes.LANES, 2 * Sizes.LANES + 1, 103, 133}) {
      for (int stride : strides(units)) {
        checkRowsAlone(activation, recurrent, units, stride);
      }
    }
  }

  private static void checkRowsAlone(
      Activation activation, Activation recurrent, int units, int stride) {
    try (Arena arena = Arena.ofConfined()) {
      int rows = 11;
      GruStep batch = new GruStep(arena, rows, units, stride, units);
      GruCell cell = batch.cell(activation, recurrent);
      List<GruStep> alone = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        GruStep one = new GruStep(arena, batch, row);
        one.forward(cell);
        one.backward(cell);
        alone.add(one);
      }
      batch.forward(cell);
      batch.backward(cell);
      for (int row = 0; row < rows; row++) {
        GruStep one = alone.get(row);
        assertArrayEquals(one.row(one.h, 0), batch.row(batch.h, row));
        assertArrayEquals(one.row(one.carried, 0), batch.row(batch.carried, row));
        for (int i = 0; i < 4 * units; i++) {
          assertEquals(one.gate(0, i / units, i % units), batch.gate(row, i / units, i % units));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theGateStrideDoesNotMatter(Activation activation, Activation recurrent) {
    for (int units : Sizes.straddlingLanes()) {
      try (Arena arena = Arena.ofConfined()) {
        GruStep dense = new GruStep(arena, 5, units, units, 8);
        GruCell cell = dense.cell(activation, recurrent);
        dense.forward(cell);
        float[] gates = dense.gates();
        dense.backward(cell);
        for (int stride : strides(units)) {
          GruStep apart = new GruStep(arena, 5, units, stride, 8);
          GruCell same = apart.cell(activation, recurrent);
          apart.forward(same);
          assertArrayEquals(gates, apart.gates());
          apart.backward(same);
          assertArrayEquals(dense.gates(), apart.gates());
          assertArrayEquals(dense.h.values(), apart.h.values());
          assertArrayEquals(dense.carried.values(), apart.carried.values());
        }
      }
    }
  }

  @Test
  void theFusedStepIsTheGeneralOneWithinTheirErrors() {
    int rows = 5;
    int units = 103;
    try (Arena arena = Arena.ofConfined()) {
      GruStep fused = new GruStep(arena, rows, units, units, 3);
      GruStep general = new GruStep(arena, rows, units, units, 3);
      fused.forward(fused.cell(Activation.TANH, Activation.SIGMOID));
      new GeneralGruCell(Activation.TANH, Activation.SIGMOID)
          .forward(
              rows,
              units,
              general.recurrent.strips(),
              general.hPrevious.segment,
              general.hPrevious.offset,
              general.gates.segment,
              general.gates.offset,
              general.h.segment,
              general.h.offset);
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < units; j++) {
          // Their sums are the same; a general gate is within 2.5 ULP, a fused one within 4.
          for (int gate : new int[] {GruStep.Z, GruStep.R}) {
            float expected = general.gate(row, gate, j);
            assertEquals(expected, fused.gate(row, gate, j), 6.5 * Math.ulp(expected));
          }
          assertEquals(general.gate(row, GruStep.Q, j), fused.gate(row, GruStep.Q, j));
        }
      }
      general.assertMarginsUntouched();
    }
  }

  /** The gradient with respect to h_t is one sum, whichever of its two parts holds it. */
  @ParameterizedTest
  @MethodSource("pairs")
  void whatIsCarriedInAddsToTheGradientOfTheOutput(Activation activation, Activation recurrent) {
    for (int units : new int[] {Sizes.LANES - 1, 2 * Sizes.LANES + 1}) {
      try (Arena arena = Arena.ofConfined()) {
        GruStep both = new GruStep(arena, 3, units, units, 21);
        GruStep carried = new GruStep(arena, 3, units, units, 21);
        for (int row = 0; row < 3; row++) {
          for (int j = 0; j < units; j++) {
            carried.carried.set(row, j, both.dh.get(row, j) + both.carried.get(row, j));
          }
        }
        carried.dh.fill(0f);
        GruCell cell = both.cell(activation, recurrent);
        for (GruStep step : List.of(both, carried)) {
          step.forward(cell);
          step.backward(cell);
        }
        assertArrayEquals(both.gates(), carried.gates());
        assertArrayEquals(both.carried.values(), carried.carried.values());
      }
    }
  }

  /** Padding of U that is not zero changes nothing. */
  @Test
  void whatLiesBeyondTheUnitsOfUHasNoEffect() {
    for (int units : Sizes.straddlingLanes()) {
      for (int stride : strides(units)) {
        for (int rows : new int[] {1, 3, 9}) {
          try (Arena arena = Arena.ofConfined()) {
            GruStep zeros = new GruStep(arena, rows, units, stride, 2);
            GruStep nans = new GruStep(arena, rows, units, stride, 2);
            nans.recurrent.memory().fill((byte) -1);
            nans.recurrent.pack(nans.u.segment, nans.u.offset, nans.u.ld);
            GruCell cell = zeros.cell(Activation.TANH, Activation.SIGMOID);
            zeros.forward(cell);
            nans.forward(cell);
            assertArrayEquals(zeros.gates(), nans.gates());
            assertArrayEquals(zeros.h.values(), nans.h.values());
          }
        }
      }
    }
  }

  /** One product, seen through a U of zeros but one: which gate each of its columns is. */
  @Test
  void theColumnsOfUAreTheGatesZRAndN() {
    int units = 3;
    try (Arena arena = Arena.ofConfined()) {
      for (int gate = GruStep.Z; gate <= GruStep.Q; gate++) {
        GruStep step = new GruStep(arena, 1, units, units, 1);
        step.u.fill(0f).set(2, (gate - 1) * units + 1, 8f);
        step.recurrent.pack(step.u.segment, step.u.offset, step.u.ld);
        step.gates.fill(0f);
        step.hPrevious.fill(0.25f);
        step.forward(step.cell(Activation.LINEAR, Activation.LINEAR));
        float[] expected = new float[4 * units];
        expected[gate * units + 1] = 2f;
        assertArrayEquals(expected, step.gates());
      }
    }
  }
}
