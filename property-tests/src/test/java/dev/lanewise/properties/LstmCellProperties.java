package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LstmCellProperties {

  @Property(tries = 1000)
  void vectorIsScalarBitForBitForward(@ForAll(supplier = CellStep.Any.class) CellStep s) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          int rows = s.rows();
          int units = s.units();
          int at = s.offset();
          MemorySegment u = room.floats(4L * units * units);
          PackedStrips packed = room.packed(kernels.sgemm(), units, 4 * units, 4, u, 4L * units, 1);
          MemorySegment hPrevious = room.matrix(at, rows, units, units);
          MemorySegment cPrevious = room.matrix(at, rows, units, units);
          MemorySegment gates = room.matrix(at, rows, 4 * units, 4L * units);
          MemorySegment c = room.matrix(at, rows, units, units);
          MemorySegment h = room.matrix(at, rows, units, units);
          kernels
              .lstmCell()
              .forward(rows, units, packed, hPrevious, at, cPrevious, at, gates, at, c, at, h, at);
        });
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBitBackward(@ForAll(supplier = CellStep.Any.class) CellStep s) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          int rows = s.rows();
          int units = s.units();
          int at = s.offset();
          MemorySegment cPrevious = room.matrix(at, rows, units, units);
          MemorySegment c = room.matrix(at, rows, units, units);
          MemorySegment dh = room.matrix(at, rows, units, units);
          MemorySegment dc = room.matrix(at, rows, units, units);
          MemorySegment scratch = room.floats(2L * units);
          MemorySegment gates = room.matrix(at, rows, 4 * units, 4L * units);
          kernels
              .lstmCell()
              .backward(
                  rows, units, units, cPrevious, at, c, at, dh, at, dc, at, gates, at, scratch, 0);
        });
  }

  @Property(tries = 1000)
  void vectorIsScalarBitForBitOfTheCellState(@ForAll(supplier = Stretch.Any.class) Stretch s) {
    Room.assertSameBits(
        s.values(),
        s.seed(),
        s.side(),
        (kernels, room) -> {
          MemorySegment f = room.floats(s.offset(0) + s.n());
          MemorySegment cPrevious = room.floats(s.offset(1) + s.n());
          MemorySegment i = room.floats(s.offset(2) + s.n());
          MemorySegment g = room.floats(s.offset(3) + s.n());
          MemorySegment c = room.floats(s.offset(4) + s.n());
          kernels
              .cellState()
              .apply(
                  s.n(),
                  f,
                  s.offset(0),
                  cPrevious,
                  s.offset(1),
                  i,
                  s.offset(2),
                  g,
                  s.offset(3),
                  c,
                  s.offset(4));
        });
  }

  /** A cell, its states and its recurrent kernel. */
  private static final class Cell {

    final int units;
    final LstmCell cell;
    final Laid u;
    final PackedMatrix recurrent;

    Cell(Arena arena, int units, Activation activation, Values values, SplittableRandom random) {
      this.units = units;
      cell = new LstmCell(units, activation, Activation.SIGMOID);
      u = Laid.random(arena, units, 4 * units, values, random);
      recurrent = PackedMatrix.ofGates(arena, units, 4 * units).pack(u.memory(), 0, 4L * units);
    }

    void forward(Laid hPrevious, Laid c, Laid gates, Laid h) {
      cell.forward(
          h.rows(),
          recurrent,
          hPrevious.memory(),
          0,
          c.memory(),
          0,
          gates.memory(),
          0,
          c.memory(),
          0,
          h.memory(),
          0);
    }
  }

  @Property(tries = 1000)
  void aSequenceDoesNotDependOnItsBatch(
      @ForAll(supplier = CellStep.Any.class) CellStep s, @ForAll boolean fused) {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(s.seed());
      Activation activation = fused ? Activation.TANH : Activation.RELU;
      Cell cell = new Cell(arena, s.units(), activation, s.values(), random);
      Laid hPrevious = Laid.random(arena, s.rows(), s.units(), s.values(), random);
      Laid c = Laid.random(arena, s.rows(), s.units(), s.values(), random);
      Laid gates = Laid.random(arena, s.rows(), 4 * s.units(), s.values(), random);
      Laid h = Laid.zeros(arena, s.rows(), s.units());
      Laid cAlone = c.copy(arena);
      Laid gatesAlone = gates.copy(arena);
      Laid hAlone = Laid.zeros(arena, s.rows(), s.units());
      cell.forward(hPrevious, c, gates, h);
      for (int row = 0; row < s.rows(); row++) {
        int next = row + 1;
        cell.forward(
            hPrevious.rows(row, next),
            cAlone.rows(row, next),
            gatesAlone.rows(row, next),
            hAlone.rows(row, next));
      }
      assertArrayEquals(gates.values(), gatesAlone.values());
      assertArrayEquals(c.values(), cAlone.values());
      assertArrayEquals(h.values(), hAlone.values());
    }
  }

  /** Gates that lie apart: the same bits, forward and backward, whatever was in between. */
  @Property(tries = 1000)
  void theGateStrideDoesNotMatter(
      @ForAll(supplier = CellStep.Any.class) CellStep s,
      @ForAll @IntRange(min = 0, max = 40) int more,
      @ForAll boolean fused) {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(s.seed());
      int rows = s.rows();
      int units = s.units();
      int stride = units + more;
      Activation activation = fused ? Activation.TANH : Activation.SOFTSIGN;
      LstmCell dense = new LstmCell(units, activation, Activation.SIGMOID);
      LstmCell apart = new LstmCell(units, stride, activation, Activation.SIGMOID);
      Laid weights = Laid.random(arena, units, 4 * units, s.values(), random);
      PackedMatrix u =
          PackedMatrix.ofGates(arena, units, 4 * units).pack(weights.memory(), 0, 4L * units);
      Laid x = Laid.random(arena, rows, units, s.values(), random);
      Laid bias = Laid.random(arena, 4, units, s.values(), random);
      Laid biasApart = Laid.random(arena, 4, stride, Values.ANY_BITS, random);
      bias.copyTo(biasApart);
      Laid h = Laid.random(arena, rows, units, s.values(), random);
      Laid c = Laid.random(arena, rows, units, s.values(), random);
      Laid dh = Laid.random(arena, rows, units, s.values(), random);
      Laid dc = Laid.random(arena, rows, units, s.values(), random);
      Laid gates = Laid.random(arena, 4 * rows, units, Values.ANY_BITS, random);
      Laid gatesApart = Laid.random(arena, 4 * rows, stride, Values.ANY_BITS, random);
      float[] expected = step(arena, dense, u, x, bias, h, c, dh, dc, gates);
      assertArrayEquals(expected, step(arena, apart, u, x, biasApart, h, c, dh, dc, gatesApart));
      assertArrayEquals(gates.values(), gatesApart.columns(arena, units).values());
    }
  }

  /** A step from the input on, forward and backward: c, h and the dc of the step before. */
  private static float[] step(
      Arena arena,
      LstmCell cell,
      PackedMatrix u,
      Laid x,
      Laid bias,
      Laid hPrevious,
      Laid cPrevious,
      Laid dh,
      Laid dcNext,
      Laid gates) {
    int rows = x.rows();
    int units = x.columns();
    Laid c = Laid.zeros(arena, rows, units);
    Laid h = Laid.zeros(arena, rows, units);
    Laid dc = dcNext.copy(arena);
    Laid scratch = Laid.zeros(arena, 2, units);
    MemorySegment z = gates.memory();
    cell.project(rows, x.memory(), 0, u, bias.memory(), 0, z, 0);
    cell.forward(
        rows, u, hPrevious.memory(), 0, cPrevious.memory(), 0, z, 0, c.memory(), 0, h.memory(), 0);
    cell.backward(
        rows,
        cPrevious.memory(),
        0,
        c.memory(),
        0,
        dh.memory(),
        0,
        dc.memory(),
        0,
        z,
        0,
        scratch.memory(),
        0);
    float[] all = new float[3 * rows * units];
    System.arraycopy(c.values(), 0, all, 0, rows * units);
    System.arraycopy(h.values(), 0, all, rows * units, rows * units);
    System.arraycopy(dc.values(), 0, all, 2 * rows * units, rows * units);
    return all;
  }

  /** One product for all timesteps or one for each part: the same states after the last. */
  @Property(tries = 1000)
  void splittingTimeGivesTheSameState(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 70) int units,
      @ForAll @IntRange(min = 1, max = 40) int features,
      @ForAll @IntRange(min = 2, max = 9) int timesteps,
      @ForAll @IntRange(min = 1, max = 8) int split,
      @ForAll boolean fused,
      @ForAll long seed) {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(seed);
      Activation activation = fused ? Activation.TANH : Activation.HARD_SIGMOID;
      Cell cell = new Cell(arena, units, activation, Values.SMALL, random);
      Laid w = Laid.random(arena, features, 4 * units, Values.SMALL, random);
      PackedMatrix kernel =
          PackedMatrix.of(arena, features, 4 * units).pack(w.memory(), 0, 4L * units);
      Laid bias = Laid.random(arena, 1, 4 * units, Values.SMALL, random);
      Laid x = Laid.random(arena, timesteps * rows, features, Values.SMALL, random);

      Laid h = Laid.zeros(arena, rows, units);
      Laid c = Laid.zeros(arena, rows, units);
      Laid last = run(arena, cell, kernel, bias, x, h, c);
      Laid cParts = Laid.zeros(arena, rows, units);
      int cut = Math.min(split, timesteps) * rows;
      Laid middle = run(arena, cell, kernel, bias, x.rows(0, cut), h, cParts);
      Laid lastParts = run(arena, cell, kernel, bias, x.rows(cut, x.rows()), middle, cParts);
      assertArrayEquals(last.values(), lastParts.values());
      assertArrayEquals(c.values(), cParts.values());
    }
  }

  /** Time-major: the rows of a timestep lie side by side. Returns h; c is updated in place. */
  private static Laid run(
      Arena arena, Cell cell, PackedMatrix kernel, Laid bias, Laid x, Laid h, Laid c) {
    Laid gates = Laid.zeros(arena, x.rows(), 4 * cell.units);
    Sgemm.multiplyBias(
        x.rows(),
        x.memory(),
        0,
        x.columns(),
        kernel,
        bias.memory(),
        0,
        gates.memory(),
        0,
        4L * cell.units);
    Laid state = h;
    for (int from = 0; from < x.rows(); from += h.rows()) {
      Laid next = Laid.zeros(arena, h.rows(), cell.units);
      cell.forward(state, c, gates.rows(from, from + h.rows()), next);
      state = next;
    }
    return state;
  }

  @Property(tries = 1000)
  void theOutputIsNeverBeyondOne(@ForAll(supplier = CellStep.Any.class) CellStep s) {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(s.seed());
      Values values = s.values() == Values.ANY_BITS ? Values.LARGE : s.values();
      Cell cell = new Cell(arena, s.units(), Activation.TANH, values, random);
      Laid hPrevious = Laid.random(arena, s.rows(), s.units(), values, random);
      Laid c = Laid.random(arena, s.rows(), s.units(), values, random);
      float[] before = c.values();
      Laid gates = Laid.random(arena, s.rows(), 4 * s.units(), values, random);
      Laid h = Laid.zeros(arena, s.rows(), s.units());
      cell.forward(hPrevious, c, gates, h);
      for (float value : h.values()) {
        assertTrue(Math.abs(value) <= 1f, "h = " + value);
      }
      for (float value : gates.values()) {
        assertTrue(Math.abs(value) <= 1f, "a gate = " + value);
      }
      for (int i = 0; i < before.length; i++) {
        assertTrue(Math.abs(c.values()[i]) <= Math.abs(before[i]) + 1f, "c grew by over 1");
      }
    }
  }

  @Property(tries = 1000)
  void zeroWeightsHalveTheStateWhateverCameBefore(
      @ForAll(supplier = CellStep.Any.class) CellStep s) {
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(s.seed());
      Values values = s.values() == Values.ANY_BITS ? Values.LARGE : s.values();
      LstmCell cell = new LstmCell(s.units(), Activation.TANH, Activation.SIGMOID);
      PackedMatrix zeros = PackedMatrix.ofGates(arena, s.units(), 4 * s.units());
      Laid hPrevious = Laid.random(arena, s.rows(), s.units(), values, random);
      Laid c = Laid.random(arena, s.rows(), s.units(), values, random);
      float[] before = c.values();
      Laid gates = Laid.zeros(arena, s.rows(), 4 * s.units());
      Laid h = Laid.zeros(arena, s.rows(), s.units());
      cell.forward(
          s.rows(),
          zeros,
          hPrevious.memory(),
          0,
          c.memory(),
          0,
          gates.memory(),
          0,
          c.memory(),
          0,
          h.memory(),
          0);
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i] / 2, c.values()[i]);
        double exact = Math.tanh(before[i] / 2) / 2;
        assertEquals(exact, h.values()[i], 4 * Math.ulp((float) exact));
      }
    }
  }
}
