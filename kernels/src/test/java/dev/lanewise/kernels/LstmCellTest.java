package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LstmCellTest {

  static List<Arguments> pairs() {
    return CellActivations.pairs();
  }

  /** A step's operands, and what it is given backward. */
  private static final class Step {

    final int rows;
    final int units;
    final Block u;
    final Block hPrevious;
    final Block cPrevious;
    final Block gates;
    final Block c;
    final Block h;
    final Block dh;
    final Block dc;
    final Block scratch;
    final PackedMatrix recurrent;

    Step(Arena arena, int rows, int units, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      this.rows = rows;
      this.units = units;
      u = Block.matrix(arena, units, 4 * units).random(random, 1f / (float) Math.sqrt(units + 1));
      hPrevious = Block.dense(arena, rows, units).random(random);
      cPrevious = Block.dense(arena, rows, units).random(random, 2f);
      gates = Block.dense(arena, rows, 4 * units).random(random, 2f);
      c = Block.dense(arena, rows, units).fill(Float.NaN);
      h = Block.dense(arena, rows, units).fill(Float.NaN);
      dh = Block.dense(arena, rows, units).random(random);
      dc = Block.dense(arena, rows, units).random(random);
      scratch = Block.vector(arena, 2 * units).fill(Float.NaN);
      recurrent = PackedMatrix.ofGates(arena, units, 4 * units).pack(u.segment, u.offset, u.ld);
    }

    /** Row {@code row} of another step, alone. */
    Step(Arena arena, Step all, int row) {
      rows = 1;
      units = all.units;
      u = all.u;
      recurrent = all.recurrent;
      hPrevious = row(arena, all.hPrevious, row, units);
      cPrevious = row(arena, all.cPrevious, row, units);
      gates = row(arena, all.gates, row, 4 * units);
      c = row(arena, all.c, row, units);
      h = row(arena, all.h, row, units);
      dh = row(arena, all.dh, row, units);
      dc = row(arena, all.dc, row, units);
      scratch = Block.vector(arena, 2 * units);
    }

    private static Block row(Arena arena, Block block, int row, int columns) {
      Block one = Block.dense(arena, 1, columns);
      for (int j = 0; j < columns; j++) {
        one.set(0, j, block.get(row, j));
      }
      return one;
    }

    void forward(LstmCell cell) {
      forward(cell, recurrent);
    }

    /** The step of the units that a part of U holds. */
    void forward(LstmCell cell, PackedMatrix part) {
      cell.forward(
          rows,
          part,
          hPrevious.segment,
          hPrevious.offset,
          cPrevious.segment,
          cPrevious.offset,
          gates.segment,
          gates.offset,
          c.segment,
          c.offset,
          h.segment,
          h.offset);
    }

    void backward(LstmCell cell) {
      cell.backward(
          rows,
          cPrevious.segment,
          cPrevious.offset,
          c.segment,
          c.offset,
          dh.segment,
          dh.offset,
          dc.segment,
          dc.offset,
          gates.segment,
          gates.offset,
          scratch.segment,
          scratch.offset);
    }

    /** The pre-activations of a row in double, before {@link #forward}. */
    double[] z(int row) {
      double[] z = new double[4 * units];
      for (int j = 0; j < 4 * units; j++) {
        z[j] = gates.get(row, j);
        for (int p = 0; p < units; p++) {
          z[j] += (double) hPrevious.get(row, p) * u.get(p, j);
        }
      }
      return z;
    }

    double[] row(Block block, int row) {
      double[] values = new double[units];
      for (int j = 0; j < units; j++) {
        values[j] = block.get(row, j);
      }
      return values;
    }

    void assertMarginsUntouched() {
      for (Block block : List.of(u, hPrevious, cPrevious, gates, c, h, dh, dc, scratch)) {
        block.assertMarginUntouched();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void isTheEquationsInDoubleForwardAndBackward(Activation activation, Activation recurrent) {
    for (int units : Sizes.straddlingLanes()) {
      for (int rows : new int[] {0, 1, 2, 3, 5, 9}) {
        checkAgainstDouble(activation, recurrent, rows, units);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernels.CellActivations#forwardPairs")
  void isTheEquationsInDoubleForwardAlone(Activation activation, Activation recurrent) {
    for (int units : Sizes.straddlingLanes()) {
      checkAgainstDouble(activation, recurrent, 3, units);
    }
  }

  @Test
  void isTheEquationsInDoubleAcrossBlocksOfK() {
    checkAgainstDouble(Activation.TANH, Activation.SIGMOID, 1, 259);
    checkAgainstDouble(Activation.TANH, Activation.SIGMOID, 21, 259);
    checkAgainstDouble(Activation.LINEAR, Activation.LINEAR, 21, 259);
  }

  @Test
  void isTheEquationsInDoubleUnderMoreRowsThanScratchHolds() {
    int rows = 8 * Sizes.LANES + 3;
    for (int units : new int[] {1, Sizes.LANES / 2, Sizes.LANES / 2 + 1, Sizes.LANES + 1}) {
      checkAgainstDouble(Activation.TANH, Activation.SIGMOID, rows, units);
    }
  }

  private static void checkAgainstDouble(
      Activation activation, Activation recurrent, int rows, int units) {
    String what = activation + " " + recurrent + " rows=" + rows + " units=" + units;
    try (Arena arena = Arena.ofConfined()) {
      Step step = new Step(arena, rows, units, 31L * rows + units);
      LstmReference[] references = new LstmReference[rows];
      double[][] gradients = new double[rows][];
      for (int row = 0; row < rows; row++) {
        references[row] =
            new LstmReference(activation, recurrent, step.z(row), step.row(step.cPrevious, row));
        gradients[row] = references[row].backward(step.row(step.dh, row), step.row(step.dc, row));
      }
      LstmCell cell = new LstmCell(units, activation, recurrent);

      step.forward(cell);
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < 4 * units; j++) {
          close(references[row].gates[j], step.gates.get(row, j), units, 1, what + " gate " + j);
        }
        for (int j = 0; j < units; j++) {
          // Linear gates multiply errors by their values, which stay below 16 here.
          close(references[row].c[j], step.c.get(row, j), units, 1, what + " c " + j);
          close(references[row].h[j], step.h.get(row, j), units, 1, what + " h " + j);
        }
      }
      step.assertMarginsUntouched();
      if (CellActivations.refusesBackward(
          "LstmCell", activation, recurrent, () -> step.backward(cell))) {
        return;
      }

      step.backward(cell);
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < 4 * units; j++) {
          close(gradients[row][j], step.gates.get(row, j), units, 2, what + " dz " + j);
        }
        for (int j = 0; j < units; j++) {
          close(gradients[row][4 * units + j], step.dc.get(row, j), units, 2, what + " dc " + j);
        }
      }
      step.assertMarginsUntouched();
    }
  }

  /** The terms of z are up to 4 in sum, and what follows multiplies a handful of such numbers. */
  private static void close(double expected, float actual, int units, int passes, String what) {
    double magnitude = Math.max(4, Math.abs(expected));
    double tolerance = passes * Tolerance.forward(units, magnitude);
    if (!(Math.abs(expected - actual) <= tolerance)) {
      Tolerance.assertClose(expected, actual, tolerance, what);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theDoubleGradientIsThatOfFiniteDifferences(Activation activation, Activation recurrent) {
    SplittableRandom random = new SplittableRandom(5);
    int units = 6;
    double[] z = new double[4 * units];
    double[] cPrevious = new double[units];
    double[] dh = new double[units];
    double[] dc = new double[units];
    for (double[] values : List.of(z, cPrevious, dh, dc)) {
      for (int j = 0; j < values.length; j++) {
        values[j] = random.nextDouble(-3, 3);
      }
    }
    double[] gradient = new LstmReference(activation, recurrent, z, cPrevious).backward(dh, dc);
    double step = 1e-6;
    for (int j = 0; j < 5 * units; j++) {
      double[] at = j < 4 * units ? z : cPrevious;
      int index = j < 4 * units ? j : j - 4 * units;
      double value = at[index];
      at[index] = value + step;
      double above = new LstmReference(activation, recurrent, z, cPrevious).loss(dh, dc);
      at[index] = value - step;
      double below = new LstmReference(activation, recurrent, z, cPrevious).loss(dh, dc);
      at[index] = value;
      Tolerance.assertClose((above - below) / (2 * step), gradient[j], 1e-7, "gradient " + j);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theGradientOfAWholeStepIsThatOfFiniteDifferences(
      Activation activation, Activation recurrent) {
    int rows = 2;
    int units = 7;
    try (Arena arena = Arena.ofConfined()) {
      Step step = new Step(arena, rows, units, 11);
      double[][] z = {step.z(0), step.z(1)};
      Block dhPrevious = Block.dense(arena, rows, units);
      LstmCell cell = new LstmCell(units, activation, recurrent);
      double[] dh = step.dh.doubles();
      double[] dc = step.dc.doubles();
      step.forward(cell);
      step.backward(cell);
      PackedMatrix transposed =
          PackedMatrix.of(arena, 4 * units, units)
              .packTransposed(step.u.segment, step.u.offset, step.u.ld);
      Sgemm.multiply(
          rows,
          step.gates.segment,
          step.gates.offset,
          step.gates.ld,
          transposed,
          dhPrevious.segment,
          dhPrevious.offset,
          dhPrevious.ld);

      double by = 1e-6;
      for (int row = 0; row < rows; row++) {
        double[] dhRow = Arrays.copyOfRange(dh, row * units, (row + 1) * units);
        double[] dcRow = Arrays.copyOfRange(dc, row * units, (row + 1) * units);
        double[] cPrevious = step.row(step.cPrevious, row);
        for (int p = 0; p < units; p++) {
          double[] above = z[row].clone();
          double[] below = z[row].clone();
          for (int j = 0; j < 4 * units; j++) {
            above[j] += by * step.u.get(p, j);
            below[j] -= by * step.u.get(p, j);
          }
          double slope =
              (new LstmReference(activation, recurrent, above, cPrevious).loss(dhRow, dcRow)
                      - new LstmReference(activation, recurrent, below, cPrevious)
                          .loss(dhRow, dcRow))
                  / (2 * by);
          close(slope, dhPrevious.get(row, p), 4 * units, 2, "dh " + row + ", " + p);
        }
      }
    }
  }

  @Test
  void theFusedStepIsTheScalarKernelsBits() {
    LstmCellKernel scalar = new ScalarKernels(1).lstmCell();
    SgemmKernel product = new ScalarKernels(1).sgemm();
    for (int units : new int[] {1, 2, Sizes.LANES - 1, Sizes.LANES, Sizes.LANES + 1, 103, 259}) {
      for (int rows : new int[] {1, 2, 3, 4, 5, 8, 9}) {
        try (Arena arena = Arena.ofConfined()) {
          Step step = new Step(arena, rows, units, 77L * rows + units);
          Step same = new Step(arena, rows, units, 77L * rows + units);
          MemorySegment packed = arena.allocate(16L * units * units, 4);
          PackedStrips u = new PackedStrips(product, packed, units, units, 4, 0, units);
          product.pack(u, same.u.segment, same.u.offset, same.u.ld, 1);
          LstmCell cell = new LstmCell(units, Activation.TANH, Activation.SIGMOID);
          step.forward(cell);
          scalar.forward(
              rows,
              units,
              u,
              same.hPrevious.segment,
              same.hPrevious.offset,
              same.cPrevious.segment,
              same.cPrevious.offset,
              same.gates.segment,
              same.gates.offset,
              same.c.segment,
              same.c.offset,
              same.h.segment,
              same.h.offset);
          assertArrayEquals(same.gates.values(), step.gates.values());
          assertArrayEquals(same.c.values(), step.c.values());
          assertArrayEquals(same.h.values(), step.h.values());
          step.backward(cell);
          scalar.backward(
              rows,
              units,
              units,
              same.cPrevious.segment,
              same.cPrevious.offset,
              same.c.segment,
              same.c.offset,
              same.dh.segment,
              same.dh.offset,
              same.dc.segment,
              same.dc.offset,
              same.gates.segment,
              same.gates.offset,
              same.scratch.segment,
              same.scratch.offset);
          assertArrayEquals(same.gates.values(), step.gates.values());
          assertArrayEquals(same.dc.values(), step.dc.values());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void partsOfTheUnitsTogetherAreTheWholeStep(Activation activation, Activation recurrent) {
    for (int units : new int[] {1, Sizes.LANES, 5 * Sizes.LANES, 6 * Sizes.LANES + 3}) {
      for (int rows : new int[] {1, 2, 5}) {
        for (int parts : new int[] {2, 3, 7}) {
          for (WeightFormat format : WeightFormat.values()) {
            checkParts(new LstmCell(units, activation, recurrent), rows, units, parts, format);
          }
        }
      }
    }
  }

  private static void checkParts(
      LstmCell cell, int rows, int units, int parts, WeightFormat format) {
    try (Arena arena = Arena.ofConfined()) {
      Step whole = new Step(arena, rows, units, 17);
      Step inParts = new Step(arena, rows, units, 17);
      PackedMatrix u = PackedMatrix.ofGates(arena, units, 4 * units, format);
      u.pack(whole.u.segment, whole.u.offset, whole.u.ld);
      whole.forward(cell, u);
      for (int part = parts - 1; part >= 0; part--) {
        inParts.forward(cell, u.part(part, parts));
      }
      String what = format + " rows=" + rows + " units=" + units + " parts=" + parts;
      assertArrayEquals(whole.gates.values(), inParts.gates.values(), what);
      assertArrayEquals(whole.c.values(), inParts.c.values(), what);
      assertArrayEquals(whole.h.values(), inParts.h.values(), what);
      inParts.assertMarginsUntouched();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aRowAloneIsTheRowInABatch(Activation activation, Activation recurrent) {
    for (int units : new int[] {1, Sizes.LANES, 2 * Sizes.LANES + 1, 103, 133}) {
      try (Arena arena = Arena.ofConfined()) {
        int rows = 11;
        Step batch = new Step(arena, rows, units, units);
        LstmCell cell = new LstmCell(units, activation, recurrent);
        List<Step> alone = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
          Step one = new Step(arena, batch, row);
          one.forward(cell);
          one.backward(cell);
          alone.add(one);
        }
        batch.forward(cell);
        batch.backward(cell);
        for (int row = 0; row < rows; row++) {
          Step one = alone.get(row);
          assertArrayEquals(one.row(one.h, 0), batch.row(batch.h, row));
          assertArrayEquals(one.row(one.c, 0), batch.row(batch.c, row));
          assertArrayEquals(one.row(one.dc, 0), batch.row(batch.dc, row));
          for (int j = 0; j < 4 * units; j++) {
            assertEquals(one.gates.get(0, j), batch.gates.get(row, j));
          }
        }
      }
    }
  }

  @Test
  void theFusedStepIsTheGeneralOneWithinTheErrorsOfAGate() {
    int rows = 5;
    int units = 103;
    try (Arena arena = Arena.ofConfined()) {
      Step fused = new Step(arena, rows, units, 3);
      Step general = new Step(arena, rows, units, 3);
      fused.forward(new LstmCell(units, Activation.TANH, Activation.SIGMOID));
      GeneralLstmCell cell = new GeneralLstmCell(Activation.TANH, Activation.SIGMOID);
      cell.forward(
          rows,
          units,
          general.recurrent.strips(),
          general.hPrevious.segment,
          general.hPrevious.offset,
          general.cPrevious.segment,
          general.cPrevious.offset,
          general.gates.segment,
          general.gates.offset,
          general.c.segment,
          general.c.offset,
          general.h.segment,
          general.h.offset);
      // The general gate is within 2.5 ULP of the exact one, the fused one within 4.
      assertWithinUlps(general.gates.values(), fused.gates.values(), 6.5);
      fused.backward(new LstmCell(units, Activation.TANH, Activation.SIGMOID));
      cell.backward(
          rows,
          units,
          units,
          general.cPrevious.segment,
          general.cPrevious.offset,
          general.c.segment,
          general.c.offset,
          general.dh.segment,
          general.dh.offset,
          general.dc.segment,
          general.dc.offset,
          general.gates.segment,
          general.gates.offset,
          general.scratch.segment,
          general.scratch.offset);
      for (int i = 0; i < rows * units; i++) {
        close(general.h.values()[i], fused.h.values()[i], units, 1, "h " + i);
        close(general.c.values()[i], fused.c.values()[i], units, 1, "c " + i);
        close(general.dc.values()[i], fused.dc.values()[i], units, 2, "dc " + i);
      }
      for (int i = 0; i < 4 * rows * units; i++) {
        close(general.gates.values()[i], fused.gates.values()[i], units, 2, "dz " + i);
      }
      general.assertMarginsUntouched();
    }
  }

  private static void assertWithinUlps(float[] expected, float[] actual, double ulps) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], ulps * Math.ulp(expected[i]), "element " + i);
    }
  }

  @Test
  void theCellStateMayBeUpdatedInPlace() {
    for (Activation activation : new Activation[] {Activation.TANH, Activation.RELU}) {
      try (Arena arena = Arena.ofConfined()) {
        Step apart = new Step(arena, 3, 37, 9);
        Step inPlace = new Step(arena, 3, 37, 9);
        LstmCell cell = new LstmCell(37, activation, Activation.SIGMOID);
        apart.forward(cell);
        cell.forward(
            3,
            inPlace.recurrent,
            inPlace.hPrevious.segment,
            inPlace.hPrevious.offset,
            inPlace.cPrevious.segment,
            inPlace.cPrevious.offset,
            inPlace.gates.segment,
            inPlace.gates.offset,
            inPlace.cPrevious.segment,
            inPlace.cPrevious.offset,
            inPlace.h.segment,
            inPlace.h.offset);
        assertArrayEquals(apart.c.values(), inPlace.cPrevious.values());
        assertArrayEquals(apart.h.values(), inPlace.h.values());
      }
    }
  }

  @Test
  void saturatedGatesGiveFiniteStatesAndGradients() {
    for (float far : new float[] {-1e30f, -200f, -88f, 88f, 200f, 1e30f}) {
      try (Arena arena = Arena.ofConfined()) {
        Step step = new Step(arena, 2, 19, 4);
        step.gates.fill(far);
        LstmCell cell = new LstmCell(19, Activation.TANH, Activation.SIGMOID);
        step.forward(cell);
        step.backward(cell);
        for (Block block : List.of(step.h, step.c, step.gates, step.dc)) {
          for (float value : block.values()) {
            assertEquals(true, Float.isFinite(value), "at " + far);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aNanReachesExactlyItsOwnRow(Activation activation, Activation recurrent) {
    try (Arena arena = Arena.ofConfined()) {
      Step step = new Step(arena, 4, 21, 4);
      step.hPrevious.set(2, 5, Float.NaN);
      step.forward(new LstmCell(21, activation, recurrent));
      for (int row = 0; row < 4; row++) {
        for (int j = 0; j < 21; j++) {
          assertEquals(row == 2, Float.isNaN(step.h.get(row, j)), row + ", " + j);
          assertEquals(row == 2, Float.isNaN(step.c.get(row, j)), row + ", " + j);
        }
      }
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  private static MemorySegment room(int elements) {
    return Arena.ofAuto().allocate(4L * elements, 4);
  }

  @Test
  void rejectsNegativeSizes() {
    assertEquals(
        "LstmCell: units=-1, expected 0 or more",
        message(
            IllegalArgumentException.class,
            () -> new LstmCell(-1, Activation.TANH, Activation.SIGMOID)));
    LstmCell cell = new LstmCell(2, Activation.TANH, Activation.SIGMOID);
    MemorySegment s = room(100);
    PackedMatrix u = PackedMatrix.ofGates(Arena.ofAuto(), 2, 8);
    assertEquals(
        "LstmCell: rows=-3, expected 0 or more",
        message(
            IllegalArgumentException.class,
            () -> cell.forward(-3, u, s, 0, s, 10, s, 20, s, 40, s, 50)));
    assertEquals(
        "LstmCell: rows=-3, expected 0 or more",
        message(
            IllegalArgumentException.class,
            () -> cell.backward(-3, s, 0, s, 10, s, 20, s, 30, s, 40, s, 60)));
  }

  @Test
  void rejectsARecurrentKernelPackedForSomethingElse() {
    LstmCell cell = new LstmCell(3, Activation.TANH, Activation.SIGMOID);
    MemorySegment s = room(100);
    PackedMatrix plain = PackedMatrix.of(Arena.ofAuto(), 3, 12);
    PackedMatrix wide = PackedMatrix.ofGates(Arena.ofAuto(), 3, 16);
    PackedMatrix tall = PackedMatrix.ofGates(Arena.ofAuto(), 4, 12);
    assertEquals(
        "LstmCell: recurrent is packed (3, 12), expected (3, 12) in gates",
        message(
            IllegalArgumentException.class,
            () -> cell.forward(1, plain, s, 0, s, 10, s, 20, s, 40, s, 50)));
    assertEquals(
        "LstmCell: recurrent is packed (3, 16) in gates, expected (3, 12) in gates",
        message(
            IllegalArgumentException.class,
            () -> cell.forward(1, wide, s, 0, s, 10, s, 20, s, 40, s, 50)));
    assertEquals(
        "LstmCell: recurrent is packed (4, 12) in gates, expected (3, 12) in gates",
        message(
            IllegalArgumentException.class,
            () -> cell.forward(1, tall, s, 0, s, 10, s, 20, s, 40, s, 50)));
  }

  @Test
  void rejectsOperandsThatReachOutsideTheirSegments() {
    LstmCell cell = new LstmCell(3, Activation.TANH, Activation.SIGMOID);
    PackedMatrix u = PackedMatrix.ofGates(Arena.ofAuto(), 3, 12);
    MemorySegment s = room(100);
    MemorySegment x = room(5);
    String six = " takes 6 elements from offset 0, but its segment holds 5";
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    assertEquals(
        "LstmCell: hPrevious" + six,
        message(outside, () -> cell.forward(2, u, x, 0, s, 10, s, 20, s, 50, s, 60)));
    assertEquals(
        "LstmCell: cPrevious" + six,
        message(outside, () -> cell.forward(2, u, s, 0, x, 0, s, 20, s, 50, s, 60)));
    assertEquals(
        "LstmCell: gates takes 24 elements from offset 77, but its segment holds 100",
        message(outside, () -> cell.forward(2, u, s, 0, s, 10, s, 77, s, 50, s, 60)));
    assertEquals(
        "LstmCell: c" + six,
        message(outside, () -> cell.forward(2, u, s, 0, s, 10, s, 20, x, 0, s, 60)));
    assertEquals(
        "LstmCell: h" + six,
        message(outside, () -> cell.forward(2, u, s, 0, s, 10, s, 20, s, 50, x, 0)));

    assertEquals(
        "LstmCell: cPrevious" + six,
        message(outside, () -> cell.backward(2, x, 0, s, 10, s, 20, s, 30, s, 40, s, 70)));
    assertEquals(
        "LstmCell: c" + six,
        message(outside, () -> cell.backward(2, s, 0, x, 0, s, 20, s, 30, s, 40, s, 70)));
    assertEquals(
        "LstmCell: dh" + six,
        message(outside, () -> cell.backward(2, s, 0, s, 10, x, 0, s, 30, s, 40, s, 70)));
    assertEquals(
        "LstmCell: dc" + six,
        message(outside, () -> cell.backward(2, s, 0, s, 10, s, 20, x, 0, s, 40, s, 70)));
    assertEquals(
        "LstmCell: gates takes 24 elements from offset 77, but its segment holds 100",
        message(outside, () -> cell.backward(2, s, 0, s, 10, s, 20, s, 30, s, 77, s, 70)));
    assertEquals(
        "LstmCell: scratch" + six,
        message(outside, () -> cell.backward(2, s, 0, s, 10, s, 20, s, 30, s, 40, x, 0)));
  }

  @Test
  void rejectsAnOutputOverThePreviousOne() {
    LstmCell cell = new LstmCell(3, Activation.TANH, Activation.SIGMOID);
    PackedMatrix u = PackedMatrix.ofGates(Arena.ofAuto(), 3, 12);
    MemorySegment s = room(100);
    String expected = "LstmCell: hPrevious and h overlap; every unit of h_t reads all of h_{t-1}";
    for (int h : new int[] {5, 10, 15}) {
      assertEquals(
          expected,
          message(
              IllegalArgumentException.class,
              () -> cell.forward(2, u, s, 10, s, 20, s, 30, s, 60, s, h)));
    }
    cell.forward(2, u, s, 10, s, 22, s, 30, s, 60, s, 4);
    cell.forward(2, u, s, 10, s, 22, s, 30, s, 60, s, 16);
    cell.forward(0, u, s, 10, s, 22, s, 30, s, 60, s, 10);
  }

  @Test
  void rejectsHeapSegmentsClosedArenasAndReadOnlyOutputs() {
    LstmCell cell = new LstmCell(3, Activation.TANH, Activation.SIGMOID);
    PackedMatrix u = PackedMatrix.ofGates(Arena.ofAuto(), 3, 12);
    MemorySegment s = room(100);
    MemorySegment heap = MemorySegment.ofArray(new float[100]);
    MemorySegment fixed = s.asReadOnly();
    assertEquals(
        "LstmCell: cPrevious is a heap segment; the kernels take off-heap memory. Copy it:"
            + " arena.allocateFrom(JAVA_FLOAT, array)",
        message(
            IllegalArgumentException.class,
            () -> cell.forward(2, u, s, 0, heap, 10, s, 20, s, 50, s, 60)));
    assertEquals(
        "LstmCell: gates is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> cell.forward(2, u, s, 0, s, 10, fixed, 20, s, 50, s, 60)));
    assertEquals(
        "LstmCell: dc is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> cell.backward(2, s, 0, s, 10, s, 20, fixed, 30, s, 40, s, 70)));
    MemorySegment closed;
    PackedMatrix gone;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(400, 4);
      gone = PackedMatrix.ofGates(arena, 3, 12);
    }
    assertEquals(
        "LstmCell: the arena of recurrent is closed",
        message(
            IllegalStateException.class,
            () -> cell.forward(2, gone, s, 0, s, 10, s, 20, s, 50, s, 60)));
    assertEquals(
        "LstmCell: the arena of h is closed",
        message(
            IllegalStateException.class,
            () -> cell.forward(2, u, s, 0, s, 10, s, 20, s, 50, closed, 60)));
    assertEquals(
        "LstmCell: the arena of scratch is closed",
        message(
            IllegalStateException.class,
            () -> cell.backward(2, s, 0, s, 10, s, 20, s, 30, s, 40, closed, 70)));
  }
}
