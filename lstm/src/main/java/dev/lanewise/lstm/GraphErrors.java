package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.tensor.Shape;
import java.util.Collection;
import java.util.List;

/** Every message of models that are graphs, in one place. */
final class GraphErrors {
  private static final String ONE_WIDTH = "Dense.of(units) brings values to one width";
  private static final String ONE_TIME =
      "RepeatVector.of(timesteps) gives a row the time of a sequence";

  private GraphErrors() {}

  private static IllegalArgumentException refusal(String... parts) {
    return new IllegalArgumentException(String.join("", parts));
  }

  // Building

  static IllegalArgumentException inputName() {
    return refusal("Input: the name is empty; predict and fit take the input's tensor by it");
  }

  static IllegalArgumentException inputNamed(String name, String other) {
    return refusal(
        "Value.named: the input \"",
        name,
        "\" cannot be called \"",
        other,
        "\" too: give that name to Input");
  }

  static IllegalArgumentException count(Layer layer, List<Value> in) {
    String given = LayerNames.quoted(layer) + ".apply: got " + in.size() + " values, expected ";
    return layer.takesSeveral()
        ? refusal(given, "1 or more")
        : refusal(
            given,
            "1: ",
            in.toString(),
            in.isEmpty()
                ? ""
                : ". Put them together first, as by Concatenate.of().apply(a, b) or"
                    + " Add.of().apply(a, b)");
  }

  static IllegalArgumentException ids(Layer layer, Value in) {
    return layer.takesIds()
        ? refusal(
            LayerNames.quoted(layer),
            ".apply: takes token ids, got ",
            in.toString(),
            ". Call it on Input.ids(name)")
        : refusal(
            LayerNames.quoted(layer),
            ".apply: takes numbers, got ",
            in.toString(),
            ". Call an Embedding on them first, and this layer on what it gives");
  }

  static IllegalArgumentException noTime(Layer layer, Value in) {
    return refusal(
        LayerNames.quoted(layer),
        ".apply: needs (batch, timesteps, features), got ",
        in.toString(),
        ". Input.sequences(name, features) has a time axis, and RepeatVector.of(n) gives one");
  }

  static IllegalArgumentException timeGone(Layer layer, Layer before) {
    return refusal(
        LayerNames.quoted(layer),
        ".apply: needs (batch, timesteps, features), but ",
        before.toString(),
        " before it ",
        before.withoutTime());
  }

  static IllegalArgumentException timestepsUnknown(Layer layer, Value in) {
    return refusal(
        LayerNames.quoted(layer),
        ".apply: its output depends on the timesteps, which are not known of ",
        in.toString(),
        ". Input.sequences(name, timesteps, features) and Input.ids(name, timesteps) say them");
  }

  static IllegalArgumentException noState(Layer layer) {
    return refusal(
        LayerNames.quoted(layer),
        ".applyWithState: the layer keeps no state; recurrent layers do. Call apply");
  }

  static IllegalArgumentException stateCount(
      Layer layer, String name, List<Integer> units, int got) {
    return refusal(
        LayerNames.quoted(layer),
        ".applyWithState: got " + got + " states " + name + ", expected " + units.size(),
        units.isEmpty() ? "" : ", of units " + units,
        !name.equals("c") ? "" : units.isEmpty() ? ": States.of(h)" : ": States.of(h, c)");
  }

  static IllegalArgumentException state(Layer layer, String name, int units, Value got) {
    return refusal(
        LayerNames.quoted(layer),
        ".applyWithState: the state " + name + " is (batch, " + units + "), got ",
        got.toString());
  }

  static IllegalArgumentException unequal(Layer layer, List<Axes> in) {
    return refusal(unequal(layer, "values of equal shape", in), ONE_WIDTH, ", ", ONE_TIME);
  }

  static IllegalArgumentException unequalButForWidths(Layer layer, List<Axes> in) {
    return refusal(unequal(layer, "values of equal shape but for the features", in), ONE_TIME);
  }

  static IllegalArgumentException unequalWidths(Layer layer, List<Axes> in) {
    return refusal(unequal(layer, "sequences of equal features", in), ONE_WIDTH);
  }

  private static String unequal(Layer layer, String what, List<Axes> in) {
    return LayerNames.quoted(layer) + ".apply: takes " + what + ", got " + in + ". ";
  }

  static IllegalArgumentException tooLong(Layer layer, int one, int other) {
    return refusal(
        LayerNames.quoted(layer),
        ": lengths " + one + " and " + other,
        " side by side are more than " + Integer.MAX_VALUE);
  }

  static IllegalArgumentException inputLength(Layer layer, Value in) {
    return refusal(
        LayerNames.quoted(layer),
        ".apply: has inputLength=" + layer.inputLength(),
        ", got ",
        in.toString(),
        ". Input.ids(name, " + layer.inputLength() + ") has that length");
  }

  static IllegalArgumentException unequalSteps(Layer layer, int one, int other) {
    return refusal(
        LayerNames.quoted(layer),
        ": takes sequences of equal length, got timesteps=" + one,
        " and timesteps=" + other);
  }

  static IllegalArgumentException noEnds(String what) {
    return refusal("Model.of: no ", what, ", expected 1 or more");
  }

  static IllegalArgumentException notAnInput(Value value) {
    return refusal(
        "Model.of: ",
        value.toString(),
        " is among the inputs, but a layer gave it: inputs are made by Input");
  }

  static IllegalArgumentException outputIsInput(Value value) {
    return refusal("Model.of: ", value.toString(), " is among the outputs, but no layer gave it");
  }

  static IllegalArgumentException inputMissing(Value value, Collection<String> inputs) {
    return refusal(
        "Model.of: the outputs depend on ",
        value.toString(),
        ", which is not among the inputs ",
        inputs.toString());
  }

  static IllegalArgumentException inputUnused(Value value) {
    return refusal("Model.of: no output depends on ", value.toString(), "; leave it out");
  }

  static IllegalArgumentException nameTwice(String kind, String name) {
    return refusal(
        "Model.of: two ",
        kind,
        "s are called \"",
        name,
        "\"; each needs a name of its own",
        kind.equals("output") ? ": value.named(..)" : "");
  }

  static IllegalArgumentException layerNameTwice(String name) {
    return refusal(
        "Model.of: two layers are called \"",
        name,
        "\"; each needs a name of its own",
        ". A layer object that is called twice is one layer");
  }

  static IllegalStateException notBuilt(String operation) {
    return new IllegalStateException(
        operation + " before build: there are no weights yet. Call build(seed) first");
  }

  static IllegalStateException builtAlready(String operation) {
    return new IllegalStateException(
        operation
            + ": built already. For new weights make a new model: Model.of(inputs,"
            + " outputs).build(seed)");
  }

  static IllegalArgumentException sharedLayer(Layer layer, Axes one, Axes other) {
    return refusal(
        "Model.of: ",
        LayerNames.quoted(layer),
        " is called on ",
        one.toString(),
        " and on ",
        other.toString(),
        ": its weights are not the same for both. Make a layer for each");
  }

  static IllegalArgumentException lossWeight(String name, double weight) {
    return refusal(
        "Model.compile: the loss of \"",
        name,
        "\" counts " + weight,
        ", expected a number above 0");
  }

  // Calls

  static IllegalArgumentException single(
      String operation, Collection<String> inputs, Collection<String> outputs) {
    return refusal(
        operation,
        ": takes a model of one input and one output, this one takes ",
        inputs.toString(),
        " and gives ",
        outputs.toString(),
        ". Such a model predicts by name: predict(Map.of(\"",
        inputs.iterator().next(),
        "\", x, ..))");
  }

  static IllegalArgumentException names(
      String operation, String kind, Collection<String> expected, Collection<String> got) {
    return refusal(
        operation, ": expected the ", kind, "s ", expected.toString(), ", got ", got.toString());
  }

  static IllegalArgumentException samples(
      String operation, String one, Shape first, String other, Shape second) {
    return refusal(
        operation,
        ": \"",
        one,
        "\" is ",
        first.toString(),
        ", \"",
        other,
        "\" is ",
        second.toString(),
        "; axis 0 counts the samples of both");
  }

  static IllegalArgumentException about(String kind, String name, IllegalArgumentException cause) {
    return new IllegalArgumentException(kind + " \"" + name + "\": " + cause.getMessage(), cause);
  }

  static IllegalArgumentException outputsOverlap(String operation, String one, String other) {
    return refusal(
        operation,
        ": the outputs \"",
        one,
        "\" and \"",
        other,
        "\" share memory; each needs a tensor of its own");
  }

  static IllegalArgumentException maskOfRows(String operation, LiveSteps mask, Shape input) {
    return refusal(
        operation,
        ": the mask is " + Shape.of(mask.samples(), mask.timesteps()),
        ", x is ",
        input.toString(),
        ", which has no timesteps");
  }

  static IllegalArgumentException ownStates(String operation, Layer layer) {
    return refusal(
        operation,
        ": the model itself hands the states of ",
        LayerNames.quoted(layer),
        " on; those that come in or go out are inputs and outputs of it: Input.rows(name, units),"
            + " applyWithState(x, from).states()");
  }
}
