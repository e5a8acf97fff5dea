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

  static IllegalArgumentException shuffledStates() {
    return refusal(
        "FitOptions: stateful(true) with shuffle(true) would hand the states of a sequence to others:",
        " add shuffle(false)");
  }

  static IllegalArgumentException rowsOfBatches(int samples, int batch) {
    return refusal(
        "FitOptions.stateful: row i of a batch goes on in row i of the next, but " + samples,
        " samples are no whole batches of " + batch,
        ": give batchSize the series that run side by side, and samples that fill the batches");
  }

  static IllegalArgumentException parts(int steps, int part) {
    return refusal(
        "FitOptions.truncate: sequences of " + steps,
        " steps are no whole parts of " + part,
        ": truncate(" + divisor(steps, part),
        ") divides them; or pad them, and mask the padding");
  }

  /** The largest divisor that is no larger than {@code most}; or the next larger one for 1. */
  private static int divisor(int steps, int most) {
    int found = steps;
    for (int i = 2; i <= steps; i++) {
      if (steps % i == 0 && (i <= most || found == steps)) {
        found = i;
      }
    }
    return found;
  }

  static IllegalArgumentException wholeSequence(String option, Layer layer) {
    return refusal(
        option,
        ": ",
        LayerNames.quoted(layer),
        " reads whole sequences, so that nothing goes on from one part of them to the next");
  }

  static IllegalArgumentException statesHanded(String option, Layer layer) {
    return refusal(
        option,
        ": ",
        LayerNames.quoted(layer),
        " begins where it is told to, not where it ended before: leave the option out, or the"
            + " states");
  }

  static IllegalArgumentException statesLearned(String option, Layer layer) {
    return refusal(
        option,
        ": ",
        LayerNames.quoted(layer),
        " learns the state that a sequence begins from, not one that goes on: leave the option out,"
            + " or learnedInitialState");
  }

  static IllegalArgumentException otherSteps(String input, int steps, int whole) {
    return refusal(
        "FitOptions.truncate: input \"",
        input,
        "\" has " + steps,
        " steps, another has " + whole,
        ": parts are of the same steps of all");
  }

  static IllegalArgumentException targetAtTheEnd(String output, Shape y, int steps) {
    return refusal(
        "FitOptions.truncate: output \"",
        output,
        "\" has targets ",
        y.toString(),
        ", not one of each of the " + steps,
        " steps: give the last recurrent layer returnSequences(true), and y a value for each"
            + " step");
  }
}
