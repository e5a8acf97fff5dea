package dev.lanewise.kernels;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link GruCell} beside its equations in double, and its gradients beside finite differences. */
class GruEquationsTest {

  private static final double BY = 1e-6;

  /** Of a slope by differences: what they leave out, and the rounding of a double. */
  private static final double OF_DIFFERENCES = 1e-7;

  static List<Arguments> pairs() {
    return CellActivations.pairs();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void isTheEquationsInDoubleForwardAndBackward(Activation activation, Activation recurrent) {
    for (int units : Sizes.straddlingLanes()) {
      for (int rows : new int[] {0, 1, 2, 3, 5, 9}) {
        check(activation, recurrent, rows, units, units);
        check(activation, recurrent, rows, units, LstmCell.fastGateStride(units));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernels.CellActivations#forwardPairs")
  void isTheEquationsInDoubleForwardAlone(Activation activation, Activation recurrent) {
    for (int units : Sizes.straddlingLanes()) {
      check(activation, recurrent, 3, units, LstmCell.fastGateStride(units));
    }
  }

  @Test
  void isTheEquationsInDoubleAcrossBlocksOfK() {
    for (int stride : new int[] {259, 272}) {
      check(Activation.TANH, Activation.SIGMOID, 1, 259, stride);
      check(Activation.TANH, Activation.SIGMOID, 21, 259, stride);
      check(Activation.LINEAR, Activation.LINEAR, 21, 259, stride);
    }
  }

  @Test
  void isTheEquationsInDoubleUnderMoreRowsThanScratchHolds() {
    int rows = 8 * Sizes.LANES + 3;
    for (int units :
        new int[] {1, Sizes.LANES / 2, Sizes.LANES / 2 + 1, Sizes.LANES - 1, Sizes.LANES + 1}) {
      check(Activation.TANH, Activation.SIGMOID, rows, units, units);
      check(Activation.TANH, Activation.SIGMOID, rows, units, LstmCell.fastGateStride(units));
    }
  }

  private static void check(
      Activation activation, Activation recurrent, int rows, int units, int stride) {
    String what =
        activation + " " + recurrent + " rows=" + rows + " units=" + units + " stride=" + stride;
    try (Arena arena = Arena.ofConfined()) {
      GruStep step = new GruStep(arena, rows, units, stride, 31L * rows + units);
      GruReference[] references = new GruReference[rows];
      double[] errors = new double[rows];
      double[][] d = new double[rows][];
      for (int row = 0; row < rows; row++) {
        references[row] =
            new GruReference(
                activation, recurrent, step.before(row), step.row(step.hPrevious, row));
        errors[row] = step.error(row);
        d[row] = step.d(row);
      }
      GruCell cell = step.cell(activation, recurrent);
      step.forward(cell);
      for (int row = 0; row < rows; row++) {
        double[] within = references[row].errors(errors[row]);
        close(step, row, references[row].gates, within, what + " gate ");
        for (int j = 0; j < units; j++) {
          close(references[row].h[j], step.h.get(row, j), within[4 * units + j], what + " h " + j);
        }
      }
      step.assertMarginsUntouched();
      if (CellActivations.refusesBackward(
          "GruCell", activation, recurrent, () -> step.backward(cell))) {
        return;
      }
      step.backward(cell);
      for (int row = 0; row < rows; row++) {
        double[] exact = references[row].backward(d[row]);
        double[] within = references[row].errors(d[row], errors[row]);
        close(step, row, exact, within, what + " gradient ");
        for (int j = 4 * units; j < 5 * units; j++) {
          float carried = step.carried.get(row, j - 4 * units);
          close(exact[j], carried, within[j], what + " carried " + j);
        }
      }
      step.assertMarginsUntouched();
    }
  }

  private static void close(
      GruStep step, int row, double[] expected, double[] within, String what) {
    for (int j = 0; j < 4 * step.units; j++) {
      float actual = step.gate(row, j / step.units, j % step.units);
      close(expected[j], actual, within[j], what + j);
    }
  }

  private static void close(double expected, float actual, double within, String what) {
    if (!(Math.abs(expected - actual) <= within)) {
      Tolerance.assertClose(expected, actual, within, what);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theDoubleGradientIsThatOfFiniteDifferences(Activation activation, Activation recurrent) {
    SplittableRandom random = new SplittableRandom(5);
    int units = 6;
    double[] before = new double[4 * units];
    double[] hPrevious = new double[units];
    double[] d = new double[units];
    for (double[] values : List.of(before, hPrevious, d)) {
      for (int j = 0; j < values.length; j++) {
        values[j] = random.nextDouble(-3, 3);
      }
    }
    double[] gradient = new GruReference(activation, recurrent, before, hPrevious).backward(d);
    for (int j = 0; j < 5 * units; j++) {
      double[] at = j < 4 * units ? before : hPrevious;
      int index = j < 4 * units ? j : j - 4 * units;
      double value = at[index];
      at[index] = value + BY;
      double above = new GruReference(activation, recurrent, before, hPrevious).loss(d);
      at[index] = value - BY;
      double below = new GruReference(activation, recurrent, before, hPrevious).loss(d);
      at[index] = value;
      Tolerance.assertClose(
          (above - below) / (2 * BY), gradient[j], OF_DIFFERENCES, "gradient " + j);
    }
  }

  /** {@code dh_{t-1} = (dz, dr, dq) U^T + carried}: what h_{t-1} changes through U and past it. */
  @ParameterizedTest
  @MethodSource("pairs")
  void theGradientOfAWholeStepIsThatOfFiniteDifferences(
      Activation activation, Activation recurrent) {
    int rows = 2;
    int units = 7;
    try (Arena arena = Arena.ofConfined()) {
      GruStep step = new GruStep(arena, rows, units, units, 11);
      double[][] before = {step.before(0), step.before(1)};
      double[] errors = {step.error(0), step.error(1)};
      double[][] d = {step.d(0), step.d(1)};
      GruCell cell = step.cell(activation, recurrent);
      step.forward(cell);
      step.backward(cell);
      PackedMatrix transposed =
          PackedMatrix.of(arena, 3 * units, units)
              .packTransposed(step.u.segment, step.u.offset, step.u.ld);
      Sgemm.multiplyAdd(
          rows,
          step.gates.segment,
          step.gates.offset + units,
          step.gates.ld,
          transposed,
          step.carried.segment,
          step.carried.offset,
          step.carried.ld);
      for (int row = 0; row < rows; row++) {
        double[] hPrevious = step.row(step.hPrevious, row);
        GruReference reference = new GruReference(activation, recurrent, before[row], hPrevious);
        double[] exact = reference.backward(d[row]);
        double[] within = reference.errors(d[row], errors[row]);
        for (int p = 0; p < units; p++) {
          double above = loss(step, activation, recurrent, before[row], hPrevious, p, BY, d[row]);
          double below = loss(step, activation, recurrent, before[row], hPrevious, p, -BY, d[row]);
          double slope = (above - below) / (2 * BY);
          double magnitude = Math.abs(exact[4 * units + p]);
          double error = within[4 * units + p] + OF_DIFFERENCES;
          for (int j = 0; j < 3 * units; j++) {
            magnitude += Math.abs(exact[units + j] * step.u.get(p, j));
            error += within[units + j] * Math.abs(step.u.get(p, j));
          }
          error += Tolerance.forward(3 * units + 1, magnitude);
          close(slope, step.carried.get(row, p), error, "dh " + row + ", " + p);
        }
      }
    }
  }

  /** With unit p of h_{t-1} moved. */
  private static double loss(
      GruStep step,
      Activation activation,
      Activation recurrent,
      double[] before,
      double[] hPrevious,
      int p,
      double by,
      double[] d) {
    double[] moved = before.clone();
    double[] h = hPrevious.clone();
    h[p] += by;
    for (int j = 0; j < 3 * step.units; j++) {
      moved[step.units + j] += by * step.u.get(p, j);
    }
    return new GruReference(activation, recurrent, moved, h).loss(d);
  }
}
