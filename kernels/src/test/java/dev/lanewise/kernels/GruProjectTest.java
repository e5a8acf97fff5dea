package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@link GruCell#project}: b + x W of n, z and r, and cn in place of q. */
class GruProjectTest {

  private static final class Projection {

    final int rows;
    final int units;
    final int stride;
    final Block w;
    final Block x;
    final Block bias;
    final Block gates;
    final PackedMatrix kernel;
    final GruCell cell;

    Projection(Arena arena, int rows, int features, int units, int stride) {
      SplittableRandom random = new SplittableRandom(31L * rows + units);
      this.rows = rows;
      this.units = units;
      this.stride = stride;
      w = Block.matrix(arena, features, 3 * units).random(random);
      x = Block.dense(arena, rows, features).random(random);
      bias = Block.dense(arena, 1, 4 * stride).fill(Float.NaN);
      gates = Block.dense(arena, rows, 4 * stride).fill(Float.NaN);
      for (int i = 0; i < 4 * units; i++) {
        bias.set(0, i / units * stride + i % units, 2f * random.nextFloat() - 1f);
      }
      kernel =
          PackedMatrix.ofGates(arena, features, 3 * units, 3, WeightFormat.FLOAT32)
              .pack(w.segment, w.offset, w.ld);
      cell = new GruCell(units, stride, Activation.TANH, Activation.SIGMOID);
    }

    void run(PackedMatrix part) {
      cell.project(
          rows, x.segment, x.offset, part, bias.segment, bias.offset, gates.segment, gates.offset);
    }

    float[] gates() {
      float[] values = new float[4 * rows * units];
      for (int i = 0; i < values.length; i++) {
        values[i] = gates.get(i / (4 * units), i / units % 4 * stride + i % units);
      }
      return values;
    }

    void assertMarginsUntouched() {
      for (Block block : new Block[] {w, x, bias, gates}) {
        block.assertMarginUntouched();
      }
    }
  }

  private static int[] strides(int units) {
    return new int[] {units, LstmCell.fastGateStride(units), units + 3};
  }

  @Test
  void isTheBiasAndTheProductInDoubleAndTheBiasOfQ() {
    for (int units : Sizes.straddlingLanes()) {
      for (int stride : strides(units)) {
        for (int rows : new int[] {0, 1, 2, 3, 9, 33}) {
          for (int features : new int[] {0, 1, 19}) {
            check(rows, features, units, stride);
          }
        }
      }
    }
  }

  private static void check(int rows, int features, int units, int stride) {
    try (Arena arena = Arena.ofConfined()) {
      Projection p = new Projection(arena, rows, features, units, stride);
      p.run(p.kernel);
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < 3 * units; i++) {
          int at = i / units * stride + i % units;
          double expected = p.bias.get(0, at);
          double magnitude = Math.abs(expected);
          for (int f = 0; f < features; f++) {
            double term = (double) p.x.get(row, f) * p.w.get(f, i);
            expected += term;
            magnitude += Math.abs(term);
          }
          double within = Tolerance.forward(features + 1L, magnitude);
          Tolerance.assertClose(expected, p.gates.get(row, at), within, "gate " + i);
        }
        for (int j = 0; j < units; j++) {
          assertEquals(p.bias.get(0, 3 * stride + j), p.gates.get(row, 3 * stride + j));
        }
      }
      p.assertMarginsUntouched();
    }
  }

  @Test
  void partsOfTheUnitsTogetherAreTheWholeAndTouchNoOther() {
    for (int units : new int[] {1, Sizes.LANES, 5 * Sizes.LANES, 6 * Sizes.LANES + 3}) {
      for (int stride : strides(units)) {
        for (int rows : new int[] {1, 2, 5}) {
          for (int parts : new int[] {2, 3, 7}) {
            checkParts(rows, units, stride, parts);
          }
        }
      }
    }
  }

  private static void checkParts(int rows, int units, int stride, int parts) {
    try (Arena arena = Arena.ofConfined()) {
      Projection whole = new Projection(arena, rows, 11, units, stride);
      Projection inParts = new Projection(arena, rows, 11, units, stride);
      whole.run(whole.kernel);
      for (int part = parts - 1; part >= 0; part--) {
        PackedMatrix some = inParts.kernel.part(part, parts);
        float[] before = inParts.gates();
        inParts.run(some);
        float[] after = inParts.gates();
        for (int i = 0; i < before.length; i++) {
          if (i % units < some.firstUnit() || i % units >= some.endUnit()) {
            assertEquals(before[i], after[i]);
          }
        }
      }
      assertArrayEquals(whole.gates(), inParts.gates());
      inParts.assertMarginsUntouched();
    }
  }
}
