package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** The pairs of activations with which cells are tested. */
final class CellActivations {

  /** Each of these beside each; the others beside the usual ones alone. */
  private static final EnumSet<Activation> ALL_PAIRS =
      EnumSet.range(Activation.LINEAR, Activation.SOFTSIGN);

  private CellActivations() {}

  /**
   * Those that cells go backward through, but for two: the exponential multiplies a rounding of z
   * without limit, and hard shrink jumps where a rounding of z may decide.
   */
  static List<Arguments> pairs() {
    EnumSet<Activation> tried =
        EnumSet.complementOf(EnumSet.of(Activation.EXPONENTIAL, Activation.HARD_SHRINK));
    tried.removeIf(Activation::needsInput);
    List<Arguments> pairs = new ArrayList<>();
    for (Activation activation : tried) {
      for (Activation recurrent : tried) {
        boolean usual = activation == Activation.TANH || recurrent == Activation.SIGMOID;
        if (usual || (ALL_PAIRS.contains(activation) && ALL_PAIRS.contains(recurrent))) {
          pairs.add(Arguments.of(activation, recurrent));
        }
      }
    }
    return pairs;
  }

  /** Those that cells only go forward through. */
  static List<Arguments> forwardPairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      if (activation.needsInput()) {
        pairs.add(Arguments.of(activation, Activation.SIGMOID));
        pairs.add(Arguments.of(Activation.TANH, activation));
      }
    }
    return pairs;
  }

  /** Whether a cell says that it has no backward; if so, word for word. */
  static boolean refusesBackward(
      String cell, Activation activation, Activation recurrent, Runnable backward) {
    if (!activation.needsInput() && !recurrent.needsInput()) {
      return false;
    }
    String message = assertThrows(IllegalArgumentException.class, backward::run).getMessage();
    assertEquals(
        cell
            + ".backward: the gradient of "
            + (activation.needsInput() ? activation : recurrent)
            + " is computed from its input, which forward overwrites; forward alone takes any"
            + " activation",
        message);
    return true;
  }
}
