package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Every message of training, in one place. */
final class TrainingErrors {
  private TrainingErrors() {}

  static IllegalArgumentException samples(String operation, Shape x, Shape y) {
    long count = y.rank() == 0 ? 1 : y.dim(0);
    return new IllegalArgumentException(
        operation
            + ": x has "
            + x.dim(0)
            + " samples, y has "
            + count
            + ": x is "
            + x
            + ", y is "
            + y
            + "; axis 0 counts the samples of both");
  }

  static IllegalArgumentException tooManySamples(String operation, Shape x) {
    return new IllegalArgumentException(
        operation + ": x is " + x + ", at most " + Integer.MAX_VALUE + " samples fit");
  }

  static IllegalArgumentException targetShape(
      String operation, Shape x, Shape y, Shape prediction) {
    long last = prediction.dim(-1);
    String also = last == 1 ? " or that without its last axis" : "";
    return new IllegalArgumentException(
        operation
            + ": y is "
            + y
            + ", but for x "
            + x
            + " the model gives "
            + prediction
            + ": y must have that shape"
            + also
            + timeAxis(y, prediction)
            + classes(y, prediction));
  }

  /** What mends a time axis that only one of the two has. */
  private static String timeAxis(Shape y, Shape prediction) {
    int rank = prediction.rank();
    if (y.rank() == 3 && rank == 2 && y.dim(2) == prediction.dim(1)) {
      return ". For the last step alone: y.select(1, -1); for every step: returnSequences(true) in the"
          + " last Lstm";
    }
    if (y.rank() == 2 && rank == 3 && y.dim(1) == prediction.dim(2)) {
      return ". For the last step alone: returnSequences(false) in the last Lstm";
    }
    return "";
  }

  /** What mends class numbers where the model gives a probability a class. */
  private static String classes(Shape y, Shape prediction) {
    int axes = prediction.rank() - 1;
    boolean last = y.rank() == axes + 1 && y.dim(-1) == 1;
    for (int axis = 0; axis < axes; axis++) {
      if (y.rank() <= axis || y.dim(axis) != prediction.dim(axis)) {
        return "";
      }
    }
    if (prediction.dim(-1) == 1 || (y.rank() != axes && !last)) {
      return "";
    }
    String labels = last ? "y.squeeze(" + axes + ")" : "y";
    return ". Where y holds the numbers of classes: Labels.oneHot("
        + labels
        + ", "
        + prediction.dim(-1)
        + ") -> "
        + prediction;
  }

  static IllegalArgumentException noSamples(String operation, Shape x, double validationSplit) {
    return new IllegalArgumentException(
        operation
            + ": x is "
            + x
            + " and validationSplit="
            + validationSplit
            + ": no sample is left to train on");
  }

  /** The step is -1 where there is no time axis. */
  static IllegalArgumentException notFinite(
      String operation, String name, float value, int sample, int step, int feature) {
    return new IllegalArgumentException(
        operation
            + ": "
            + name
            + " holds "
            + value
            + " at sample "
            + sample
            + (step < 0 ? "" : ", step " + step)
            + ", feature "
            + feature
            + ". One such number spoils every weight: drop the sample, or fill the gap");
  }

  /** The step is -1 where there is no time axis. */
  static IllegalArgumentException notProbability(
      String operation, Loss loss, float value, int sample, int step, int feature) {
    return new IllegalArgumentException(
        operation
            + ": y holds "
            + value
            + " at sample "
            + sample
            + (step < 0 ? "" : ", step " + step)
            + ", feature "
            + feature
            + ", but "
            + loss
            + " needs labels from 0 to 1"
            + (loss.targets().areClasses() ? ": Labels.oneHot(labels, classes)" : ""));
  }

  static IllegalArgumentException sharesWeights(
      String operation, String name, Shape shape, StoredWeight weight) {
    return new IllegalArgumentException(
        operation
            + ": "
            + name
            + ", "
            + shape
            + ", shares memory with the weight "
            + weight.name()
            + ", which fit changes. Give "
            + name
            + ".copy()");
  }

  /** The layer is the first that gives NaN or infinity; null where only the loss overflows. */
  static ArithmeticException lossNotFinite(
      double loss,
      int epoch,
      int batch,
      Layer first,
      double norm,
      List<Layer> layers,
      Optimizer optimizer,
      double rate) {
    return new ArithmeticException(
        "Sequential.fit: the loss is "
            + loss
            + " in epoch "
            + epoch
            + ", batch "
            + batch
            + ", counted from 0. "
            + LayerNames.quoted(first)
            + " is the first to give it. "
            + norm(norm)
            + "The weights are those of before this batch. Try "
            + remedies(layers, optimizer, rate));
  }

  /** The weight is the first whose gradient does; null where only their norm overflows. */
  static ArithmeticException gradientNotFinite(
      int epoch,
      int batch,
      @Nullable StoredWeight first,
      double norm,
      List<Layer> layers,
      Optimizer optimizer,
      double rate) {
    return new ArithmeticException(
        "Sequential.fit: the gradients overflow in epoch "
            + epoch
            + ", batch "
            + batch
            + ", counted from 0"
            + (first == null ? ". " : ", first that of " + first.name() + ". ")
            + norm(norm)
            + "The weights are those of before this batch. Try "
            + remedies(layers, optimizer, rate));
  }

  private static String norm(double before) {
    return Double.isNaN(before)
        ? ""
        : String.format(Locale.ROOT, "The gradients of the batch before had norm %.3g. ", before);
  }

  static CancellationException interrupted(int epoch, int batch, int batches) {
    return new CancellationException(
        "Sequential.fit: the thread was interrupted in epoch "
            + epoch
            + " before batch "
            + batch
            + " of "
            + batches
            + ", counted from 0. The weights are those after the batch before; fit again to go on."
            + " The thread's interrupt is still set: Thread.interrupted() clears it");
  }

  static CancellationException interruptedValidation(int epoch, CancellationException cause) {
    CancellationException error =
        new CancellationException(
            "Sequential.fit: the thread was interrupted in epoch "
                + epoch
                + ", counted from 0, at its validation. The weights are those after the epoch's last"
                + " batch; fit again to go on. The thread's interrupt is still set:"
                + " Thread.interrupted() clears it");
    error.initCause(cause);
    return error;
  }

  private static String remedies(List<Layer> layers, Optimizer optimizer, double rate) {
    String lower = rate > 0 ? "a learning rate below " + rate : "lower learning rates";
    StringBuilder text = new StringBuilder(lower);
    if (optimizer.clipping().equals(Clipping.NONE)) {
      text.append("; globalClipNorm(1.0) on the optimizer's builder");
    }
    if (layers.stream().noneMatch(Layer::normalizes)) {
      text.append("; data scaled to about -1..1");
    }
    for (Layer layer : layers) {
      if (layer.unbounded() != null) {
        text.append("; activation TANH instead of ")
            .append(layer.unbounded())
            .append(" in ")
            .append(LayerNames.quoted(layer))
            .append(", whose state is unbounded");
        break;
      }
    }
    return text.toString();
  }
}
