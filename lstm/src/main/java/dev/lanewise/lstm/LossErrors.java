package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Every message of losses, metrics and weights of samples, in one place. */
final class LossErrors {
  private LossErrors() {}

  private static IllegalArgumentException refusal(String... parts) {
    return new IllegalArgumentException(String.join("", parts));
  }

  static IllegalArgumentException noQuantiles() {
    return refusal("Loss.pinball: no quantiles: write pinball(0.1, 0.5, 0.9)");
  }

  static IllegalArgumentException quantile(double got) {
    return refusal("Loss.pinball: quantile " + got, ": a quantile is between 0 and 1, such as 0.9");
  }

  static IllegalStateException noLogits(Loss loss) {
    return new IllegalStateException(
        "Loss.fromLogits: " + loss + " has none: only a crossentropy of probabilities has logits");
  }

  static IllegalArgumentException outputs(Loss loss, int width, int outputs) {
    return refusal(
        "Model.compile: ",
        loss.toString(),
        " takes " + outputs,
        " features of the output for each target, got " + width,
        " features: the last layer is Dense.of(" + outputs,
        " * targets)");
  }

  static IllegalArgumentException targetShape(
      String operation, Loss loss, Shape y, Shape expected, Shape prediction) {
    return refusal(
        operation,
        ": y is ",
        y.toString(),
        ", but ",
        loss.toString(),
        " of the prediction ",
        prediction.toString(),
        " takes ",
        expected.toString(),
        expected.dim(-1) == 1 ? " or that without its last axis" : "",
        loss.targets().isClass()
            ? ": the number of a class. For a 1 at the class and 0 elsewhere:"
                + " Loss.CATEGORICAL_CROSSENTROPY"
            : "");
  }

  static IllegalArgumentException notClass(
      String operation, float value, int sample, int step, int classes) {
    return refusal(
        operation,
        ": y holds " + value,
        " at sample " + sample,
        step < 0 ? "" : ", step " + step,
        ", but the model gives " + classes,
        " classes: a target is a whole number from 0 to " + (classes - 1));
  }

  static IllegalArgumentException metric(Metric metric, Loss loss) {
    return refusal(
        "Model.compile: ",
        metric.toString(),
        " with ",
        loss.toString(),
        ": it measures ",
        loss.targets().areClasses() ? "numbers, not classes" : "classes, not numbers");
  }

  static IllegalArgumentException top(int k) {
    return refusal("Metric.topK: k is " + k, ": expected 1 or more");
  }

  static IllegalArgumentException weightsLength(int got, int samples) {
    return refusal(
        "FitOptions.sampleWeights: " + got,
        " weights for " + samples,
        " samples: expected one a sample");
  }

  static IllegalArgumentException weightsShape(Shape weights) {
    return refusal(
        "FitOptions.sampleWeights: the weights are ",
        weights.toString(),
        ", expected (samples): one a sample");
  }

  static IllegalArgumentException noSuchClass(int label, int classes) {
    return refusal(
        "FitOptions.classWeights: class " + label,
        " has a weight, but the model gives " + classes,
        " classes: a class is a number from 0 to " + (classes - 1));
  }

  static IllegalArgumentException weight(String option, double value, String of) {
    return refusal(option, ": the weight of ", of, " is " + value, ": expected 0 or more, finite");
  }

  static IllegalArgumentException classOfSteps(Shape y) {
    return refusal(
        "FitOptions.classWeights: targets ",
        y.toString(),
        " have a class a step: only a model with one class a sample takes weights of classes");
  }

  static IllegalArgumentException classOfOutputs(int outputs) {
    return refusal(
        "FitOptions.classWeights: the model has " + outputs,
        " outputs with a loss: sampleWeights says what each sample counts");
  }

  static IllegalArgumentException noClasses(Loss loss) {
    return refusal(
        "FitOptions.classWeights: the targets of ",
        loss.toString(),
        " are no classes: sampleWeights says what each sample counts");
  }

  static IllegalStateException functionThrew(
      String name, double[] p, double[] y, RuntimeException thrown) {
    return new IllegalStateException(
        "Loss.of: the function of the loss \""
            + name
            + "\" threw "
            + thrown
            + " for the prediction "
            + numbers(p)
            + " and the target "
            + numbers(y),
        thrown);
  }

  /** The first four. */
  private static String numbers(double[] row) {
    return Arrays.stream(row)
        .limit(4)
        .mapToObj(Double::toString)
        .collect(Collectors.joining(", ", "[", row.length > 4 ? ", ...]" : "]"));
  }

  static ArithmeticException gradientNotFinite(Loss loss, int epoch, int batch) {
    return new ArithmeticException(
        "Sequential.fit: the gradient of the loss \""
            + loss
            + "\" is NaN or infinite in epoch "
            + epoch
            + ", batch "
            + batch
            + ", counted from 0, where the loss is finite: its function wrote that gradient, or left"
            + " a part of it unwritten. The weights are those of before this batch");
  }

  static ArithmeticException ofFinitePredictions(
      double loss, int epoch, int batch, List<Loss> losses) {
    String names =
        losses.stream()
            .map(each -> "\"" + each + "\"")
            .distinct()
            .collect(Collectors.joining(" or "));
    return ofFinitePredictions(
        loss,
        epoch,
        batch,
        losses.isEmpty()
            ? "the losses, each finite, are too large together; lower the weights of the outputs"
            : "the loss " + names + " gave it");
  }

  static ArithmeticException ofRegularizer(double loss, int epoch, int batch, String weight) {
    return ofFinitePredictions(
        loss,
        epoch,
        batch,
        "the regularizer of the weight \""
            + weight
            + "\" gave it, for the losses are finite; look for NaN in that weight, or lower the"
            + " regularizer's factors");
  }

  private static ArithmeticException ofFinitePredictions(
      double loss, int epoch, int batch, String cause) {
    return new ArithmeticException(
        "Sequential.fit: the loss is "
            + loss
            + " in epoch "
            + epoch
            + ", batch "
            + batch
            + ", counted from 0, of predictions that are finite: "
            + cause
            + ". The weights are those of before this batch");
  }
}
