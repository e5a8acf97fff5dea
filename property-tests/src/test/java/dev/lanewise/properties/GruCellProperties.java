package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.GruCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GruCellProperties {

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
          MemorySegment u = room.floats(3L * units * units);
          PackedStrips packed = room.packed(kernels.sgemm(), units, 3 * units, 3, u, 3L * units, 1);
          MemorySegment hPrevious = room.matrix(at, rows, units, units);
          MemorySegment gates = room.matrix(at, rows, 4 * units, 4L * units);
          MemorySegment h = room.matrix(at, rows, units, units);
          kernels.gruCell().forward(rows, units, packed, hPrevious, at, gates, at, h, at);
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
          MemorySegment hPrevious = room.matrix(at, rows, units, units);
          MemorySegment dh = room.matrix(at, rows, units, units);
          MemorySegment carried = room.matrix(at, rows, units, units);
          MemorySegment scratch = room.floats(2L * units);
          MemorySegment gates = room.matrix(at, rows, 4 * units, 4L * units);
          kernels
              .gruCell()
              .backward(
                  rows, units, units, hPrevious, at, dh, at, carried, at, gates, at, scratch, 0);
        });
  }

  /** A cell, what its step reads, and what that leaves. */
  private static final class Step {

    final int rows;
    final int units;
    final GruCell cell;
    final PackedMatrix u;
    final Laid x;
    final Laid bias;
    final Laid hPrevious;
    final Laid dh;
    final Laid carried;
    final Laid gates;
    final Laid h;
    final Laid scratch;

    /** The same values for the same step, whatever the stride. */
    Step(Arena arena, CellStep s, int stride, Activation activation) {
      SplittableRandom random = new SplittableRandom(s.seed());
      rows = s.rows();
      units = s.units();
      cell = new GruCell(units, stride, activation, Activation.SIGMOID);
      Laid weights = Laid.random(arena, units, 3 * units, s.values(), random);
      u =
          PackedMatrix.ofGates(arena, units, 3 * units, 3, WeightFormat.FLOAT32)
              .pack(weights.memory(), 0, 3L * units);
      x = Laid.random(arena, rows, units, s.values(), random);
      hPrevious = Laid.random(arena, rows, units, s.values(), random);
      dh = Laid.random(arena, rows, units, s.values(), random);
      carried = Laid.random(arena, rows, units, s.values(), random);
      Laid own = Laid.random(arena, 4, units, s.values(), random);
      bias = Laid.random(arena, 4, stride, Values.ANY_BITS, random);
      own.copyTo(bias);
      gates = Laid.random(arena, 4 * rows, stride, Values.ANY_BITS, random);
      h = Laid.zeros(arena, rows, units);
      scratch = Laid.zeros(arena, 2, units);
    }

    void project(PackedMatrix part) {
      cell.project(rows, x.memory(), 0, part, bias.memory(), 0, gates.memory(), 0);
    }

    /** Of rows {@code from} to {@code to - 1}. */
    void forward(PackedMatrix part, int from, int to) {
      cell.forward(
          to - from,
          part,
          hPrevious.rows(from, to).memory(),
          0,
          gates.rows(4 * from, 4 * to).memory(),
          0,
          h.rows(from, to).memory(),
          0);
    }

    void backward(int from, int to) {
      cell.backward(
          to - from,
          hPrevious.rows(from, to).memory(),
          0,
          dh.rows(from, to).memory(),
          0,
          carried.rows(from, to).memory(),
          0,
          gates.rows(4 * from, 4 * to).memory(),
          0,
          scratch.memory(),
          0);
    }

    float[] gates(Arena arena) {
      return gates.columns(arena, units).values();
    }

    void assertSame(Arena arena, Step other) {
      assertArrayEquals(gates(arena), other.gates(arena));
      assertArrayEquals(h.values(), other.h.values());
      assertArrayEquals(carried.values(), other.carried.values());
    }
  }

  private static Activation activation(boolean fused) {
    return fused ? Activation.TANH : Activation.SOFTSIGN;
  }

  @Property(tries = 1000)
  void aSequenceDoesNotDependOnItsBatch(
      @ForAll(supplier = CellStep.Any.class) CellStep s,
      @ForAll @IntRange(min = 0, max = 40) int more,
      @ForAll boolean fused) {
    try (Arena arena = Arena.ofConfined()) {
      Step batch = new Step(arena, s, s.units() + more, activation(fused));
      Step alone = new Step(arena, s, s.units() + more, activation(fused));
      batch.project(batch.u);
      batch.forward(batch.u, 0, s.rows());
      alone.project(alone.u);
      for (int row = 0; row < s.rows(); row++) {
        alone.forward(alone.u, row, row + 1);
      }
      batch.assertSame(arena, alone);
      batch.backward(0, s.rows());
      for (int row = s.rows() - 1; row >= 0; row--) {
        alone.backward(row, row + 1);
      }
      batch.assertSame(arena, alone);
    }
  }

  /** Gates that lie apart: the same bits, forward and backward, whatever was in between. */
  @Property(tries = 1000)
  void theGateStrideDoesNotMatter(
      @ForAll(supplier = CellStep.Any.class) CellStep s,
      @ForAll @IntRange(min = 0, max = 40) int more,
      @ForAll boolean fused) {
    try (Arena arena = Arena.ofConfined()) {
      Step dense = new Step(arena, s, s.units(), activation(fused));
      Step apart = new Step(arena, s, s.units() + more, activation(fused));
      for (Step step : new Step[] {dense, apart}) {
        step.project(step.u);
        step.forward(step.u, 0, s.rows());
      }
      dense.assertSame(arena, apart);
      dense.backward(0, s.rows());
      apart.backward(0, s.rows());
      dense.assertSame(arena, apart);
    }
  }

  @Property(tries = 1000)
  void partsOfTheUnitsTogetherAreTheWhole(
      @ForAll(supplier = CellStep.Any.class) CellStep s,
      @ForAll @IntRange(min = 1, max = 9) int parts,
      @ForAll @IntRange(min = 0, max = 40) int more,
      @ForAll boolean fused) {
    try (Arena arena = Arena.ofConfined()) {
      Step whole = new Step(arena, s, s.units() + more, activation(fused));
      Step inParts = new Step(arena, s, s.units() + more, activation(fused));
      whole.project(whole.u);
      whole.forward(whole.u, 0, s.rows());
      for (int part = parts - 1; part >= 0; part--) {
        inParts.project(inParts.u.part(part, parts));
        inParts.forward(inParts.u.part(part, parts), 0, s.rows());
      }
      whole.assertSame(arena, inParts);
    }
  }

  /** It lies between the candidate and the state before, but for their roundings. */
  @Property(tries = 1000)
  void theOutputIsNeverFartherThanTheStateBeforeOrOne(
      @ForAll(supplier = CellStep.Any.class) CellStep s) {
    try (Arena arena = Arena.ofConfined()) {
      Values values = s.values() == Values.ANY_BITS ? Values.LARGE : s.values();
      CellStep tame = new CellStep(s.rows(), s.units(), 0, values, s.side(), s.seed());
      Step step = new Step(arena, tame, s.units(), Activation.TANH);
      step.project(step.u);
      step.forward(step.u, 0, s.rows());
      float[] before = step.hPrevious.values();
      float[] after = step.h.values();
      for (int i = 0; i < after.length; i++) {
        float most = Math.max(1f, Math.abs(before[i]));
        assertTrue(Math.abs(after[i]) <= most + 2 * Math.ulp(most), "h = " + after[i]);
      }
    }
  }

  /** z and r are a half, n is nothing: half of the state, and of its gradient, remain. */
  @Property(tries = 1000)
  void zeroWeightsHalveTheStateAndItsGradient(@ForAll(supplier = CellStep.Any.class) CellStep s) {
    try (Arena arena = Arena.ofConfined()) {
      Values values = s.values() == Values.ANY_BITS ? Values.LARGE : s.values();
      CellStep tame = new CellStep(s.rows(), s.units(), 0, values, s.side(), s.seed());
      Step step = new Step(arena, tame, s.units(), Activation.TANH);
      PackedMatrix zeros =
          PackedMatrix.ofGates(arena, s.units(), 3 * s.units(), 3, WeightFormat.FLOAT32);
      step.gates.memory().fill((byte) 0);
      step.forward(zeros, 0, s.rows());
      float[] before = step.hPrevious.values();
      float[] dh = step.dh.values();
      float[] carried = step.carried.values();
      step.backward(0, s.rows());
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i] / 2, step.h.values()[i]);
        assertEquals((dh[i] + carried[i]) / 2, step.carried.values()[i]);
      }
    }
  }

  /** All at once, or the rows of one timestep after those of another: the same bits. */
  @Property(tries = 1000)
  void timestepsProjectedTogetherAreThoseProjectedApart(
      @ForAll(supplier = CellStep.Any.class) CellStep s,
      @ForAll @IntRange(min = 1, max = 4) int timesteps) {
    try (Arena arena = Arena.ofConfined()) {
      int units = s.units();
      CellStep all = new CellStep(s.rows() * timesteps, units, 0, Values.SMALL, s.side(), s.seed());
      Step together = new Step(arena, all, units, Activation.TANH);
      together.project(together.u);
      Step apart = new Step(arena, all, units, Activation.TANH);
      for (int t = 0; t < timesteps; t++) {
        int from = t * s.rows();
        apart.cell.project(
            s.rows(),
            apart.x.rows(from, from + s.rows()).memory(),
            0,
            apart.u,
            apart.bias.memory(),
            0,
            apart.gates.memory(),
            4L * from * units);
      }
      together.assertSame(arena, apart);
    }
  }
}
