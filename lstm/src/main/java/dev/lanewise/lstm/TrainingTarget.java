package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.SampleView;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * What is wanted of an output.
 *
 * @param output its place among the outputs
 * @param y the prediction's shape with the target's width, or that without a last axis of length 1
 * @param sequence whether the output has a time axis
 * @param steps of the output; 1 where it has no time axis
 * @param outputs width of a row of the output
 * @param width of a row of y
 */
record TrainingTarget(
    int output, Loss loss, Tensor y, boolean sequence, int steps, int outputs, int width) {

  /** Checks the shape. */
  static TrainingTarget of(
      String operation, Plan plan, Compilation.Goal goal, ForwardCall call, Tensor y) {
    Shape input = call.x(0).shape();
    if (y.rank() == 0 || y.dim(0) != call.samples()) {
      throw TrainingErrors.samples(operation, input, y.shape());
    }
    int at = goal.output();
    Shape output = plan.steps().output(at, input, call.samples(), call.steps);
    int outputs = plan.outputFeatures(at);
    int width = goal.loss().targets().width(outputs);
    Shape wanted = withWidth(output, width);
    boolean squeezed =
        width == 1 && y.rank() == output.rank() - 1 && Shape.of(append(y.shape())).equals(wanted);
    if (!squeezed && !y.shape().equals(wanted)) {
      throw width == outputs
          ? TrainingErrors.targetShape(operation, input, y.shape(), output)
          : LossErrors.targetShape(operation, goal.loss(), y.shape(), wanted, output);
    }
    boolean sequence = plan.steps().outputIsSequence(at, input);
    Tensor numbers = goal.loss().targets().isClass() ? y.toFloat() : y;
    int steps = call.steps[plan.outputs()[at]];
    return new TrainingTarget(at, goal.loss(), numbers, sequence, steps, outputs, width);
  }

  private static Shape withWidth(Shape shape, int width) {
    long[] dims = shape.toArray();
    dims[dims.length - 1] = width;
    return Shape.of(dims);
  }

  private static long[] append(Shape shape) {
    long[] dims = Arrays.copyOf(shape.toArray(), shape.rank() + 1);
    dims[shape.rank()] = 1;
    return dims;
  }

  TrainingTarget slice(int from, int to) {
    Tensor part = y.slice(0, from, to);
    return new TrainingTarget(output, loss, part, sequence, steps, outputs, width);
  }

  SampleView view() {
    // Without its last axis, (samples, steps) has its time on axis 1.
    return new SampleView().of(y, sequence, steps, width);
  }

  /** Refuses NaN and infinity, and says where. */
  void requireFinite(String operation, String name, List<TrainingSource> sources, int samples) {
    SampleView view = view();
    if (view.isFinite(samples)) {
      return;
    }
    for (int sample = 0; sample < samples; sample++) {
      for (int step = 0; step < steps; step++) {
        for (int feature = 0; feature < width; feature++) {
          float value = view.get(sample, step, feature);
          if (!Float.isFinite(value) && !isPadded(sources, sample, step)) {
            throw TrainingErrors.notFinite(
                operation, name, value, sample, sequence ? step : -1, feature);
          }
        }
      }
    }
  }

  /** Refuses targets outside 0 to 1, and says where. */
  void requireProbabilities(String operation, List<TrainingSource> sources, int samples) {
    SampleView view = view();
    for (int sample = 0; sample < samples; sample++) {
      for (int step = 0; step < steps; step++) {
        for (int feature = 0; feature < width; feature++) {
          float value = view.get(sample, step, feature);
          boolean wrong = !(value >= 0 && value <= 1);
          if (wrong && !isPadded(sources, sample, step)) {
            throw TrainingErrors.notProbability(
                operation, loss, value, sample, sequence ? step : -1, feature);
          }
        }
      }
    }
  }

  /** Refuses targets that are the number of no class, and says where. */
  void requireClasses(String operation, List<TrainingSource> sources, int samples) {
    SampleView view = view();
    for (int sample = 0; sample < samples; sample++) {
      for (int step = 0; step < steps; step++) {
        float value = view.get(sample, step, 0);
        boolean wrong = value != Math.rint(value) || value < 0 || value >= outputs;
        if (wrong && !isPadded(sources, sample, step)) {
          throw LossErrors.notClass(operation, value, sample, sequence ? step : -1, outputs);
        }
      }
    }
  }

  /** Whether a step is padding in all that it is made of; none is where the lengths differ. */
  private boolean isPadded(List<TrainingSource> sources, int sample, int step) {
    boolean padded = sequence && !sources.isEmpty();
    for (TrainingSource source : sources) {
      padded = padded && source.steps() == steps && source.isPadded(sample, step);
    }
    return padded;
  }
}
