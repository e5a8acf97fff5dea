package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which shapes a list of layers, built for an input, takes and gives. Immutable. */
final class LayerShapes {

  /** What the input of a model is. */
  enum Input {
    /** (batch, timesteps) of token ids. */
    IDS,
    /** (batch, timesteps, features). */
    SEQUENCES,
    /** (batch, features). */
    ROWS,
    /** (batch, features) or (batch, timesteps, features). */
    EITHER
  }

  private final List<Layer> layers;
  private final Input input;
  private final List<Axes> axes; // the input's, then each layer's output
  private final int fixedSteps; // 0 where any number goes
  private final boolean maskReaches;

  /**
   * Works the axes out from layer to layer.
   *
   * @param timesteps {@link Axes#ANY} where they are not known
   * @param features 1 for a model that begins with an {@link Embedding}
   */
  LayerShapes(List<Layer> layers, int timesteps, int features) {
    if (features < 1) {
      throw LstmErrors.features(features);
    }
    if (timesteps != Axes.ANY && timesteps < 1) {
      throw LayerErrors.buildTimesteps(timesteps);
    }
    this.layers = layers;
    this.input = input(layers, timesteps);
    Axes last = new Axes(input == Input.ROWS ? Axes.NONE : timesteps, features);
    if (layers.getFirst().inputLength() > 0) {
      last = last.withSteps(layers.getFirst().inputLength());
    }
    List<Axes> all = new ArrayList<>();
    all.add(last);
    boolean fixed = false;
    for (Layer layer : layers) {
      if (layer.fixesTime() && last.hasTime()) {
        if (last.steps() == Axes.ANY) {
          throw LayerErrors.timestepsUnknown(layer, layers.getFirst(), features);
        }
        fixed = true;
      }
      last = layer.output(last);
      all.add(last);
    }
    this.axes = List.copyOf(all);
    this.fixedSteps = fixed ? all.getFirst().steps() : 0;
    this.maskReaches = maskReaches(layers);
  }

  private static Input input(List<Layer> layers, int timesteps) {
    if (timesteps != Axes.ANY && !layers.getFirst().takesIds()) {
      return Input.SEQUENCES;
    }
    return layers.stream()
        .map(Layer::input)
        .filter(each -> each != Input.EITHER)
        .findFirst()
        .orElse(Input.EITHER);
  }

  /** The product of two lengths, refused where it is no int. */
  static int product(Layer layer, int a, int b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException overflow) {
      throw LayerErrors.tooWide(layer, a, b, overflow);
    }
  }

  /** Refuses a list that has no layer, or a layer where its axes are gone. */
  static void checkOrder(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw LstmErrors.noLayers();
    }
    @Nullable Layer dropped = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.takesIds() && i > 0) {
        throw LayerErrors.embeddingNotFirst(layer, layers.getFirst());
      }
      if (layer.needsTime() && dropped != null) {
        throw LstmErrors.timeAxisGone(layer, dropped);
      }
      if (!layer.givesTime(true)) {
        dropped = layer;
      } else if (layer.bringsTime()) {
        dropped = null;
      }
    }
  }

  List<Layer> layers() {
    return layers;
  }

  /** What a layer takes. */
  Axes before(int layer) {
    return axes.get(layer);
  }

  /** What a layer gives. */
  Axes after(int layer) {
    return axes.get(layer + 1);
  }

  /** The weights of each layer. */
  List<List<WeightSpec>> weights() {
    List<List<WeightSpec>> specs = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      specs.add(layers.get(layer).weights(before(layer)));
    }
    return specs;
  }

  int features() {
    return axes.getFirst().width();
  }

  /** The timesteps that the model was built with; {@link Axes#ANY} where they were not given. */
  int timesteps() {
    return axes.getFirst().steps();
  }

  int outputFeatures() {
    return axes.getLast().width();
  }

  /** Whether the timesteps after a layer are always the same. */
  boolean fixesTime(int layer) {
    return fixedSteps > 0 || layers.subList(0, layer + 1).stream().anyMatch(Layer::bringsTime);
  }

  /** Whether the input is token ids. */
  boolean takesIds() {
    return input == Input.IDS;
  }

  /** The layer whose ids the input is, or null. */
  @Nullable Layer ids() {
    return takesIds() ? layers.getFirst() : null;
  }

  /** Whether the input may have a time axis and need not. */
  boolean takesEither() {
    return input == Input.EITHER;
  }

  /** Refuses an input that the layers do not take. */
  void checkInput(Shape shape) {
    checkRank(shape);
    if (input != Input.IDS && shape.dim(-1) != features()) {
      throw LayerErrors.inputFeatures(layers, shape, features());
    }
    if (!hasTime(shape)) {
      return;
    }
    if (shape.dim(1) == 0 || shape.dim(1) > Integer.MAX_VALUE) {
      throw LstmErrors.timesteps(shape);
    }
    int steps = (int) shape.dim(1);
    if (fixedSteps > 0 && steps != fixedSteps) {
      throw LayerErrors.fixedTimesteps(layers, shape, fixedSteps);
    }
    for (int layer = 0; layer < layers.size(); layer++) {
      steps = stepsAfter(layer, steps); // refuses too few
    }
  }

  private void checkRank(Shape shape) {
    int rank = shape.rank();
    switch (input) {
      case IDS -> {
        if (rank != 2) {
          throw LayerErrors.notIds(layers.getFirst(), shape);
        }
      }
      case SEQUENCES -> {
        if (rank != 3) {
          throw LstmErrors.notThreeAxes(shape, features());
        }
      }
      case ROWS -> {
        if (rank != 2) {
          throw LayerErrors.notRows(layers, shape);
        }
      }
      case EITHER -> {
        if (rank != 2 && rank != 3) {
          throw LstmErrors.notTwoOrThreeAxes(shape);
        }
      }
    }
  }

  /** The input of so many samples and timesteps, refused where the layers do not take it. */
  Shape input(int batch, int steps) {
    Shape shape =
        input == Input.IDS
            ? Shape.of(batch, steps)
            : input == Input.ROWS && steps == 1
                ? Shape.of(batch, features())
                : Shape.of(batch, steps, features());
    checkInput(shape);
    return shape;
  }

  /** The steps of an input that gives so many, at least, after every layer. */
  int stepsFor(int wanted) {
    if (fixedSteps > 0) {
      return fixedSteps;
    }
    if (input == Input.ROWS) {
      return 1;
    }
    long steps = wanted;
    for (Layer layer : layers.reversed()) {
      steps = layer.bringsTime() ? wanted : layer.stepsBefore(steps);
    }
    return Sizes.length("Predictor.warmUp", "timesteps", steps);
  }

  private boolean hasTime(Shape shape) {
    return input == Input.IDS || shape.rank() == 3;
  }

  /** The steps of an input that {@link #checkInput} let pass; 1 where it has no time axis. */
  int steps(Shape shape) {
    return hasTime(shape) ? (int) shape.dim(1) : 1;
  }

  /** The steps that a layer gives for so many; 1 where there is no time axis. */
  int stepsAfter(int layer, int steps) {
    int fixed = after(layer).steps();
    if (fixed == Axes.NONE) {
      return 1;
    }
    Layer each = layers.get(layer);
    return each.fixesTime() || each.bringsTime() ? fixed : each.stepsAfter(steps);
  }

  /** The steps of the output for so many of the input; 1 where it has no time axis. */
  int outputSteps(int steps) {
    int left = steps;
    for (int layer = 0; layer < layers.size(); layer++) {
      left = stepsAfter(layer, left);
    }
    return left;
  }

  /** Whether the output for this input has a time axis. */
  boolean outputIsSequence(Shape shape) {
    return input == Input.EITHER ? shape.rank() == 3 : axes.getLast().hasTime();
  }

  /** The output for an input that {@link #checkInput} let pass. */
  Shape output(Shape shape) {
    return outputIsSequence(shape)
        ? Shape.of(shape.dim(0), outputSteps(steps(shape)), outputFeatures())
        : Shape.of(shape.dim(0), outputFeatures());
  }

  /** Whether a shape is {@link #output}; allocates nothing. */
  boolean isOutput(Shape shape, Shape output) {
    boolean sequence = outputIsSequence(shape);
    return output.rank() == (sequence ? 3 : 2)
        && output.dim(0) == shape.dim(0)
        && output.dim(-1) == outputFeatures()
        && (!sequence || output.dim(1) == outputSteps(steps(shape)));
  }

  /** Refuses a mask that is of another shape than the input, or that no layer would read. */
  void checkMask(String operation, Shape shape, Mask mask) {
    if (!hasTime(shape) || mask.samples() != shape.dim(0) || mask.timesteps() != shape.dim(1)) {
      throw LayerErrors.maskShape(operation, mask, shape);
    }
    if (!maskReaches) {
      throw LayerErrors.maskUnread(operation, layers);
    }
  }

  /** Whether a mask of the input changes what a layer or the loss does. */
  boolean maskReaches() {
    return maskReaches;
  }

  private static boolean maskReaches(List<Layer> layers) {
    for (Layer layer : layers) {
      if (layer.readsMask()) {
        return true;
      }
      if (!layer.passesMask()) {
        return false;
      }
    }
    return true;
  }
}
