package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.Collection;

/** Every message of callbacks, and of a fit that goes on where another ended, in one place. */
final class FitErrors {
  private FitErrors() {}

  private static IllegalArgumentException refusal(String... parts) {
    return new IllegalArgumentException(String.join("", parts));
  }

  static IllegalArgumentException monitorNaN(String owner, String name, int epoch) {
    return refusal(
        owner,
        ": ",
        name,
        " is NaN in epoch " + epoch,
        ", counted from 0",
        name.startsWith("val_")
            ? ". Without validation samples there is none: give validationSplit(0.2) or"
                + " validationData(x, y), or watch the training loss: monitor(Monitor.loss())"
            : "");
  }

  static IllegalArgumentException callbackState(
      String owner, String name, Collection<String> held) {
    return refusal(
        owner,
        ": the state has no \"",
        name,
        "\", it holds ",
        held.toString(),
        ": it is another's");
  }

  static IllegalArgumentException callbacks(int expected, int got) {
    return refusal(
        "FitOptions.resume: the state is of a fit with " + expected,
        " callbacks, got " + got,
        ": give the same ones in the same order");
  }

  static IllegalArgumentException moments(Collection<String> expected, Collection<String> got) {
    return refusal(
        "FitOptions.resume: the optimizer remembers ",
        expected.toString(),
        " of each weight, the state holds ",
        got.toString(),
        ": compile the model with the optimizer of the fit that was cut off");
  }

  static IllegalArgumentException momentShape(String name, Shape expected, Shape got) {
    return refusal(
        "FitOptions.resume: the state's \"",
        name,
        "\" is ",
        got.toString(),
        ", the weight is ",
        expected.toString());
  }

  static IllegalArgumentException epochs(int initial, int epochs) {
    return refusal(
        "FitOptions: initialEpoch=" + initial,
        " is past epochs=" + epochs,
        ": epochs counts all, those before the fit too");
  }
}
