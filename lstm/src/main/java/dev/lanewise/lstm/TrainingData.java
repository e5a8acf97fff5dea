package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;

/**
 * Inputs and wanted outputs whose shapes fit a model.
 *
 * @param x (samples, steps, features) or (samples, features)
 * @param y the prediction's shape, or that without a last axis of length 1
 */
record TrainingData(
    Tensor x, Tensor y, int steps, int features, boolean sequence, int outputFeatures) {

  /** Checks the shapes. */
  static TrainingData of(String operation, LayerShapes shapes, Tensor x, Tensor y) {
    Shape input = x.shape();
    shapes.checkInput(input);
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
    boolean sequence = shapes.outputIsSequence(input);
    return new TrainingData(
        x, y, LayerShapes.steps(input), shapes.features(), sequence, shapes.outputFeatures());
  }

  private static long[] append(Shape shape) {
    long[] dims = Arrays.copyOf(shape.toArray(), shape.rank() + 1);
    dims[shape.rank()] = 1;
    return dims;
  }

  int samples() {
    return (int) x.dim(0);
  }

  /** The steps of an output; 1 where it has no time axis. */
  int outputSteps() {
    return sequence ? steps : 1;
  }

  /** The samples from {@code from} to before {@code to}. */
  TrainingData slice(int from, int to) {
    return new TrainingData(
        x.slice(0, from, to), y.slice(0, from, to), steps, features, sequence, outputFeatures);
  }

  SampleView inputs() {
    return new SampleView().of(x, false, steps, features);
  }

  SampleView targets() {
    // Without its last axis, (samples, steps) has its time on axis 1.
    return new SampleView().of(y, sequence, outputSteps(), outputFeatures);
  }

  /** Refuses NaN and infinity, and says where. */
  void requireFinite(String operation) {
    requireFinite(operation, "x", inputs(), steps, features, x.rank() == 3);
    requireFinite(operation, "y", targets(), outputSteps(), outputFeatures, sequence);
  }

  private void requireFinite(
      String operation, String name, SampleView view, int length, int width, boolean timed) {
    for (int sample = 0; sample < samples(); sample++) {
      for (int step = 0; step < length; step++) {
        for (int feature = 0; feature < width; feature++) {
          float value = view.get(sample, step, feature);
          if (!Float.isFinite(value)) {
            throw TrainingErrors.notFinite(
                operation, name, value, sample, timed ? step : -1, feature);
          }
        }
      }
    }
  }
}
