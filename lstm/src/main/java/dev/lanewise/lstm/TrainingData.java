package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Inputs and wanted outputs whose shapes fit a model.
 *
 * @param x (samples, steps, features), (samples, features), or (samples, steps) of ids
 * @param mask which steps of x are padding, or null
 * @param y the prediction's shape, or that without a last axis of length 1
 * @param sequence whether the output has a time axis
 */
record TrainingData(LayerShapes shapes, Tensor x, @Nullable Mask mask, Tensor y, boolean sequence) {

  /** Checks the shapes. */
  static TrainingData of(
      String operation, LayerShapes shapes, Tensor x, @Nullable Mask mask, Tensor y) {
    Shape input = x.shape();
    shapes.checkInput(input);
    if (mask != null) {
      shapes.checkMask(operation, input, mask);
    }
    if (y.rank() == 0 || y.dim(0) != x.dim(0)) {
      throw TrainingErrors.samples(operation, input, y.shape());
    }
    if (x.dim(0) > Integer.MAX_VALUE) {
      throw TrainingErrors.tooManySamples(operation, input);
    }
    Shape output = shapes.output(input);
    boolean lastIsOne = shapes.outputFeatures() == 1;
    boolean squeezed =
        lastIsOne && y.rank() == output.rank() - 1 && Shape.of(append(y.shape())).equals(output);
    if (!squeezed && !y.shape().equals(output)) {
      throw TrainingErrors.targetShape(operation, input, y.shape(), output);
    }
    Layer ids = shapes.ids();
    if (ids != null) {
      TokenIds.check(ids, x);
    }
    TrainingData data = new TrainingData(shapes, x, mask, y, shapes.outputIsSequence(input));
    if (mask == null || ids != null || x.rank() != 3 || data.inputs().isFinite(data.samples())) {
      return data;
    }
    return data.withInputs(withoutNaN(x, mask));
  }

  private TrainingData withInputs(Tensor other) {
    return new TrainingData(shapes, other, mask, y, sequence);
  }

  /**
   * What padding holds means nothing, but 0 times NaN is NaN, and a layer before the first LSTM
   * reads it. So this is a copy with 0 for what is not finite there, or x itself.
   */
  private static Tensor withoutNaN(Tensor x, Mask mask) {
    Tensor cleaned = x;
    for (int sample = 0; sample < mask.samples(); sample++) {
      for (int step = 0; step < mask.timesteps(); step++) {
        for (long i = 0; i < x.dim(2) && !mask.uses(sample, step); i++) {
          if (!Float.isFinite(cleaned.get(sample, step, i))) {
            cleaned = cleaned == x ? x.copy() : cleaned;
            cleaned.set(0, sample, step, i);
          }
        }
      }
    }
    return cleaned;
  }

  private static long[] append(Shape shape) {
    long[] dims = Arrays.copyOf(shape.toArray(), shape.rank() + 1);
    dims[shape.rank()] = 1;
    return dims;
  }

  int samples() {
    return (int) x.dim(0);
  }

  /** The steps of an input; 1 where it has no time axis. */
  int steps() {
    return shapes.steps(x.shape());
  }

  /** The steps of an output; 1 where it has no time axis. */
  int outputSteps() {
    return shapes.outputSteps(steps());
  }

  int outputFeatures() {
    return shapes.outputFeatures();
  }

  /** The samples from {@code from} to before {@code to}. */
  TrainingData slice(int from, int to) {
    return new TrainingData(
        shapes,
        x.slice(0, from, to),
        mask == null ? null : mask.slice(from, to),
        y.slice(0, from, to),
        sequence);
  }

  SampleView inputs() {
    return shapes.takesIds()
        ? new SampleView().ofIds(x)
        : new SampleView().of(x, false, steps(), shapes.features());
  }

  SampleView targets() {
    // Without its last axis, (samples, steps) has its time on axis 1.
    return new SampleView().of(y, sequence, outputSteps(), outputFeatures());
  }

  /** Refuses NaN and infinity, and says where. */
  void requireFinite(String operation) {
    if (!shapes.takesIds()) { // those are checked
      requireFinite(operation, "x", inputs(), steps(), shapes.features(), x.rank() == 3);
    }
    requireFinite(operation, "y", targets(), outputSteps(), outputFeatures(), sequence);
  }

  private void requireFinite(
      String operation, String name, SampleView view, int length, int width, boolean timed) {
    if (view.isFinite(samples())) {
      return;
    }
    for (int sample = 0; sample < samples(); sample++) {
      for (int step = 0; step < length; step++) {
        for (int feature = 0; feature < width; feature++) {
          float value = view.get(sample, step, feature);
          if (!Float.isFinite(value) && !(timed && isPadded(sample, step, length))) {
            throw TrainingErrors.notFinite(
                operation, name, value, sample, timed ? step : -1, feature);
          }
        }
      }
    }
  }

  /**
   * Whether a step is padding: the mask says so, or it has nothing but the model's mask value.
   *
   * @param length steps of the sequence meant; none is where it is not that of x
   */
  private boolean isPadded(int sample, int step, int length) {
    if (length != steps() || x.rank() != 3) {
      return false;
    }
    if (mask != null && !mask.uses(sample, step)) {
      return true;
    }
    float value = shapes.layers().getFirst().maskValue();
    for (int i = 0; i < shapes.features(); i++) {
      if (inputs().get(sample, step, i) != value) {
        return false;
      }
    }
    return true;
  }

  /** Refuses targets outside 0 to 1, and says where. */
  void requireProbabilities(String operation, Loss loss) {
    SampleView view = targets();
    for (int sample = 0; sample < samples(); sample++) {
      for (int step = 0; step < outputSteps(); step++) {
        for (int feature = 0; feature < outputFeatures(); feature++) {
          float value = view.get(sample, step, feature);
          boolean wrong = !(value >= 0 && value <= 1);
          if (wrong && !(sequence && isPadded(sample, step, outputSteps()))) {
            throw TrainingErrors.notProbability(
                operation, loss, value, sample, sequence ? step : -1, feature);
          }
        }
      }
    }
  }
}
