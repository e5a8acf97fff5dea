package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.RowNormalization;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A layer normalization in training. */
public final class LayerNormalizationTraining extends WeightlessTraining {
  private final float epsilon;
  private final boolean learns;
  private final MemorySegment statistics; // (steps, batch, 2): mean, inverse deviation
  private final Place gamma;
  private final Place beta;

  /** Where a weight and its gradient lie. */
  private record Place(MemorySegment weight, MemorySegment gradient, long at) {}

  public LayerNormalizationTraining(double epsilon, TrainingPlace place) {
    super(place);
    this.epsilon = (float) epsilon;
    this.gamma = place(place, WeightSpec.GAMMA, 1);
    this.beta = place(place, WeightSpec.BETA, 0);
    this.learns = !place.weights().weights().isEmpty();
    long rows = Sizes.rows(steps(), place.batch());
    this.statistics = Blocks.allocate(Arena.ofAuto(), 2 * rows);
  }

  /** Of one that the layer does not have: a constant, and room for a gradient that nobody reads. */
  private Place place(TrainingPlace place, String suffix, float absent) {
    LayerWeights own = place.weights();
    long at = own.offset(suffix);
    if (at != LayerWeights.NONE) {
      return new Place(own.memory(), place.gradients(), at);
    }
    MemorySegment constant = Blocks.allocate(Arena.ofAuto(), width());
    for (int i = 0; i < width(); i++) {
      constant.setAtIndex(JAVA_FLOAT, i, absent);
    }
    return new Place(constant, Blocks.allocate(Arena.ofAuto(), width()), 0);
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    if (rows == batch) { // all steps are one dense block
      forwardRows(batch, 0, (long) steps() * batch);
      return;
    }
    for (int step = 0; step < steps(); step++) {
      forwardRows(batch, (long) step * batch + first, rows);
    }
  }

  private void forwardRows(int batch, long row, long rows) {
    long at = row * width();
    RowNormalization.forward(
        rows,
        width(),
        epsilon,
        below.values(),
        below.valuesOffset(batch) + at,
        gamma.weight,
        gamma.at,
        beta.weight,
        beta.at,
        statistics,
        2 * row,
        output,
        at);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (!below.wantsGradient()) {
      return;
    }
    if (rows == batch) {
      backwardRows(batch, 0, (long) steps() * batch);
      return;
    }
    for (int step = 0; step < steps(); step++) {
      backwardRows(batch, (long) step * batch + first, rows);
    }
  }

  private void backwardRows(int batch, long row, long rows) {
    long at = row * width();
    RowNormalization.backward(
        rows,
        width(),
        below.values(),
        below.valuesOffset(batch) + at,
        gamma.weight,
        gamma.at,
        statistics,
        2 * row,
        dOutput,
        at,
        below.gradient(),
        at);
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    int from = (int) ((long) width() * part / parts);
    int columns = (int) ((long) width() * (part + 1) / parts) - from;
    if (!learns || columns == 0) {
      return;
    }
    Blocks.clear(gamma.gradient, gamma.at + from, columns);
    Blocks.clear(beta.gradient, beta.at + from, columns);
    RowNormalization.weights(
        (long) steps() * batch,
        columns,
        width(),
        below.values(),
        below.valuesOffset(batch) + from,
        statistics,
        0,
        dOutput,
        from,
        gamma.gradient,
        gamma.at + from,
        beta.gradient,
        beta.at + from);
  }

  @Override
  public boolean wantsGradient() {
    return learns || below.wantsGradient();
  }
}
