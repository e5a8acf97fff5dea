package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every message of layers, models and prediction, in one place. */
final class LstmErrors {
  private static final List<String> NUMBERS =
      List.of(
          "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
          "Eleven", "Twelve");

  private LstmErrors() {}

  // Layers and models

  static IllegalArgumentException units(String type, int units) {
    return new IllegalArgumentException(type + ": units=" + units + ", expected 1 or more");
  }

  static IllegalArgumentException weightShape(Weight weight, Shape got) {
    return new IllegalArgumentException(
        "Weight.set: \"" + weight.name() + "\" is " + weight.shape() + ", got " + got);
  }

  static IllegalArgumentException weightPart(Weight weight, Shape got) {
    return new IllegalArgumentException(
        "Weight.setPart: "
            + weight
            + ": takes numbers in row-major order, (n), got "
            + got
            + "; reshape(-1) lays them so");
  }

  static IllegalArgumentException tooManyUnits(String type, int units, int most) {
    return new IllegalArgumentException(
        type
            + ": units="
            + units
            + ", expected 1 to "
            + most
            + "; a recurrent kernel grows with their"
            + " square");
  }

  static IllegalArgumentException projection(int projection, int units) {
    return new IllegalArgumentException(
        "Lstm: projection="
            + projection
            + ", expected 1 to the "
            + units
            + " units, or 0 for none");
  }

  static IllegalArgumentException setting(
      String owner, String name, Number value, String expected) {
    return new IllegalArgumentException(
        owner + ": " + name + "=" + value + ", expected " + expected);
  }

  static IllegalArgumentException normalizationLengths(String operation, int mean, int deviation) {
    return new IllegalArgumentException(
        operation
            + ": mean has "
            + mean
            + " numbers, deviation "
            + deviation
            + "; both need one for each feature");
  }

  static IllegalArgumentException normalizationValue(
      String operation, int feature, float mean, float deviation) {
    return new IllegalArgumentException(
        operation
            + ": feature "
            + feature
            + " has mean "
            + mean
            + " and deviation "
            + deviation
            + ", expected finite numbers and a deviation above 0. A feature that never changes has"
            + " deviation 0: leave it out, or give it deviation 1");
  }

  static IllegalArgumentException noLayers() {
    return new IllegalArgumentException(
        "Sequential.of: no layers. For instance Sequential.of(Lstm.of(64), Dense.of(1))");
  }

  static IllegalArgumentException duplicateName(String name) {
    return new IllegalArgumentException(
        "Sequential.of: two layers are named \"" + name + "\"; names must differ");
  }

  static IllegalArgumentException timeAxisGone(Layer layer, Layer before) {
    return new IllegalArgumentException(
        "Sequential.of: "
            + layer
            + " needs (batch, timesteps, features), but "
            + before
            + " before it "
            + before.withoutTime());
  }

  static String givesRows() {
    return "gives (batch, features)";
  }

  static String givesLastStepOfBoth() {
    return "returns only its last step. Let its layer return every step: returnSequences(true)";
  }

  static String givesLastStep(Recurrent layer) {
    String name = layer.name().isEmpty() ? "" : ".name(\"" + layer.name() + "\")";
    return "returns only its last step, (batch, "
        + layer.outputs()
        + "). Let that one return every step: "
        + LayerType.of(layer).name()
        + ".builder("
        + layer.units()
        + ").returnSequences(true)"
        + name
        + ".build()";
  }

  static IllegalArgumentException features(int features) {
    return new IllegalArgumentException(
        "Sequential.build: features="
            + features
            + ", expected 1 or more: the length of the input's last axis");
  }

  static IllegalArgumentException normalizationFeatures(Normalization layer, int features) {
    return new IllegalArgumentException(
        LayerNames.quoted(layer)
            + " has "
            + layer.features()
            + " means and deviations, but the layer before it gives features="
            + features);
  }

  static IllegalStateException builtAlready(String operation, int features) {
    return new IllegalStateException(
        operation
            + ": built already, for features="
            + features
            + ". For new weights make a new model: Sequential.of(model.layers()).build(features,"
            + " seed)");
  }

  static IllegalStateException notBuilt(String operation) {
    return new IllegalStateException(
        operation
            + " before build: there are no weights yet. Call build(features, seed) first, features"
            + " being the length of x's last axis");
  }

  static IllegalStateException predictBeforeBuild(Shape x) {
    String features = x.rank() == 0 ? "features" : Long.toString(x.dim(-1));
    return new IllegalStateException(
        "Sequential.predict before build: there are no weights yet. x is "
            + x
            + ": call build("
            + features
            + ", seed), then fit, or read a trained model");
  }

  static IllegalStateException notCompiled(String operation) {
    return new IllegalStateException(
        operation + " before compile: call compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR) first");
  }

  static IllegalArgumentException warmUpLimit(Duration limit) {
    return new IllegalArgumentException(
        "Predictor.warmUp: limit=" + limit + ", expected 0 or more");
  }

  // Inputs and outputs

  static IllegalArgumentException notThreeAxes(Shape input, int features) {
    String got = "Sequential needs (batch, timesteps, features), got the ";
    return new IllegalArgumentException(
        got + input.rank() + "-D " + input + readings(input, features));
  }

  /** What an input of other axes may mean, and the call for each. */
  private static String readings(Shape input, int features) {
    return switch (input.rank()) {
      case 1 -> {
        Shape one = Shape.of(1, input.dim(0), 1);
        yield ". One sequence of one feature: x.reshape" + one + " -> " + one;
      }
      case 2 -> twoAxes(input, features);
      case 4 -> squeeze(input, features);
      default -> "";
    };
  }

  /** Every reading and its call, those first that give the features that the model takes. */
  private static String twoAxes(Shape input, int features) {
    List<String> fitting = new ArrayList<>();
    List<String> others = new ArrayList<>();
    long rows = input.dim(0);
    long columns = input.dim(1);
    add(fitting, others, columns == features, asTime("rows", "rows", Shape.of(1, rows, columns)));
    if (columns > 1) {
      Shape series = Shape.of(columns, rows, 1);
      String text =
          number(columns)
              + " series, one a column: Sequences.columns(x) -> "
              + series
              + "; reshape"
              + series
              + " would scramble them";
      add(fitting, others, features == 1, text);
    }
    if (rows > 1 && columns > 1) {
      Shape series = Shape.of(rows, columns, 1);
      String text = number(rows) + " series, one a row: x.expandDims(2) -> " + series;
      add(fitting, others, features == 1, text);
      String turned = asTime("columns", "columnsAsTime", Shape.of(1, columns, rows));
      add(fitting, others, rows == features, turned);
    }
    String some = String.join(". ", fitting);
    String rest = String.join(". ", others);
    return ". This model takes features="
        + features
        + (fitting.isEmpty() ? ", which no axis is. " : ". " + some)
        + (fitting.isEmpty() || others.isEmpty() ? "" : ". For a model of other features: ")
        + rest;
  }

  private static String asTime(String axis, String call, Shape result) {
    return "One sequence whose " + axis + " are timesteps: Sequences." + call + "(x) -> " + result;
  }

  private static void add(List<String> fitting, List<String> others, boolean fits, String text) {
    (fits ? fitting : others).add(text);
  }

  private static String number(long count) {
    return count < NUMBERS.size() ? NUMBERS.get((int) count) : Long.toString(count);
  }

  /** Names the axis of length 1 without which the features are where they should be. */
  private static String squeeze(Shape input, int features) {
    for (int axis = 3; axis >= 0; axis--) {
      long last = axis == 3 ? input.dim(2) : input.dim(3);
      if (input.dim(axis) == 1 && last == features) {
        return ". Axis " + axis + " has length 1: x.squeeze(" + axis + ") drops it";
      }
    }
    return "";
  }

  static IllegalArgumentException notTwoOrThreeAxes(Shape input) {
    return new IllegalArgumentException(
        "Sequential needs (batch, features) or (batch, timesteps, features), got the "
            + input.rank()
            + "-D "
            + input);
  }

  static IllegalArgumentException timesteps(Shape input) {
    return new IllegalArgumentException(
        "Sequential: input is "
            + input
            + ": axis 1 is timesteps="
            + input.dim(1)
            + ", expected 1 or more");
  }

  static IllegalArgumentException outputShape(String operation, Shape y, Shape expected) {
    return new IllegalArgumentException(
        operation + ": y is " + y + " but the result is " + expected);
  }

  static IllegalArgumentException notStreamed(Layer layer) {
    String why =
        layer.goesBackwards()
            ? " goes backwards, so its first step is the sequence's last one, which a stream has not"
                + " seen"
            : " needs the whole sequence, of which a stream has seen only a part";
    return new IllegalArgumentException(
        "Predictor.stream: "
            + LayerNames.quoted(layer)
            + why
            + ". Predict whole sequences: predict(x)");
  }

  static IllegalArgumentException streamShape(String name, Shape got, int batch, int width) {
    String axis = name.equals("x") ? "features" : "units";
    return new IllegalArgumentException(
        "Stream.step: "
            + name
            + " is "
            + got
            + ", expected (batch, "
            + axis
            + ") = "
            + Shape.of(batch, width));
  }

  static IllegalArgumentException states(String operation, int h, int c, int gotH, int gotC) {
    return new IllegalArgumentException(
        operation
            + ": the model keeps h of "
            + h
            + " layers and c of "
            + c
            + ", the state holds h of "
            + gotH
            + " and c of "
            + gotC);
  }

  static IllegalArgumentException stateShape(
      String operation, Layer layer, String name, Shape got, Shape expected) {
    return new IllegalArgumentException(
        operation
            + ": "
            + name
            + " of "
            + LayerNames.quoted(layer)
            + " is "
            + got
            + ", expected (batch, units) = "
            + expected);
  }
}
