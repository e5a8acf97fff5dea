package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Every message of layers, of the shapes between them and of masks, in one place. */
final class LayerErrors {
  private LayerErrors() {}

  private static IllegalArgumentException refusal(String... parts) {
    return new IllegalArgumentException(String.join("", parts));
  }

  // Layers

  static IllegalArgumentException permuteAxes(int[] axes) {
    return refusal(
        "Permute.of: axes ",
        Arrays.toString(axes),
        ", expected 2, 1 or 1, 2: the axes of a sample, timesteps and features, counted from 1; the"
            + " batch stays");
  }

  static IllegalArgumentException reshapeDims(int[] dims) {
    return refusal(
        "Reshape.of: dims ",
        Arrays.toString(dims),
        ", expected one or two without the batch, each 1 or more, at most one of them -1");
  }

  static IllegalArgumentException reshapeElements(Reshape layer, Axes in, int elements) {
    return refusal(
        layer.toString(),
        " cannot take ",
        in.toString(),
        ": a sample has ",
        elements + " elements");
  }

  /** Refuses narrow weights for a layer whose kernels read none, by the name of its weights. */
  static void requireFloat32(Layer layer, LayerWeights weights) {
    if (weights.format() != WeightFormat.FLOAT32) {
      throw refusal(
          "PredictorOptions.weights: ",
          LayerNames.type(layer),
          " \"",
          weights.owner(),
          "\" is read with float32 weights only, got WeightFormat.",
          weights.format().name(),
          ". Leave the weights at WeightFormat.FLOAT32");
    }
  }

  static IllegalArgumentException repeatOfSequence(Layer layer, Axes in) {
    return refusal(
        layer.toString(),
        " takes (batch, features), got ",
        in.toString(),
        ": let the layer before it return only its last step, returnSequences(false); where it is"
            + " the first, call build(features, seed)");
  }

  static IllegalArgumentException featureSlice(FeatureSlice layer, Axes in) {
    return refusal(
        layer.toString(),
        " takes the features " + layer.first(),
        " to before " + ((long) layer.first() + layer.count()),
        ", got ",
        in.toString(),
        ": the last axis has " + in.width());
  }

  static IllegalArgumentException notApart(Bidirectional layer) {
    return refusal(
        layer.toString(),
        ".applyBoth: the layer makes one of the two outputs by " + layer.merge(),
        ". For both apart: Bidirectional.of(layer), which leaves them side by side");
  }

  static IllegalArgumentException embeddingTable(Shape table) {
    return refusal(
        "Embedding.given: the table is ",
        table.toString(),
        ", expected (vocabulary, dimension), both 1 or more");
  }

  static IllegalArgumentException embeddingNotFirst(Layer layer, Layer first) {
    return refusal(
        "Sequential.of: ",
        layer.toString(),
        " takes token ids, but ",
        LayerNames.quoted(first),
        " before it gives other numbers. An Embedding is the first layer");
  }

  static IllegalArgumentException bidirectionalBackwards(Recurrent layer) {
    return refusal(
        "Bidirectional.of: ",
        layer.toString(),
        " goes backwards; give the forward layer, the backward one is made from it");
  }

  static IllegalArgumentException convolutionTooShort(Conv1d layer, int length, long span) {
    return refusal(
        LayerNames.quoted(layer),
        ": timesteps=" + length,
        ", but with padding VALID this layer needs " + span,
        " or more: kernelSize=" + layer.kernelSize(),
        layer.dilation() == 1 ? "" : ", dilation=" + layer.dilation(),
        ". padding(Conv1d.Padding.SAME) takes any number");
  }

  static IllegalArgumentException poolingTooShort(Pooling1d layer, int length) {
    return refusal(
        LayerNames.quoted(layer),
        ": timesteps=" + length,
        ", but with padding VALID this layer needs poolSize=" + layer.poolSize(),
        " or more. padding(Pooling1d.Padding.SAME) takes any number");
  }

  static IllegalArgumentException tooWide(Layer layer, int a, int b, ArithmeticException cause) {
    return new IllegalArgumentException(
        layer + " would have " + a + " x " + b + " elements a sample", cause);
  }

  // Building

  static IllegalArgumentException buildTimesteps(int timesteps) {
    return refusal(
        "Sequential.build: timesteps=" + timesteps,
        ", expected 1 or more: the length of the input's axis 1. Where it may be any, call"
            + " build(features, seed)");
  }

  static IllegalArgumentException timestepsUnknown(Layer layer, Layer first, int features) {
    String call =
        first.takesIds()
            ? "give the " + LayerNames.type(first) + " inputLength(timesteps)"
            : "call build(timesteps, " + features + ", seed)";
    return refusal(
        "Sequential.build: the output of ",
        layer.toString(),
        " depends on the timesteps, which are not known: ",
        call);
  }

  static IllegalArgumentException buildOfIds(String operation, Layer ids) {
    return refusal(
        operation,
        ": ",
        ids.toString(),
        " takes token ids, (batch, timesteps), which have no features: call ",
        operation.endsWith("Zeros") ? "buildZeros()" : "build(seed)");
  }

  static IllegalArgumentException buildWithoutFeatures(String operation, Layer first) {
    return refusal(
        operation,
        ": ",
        first.toString(),
        " needs the features, the length of the input's last axis: call ",
        operation.endsWith("Zeros") ? "buildZeros(features)" : "build(features, seed)");
  }

  // Inputs

  static IllegalArgumentException inputFeatures(
      List<Layer> layers, Shape input, int features, boolean chain) {
    Layer first = layers.getFirst();
    int last = input.rank() - 1;
    String takes = first.lastAxisIsTime() ? "timesteps=" : "features=";
    return refusal(
        LayerNames.quoted(first),
        ": input is ",
        input.toString(),
        " but this layer takes ",
        takes + features,
        ": axis " + last,
        " is " + input.dim(-1),
        remedy(layers, input, features, chain));
  }

  private static String remedy(List<Layer> layers, Shape input, int features, boolean chain) {
    String swapped = swapped(input, features);
    if (!swapped.isEmpty() || layers.stream().anyMatch(Layer::fixesTime)) {
      return swapped;
    }
    return ". Give it the features that it was built with"
        + (chain ? ", or build(" + input.dim(-1) + ", seed)" : "");
  }

  /** What mends features that stand where the timesteps should. */
  private static String swapped(Shape input, int features) {
    if (input.rank() != 3 || input.dim(1) != features) {
      return "";
    }
    Shape right = Shape.of(input.dim(0), input.dim(2), input.dim(1));
    return ". Axis 1 is "
        + features
        + ": x.permute(0, 2, 1) -> "
        + right
        + " swaps the two; reshape"
        + right
        + " would scramble them";
  }

  static IllegalArgumentException fixedTimesteps(List<Layer> layers, Shape input, int timesteps) {
    Layer first = layers.getFirst();
    if (first.lastAxisIsTime()) {
      return refusal(
          LayerNames.quoted(first),
          ": input is ",
          input.toString(),
          " but this layer, channels first, takes channels=" + timesteps,
          ": axis 1 is " + input.dim(1));
    }
    Layer fixing = layers.stream().filter(Layer::fixesTime).findFirst().orElse(first);
    return refusal(
        "Sequential: input is ",
        input.toString(),
        " but the model was built for timesteps=" + timesteps,
        ", on which the output of ",
        LayerNames.quoted(fixing),
        " depends: axis 1 is " + input.dim(1),
        ". Sequences.pad with maxLength(" + timesteps + ") pads and truncates");
  }

  static IllegalArgumentException notIds(Layer first, Shape input) {
    String hint = "";
    if (input.rank() == 1) {
      hint = ". One sequence: x.expandDims(0) -> " + Shape.of(1, input.dim(0));
    } else if (input.rank() == 3 && input.dim(2) == 1) {
      hint = ". Axis 2 has length 1: x.squeeze(2) drops it";
    }
    return refusal(
        LayerNames.quoted(first),
        " needs token ids (batch, timesteps), got the " + input.rank(),
        "-D ",
        input.toString(),
        hint);
  }

  static IllegalArgumentException notRows(List<Layer> layers, Shape input, boolean chain) {
    return refusal(
        LayerNames.quoted(layers.getFirst()),
        ": the model was built for (batch, features), got the " + input.rank(),
        "-D ",
        input.toString(),
        !chain || layers.stream().anyMatch(Layer::refusesTime)
            ? ""
            : ". For (batch, timesteps, features) call build(timesteps, features, seed)");
  }

  static IllegalArgumentException id(Layer layer, double value, long sample, long step) {
    String place = " at [" + sample + ", " + step + "]";
    if (value != Math.rint(value) || Double.isInfinite(value)) {
      return refusal(
          LayerNames.quoted(layer),
          ": " + value,
          place,
          " is no token id; ids are whole numbers from 0 to " + (layer.vocabulary() - 1));
    }
    return refusal(
        LayerNames.quoted(layer),
        ": index " + (long) value,
        place,
        "; vocabulary " + layer.vocabulary(),
        ": ids go from 0 to " + (layer.vocabulary() - 1),
        value == layer.vocabulary()
            ? ". Where ids begin at 1, the vocabulary is one larger than the number of words"
            : value == -1 ? ". An unknown word needs an id of its own" : "");
  }

  static IllegalArgumentException streamIds(Layer layer) {
    return refusal(
        "Stream.step: ",
        layer.toString(),
        " takes ids, which are checked: call step(Tensor, Tensor) with ids (batch, 1)");
  }

  // Masks

  static IllegalArgumentException maskLength(int sample, int length, int timesteps) {
    return refusal(
        "Mask: sample " + sample,
        " has length " + length,
        ", expected 0 to timesteps=" + timesteps);
  }

  static IllegalArgumentException maskSize(int samples, int timesteps) {
    return refusal(
        "Mask: " + samples,
        " samples of timesteps=" + timesteps,
        ", expected 1 timestep or more, and fewer steps in all than an array holds");
  }

  static IllegalArgumentException maskRank(Shape mask) {
    return refusal("Mask.of: needs (batch, timesteps), got ", mask.toString());
  }

  static IllegalArgumentException maskValue(float value, int sample, int step) {
    return refusal(
        "Mask.of: " + value,
        " at [" + sample + ", " + step + "], expected 1 to use the step or 0 for padding");
  }

  static IndexOutOfBoundsException maskIndex(Mask mask, int sample, int step) {
    return new IndexOutOfBoundsException(
        "Mask.uses: no ["
            + sample
            + ", "
            + step
            + "] in ("
            + mask.samples()
            + ", "
            + mask.timesteps()
            + ")");
  }

  static IllegalArgumentException maskShape(String operation, LiveSteps mask, Shape input) {
    return refusal(
        operation,
        ": the mask is " + Shape.of(mask.samples(), mask.timesteps()),
        ", x is ",
        input.toString(),
        input.rank() < 2
            ? ""
            : "; the mask must be (batch, timesteps) of x, "
                + Shape.of(input.dim(0), input.dim(1)));
  }

  static IllegalArgumentException maskUnread(String operation, List<Layer> layers) {
    Layer end = layers.stream().filter(each -> !each.passesMask()).findFirst().orElseThrow();
    return refusal(
        operation,
        ": nothing reads the mask: it ends at ",
        LayerNames.quoted(end),
        ", which mixes padded steps with the others, before any Lstm");
  }
}
