package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.RowNormalization;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.RepeatedRow;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A batch normalization in training (Ioffe and Szegedy, 2015). With the mean and the biased
 * variance of the n steps of the batch that are no padding,
 *
 * <pre>
 * z = (x - mean) / sqrt(variance + epsilon)
 * y = z * gamma + beta
 * dgamma = sum of dy * z
 * dbeta = sum of dy
 * dx = gamma / sqrt(variance + epsilon) * (dy - dbeta / n - z * dgamma / n)
 * </pre>
 *
 * <p>Padding is normalized too, but is not in the moments: the last two terms of its dx are 0. The
 * moving averages are non-trainable weights, which change once a batch is learnt from.
 */
public final class BatchNormalizationTraining extends WeightlessTraining {
  private final double momentum;
  private final MemorySegment weights;
  private final MemorySegment gradients; // the same places as in weights
  private final long gammaAt; // NONE without
  private final long betaAt; // NONE without
  private final long movingMeanAt;
  private final long movingVarianceAt;
  private final BatchMoments moments;
  private final MemorySegment z; // (steps, batch, width)
  private final MemorySegment plain; // (steps, batch, 2): mean 0 and inverse deviation 1
  private final MemorySegment sums; // of dy * z (width), then of dy (width)
  private final RepeatedRow mean;
  private final RepeatedRow inverse;
  private final RepeatedRow gamma;
  private final RepeatedRow beta;
  private final RepeatedRow slope; // gamma * inverse
  private final RepeatedRow level; // -dbeta / n
  private final RepeatedRow tilt; // -dgamma / n

  public BatchNormalizationTraining(double momentum, double epsilon, TrainingPlace place) {
    super(place);
    LayerWeights own = place.weights();
    Arena arena = Arena.ofAuto();
    this.momentum = momentum;
    this.weights = own.memory();
    this.gradients = place.gradients();
    this.gammaAt = own.offset(WeightSpec.GAMMA);
    this.betaAt = own.offset(WeightSpec.BETA);
    this.movingMeanAt = own.offset(WeightSpec.MOVING_MEAN);
    this.movingVarianceAt = own.offset(WeightSpec.MOVING_VARIANCE);
    this.moments = new BatchMoments(below, epsilon);
    long rows = Sizes.rows(steps(), place.batch());
    this.z = Blocks.allocate(arena, rows * width());
    this.plain = Blocks.allocate(arena, 2 * rows);
    for (long row = 0; row < rows; row++) {
      plain.setAtIndex(JAVA_FLOAT, 2 * row + 1, 1);
    }
    this.sums = Blocks.allocate(arena, 2L * width());
    this.mean = new RepeatedRow(arena, width());
    this.inverse = new RepeatedRow(arena, width());
    this.gamma = new RepeatedRow(arena, width());
    this.beta = new RepeatedRow(arena, width());
    this.slope = new RepeatedRow(arena, width());
    this.level = new RepeatedRow(arena, width());
    this.tilt = new RepeatedRow(arena, width());
  }

  @Override
  public boolean needsWholeBatch() {
    return true;
  }

  private int column(int part, int parts) {
    return (int) ((long) width() * part / parts);
  }

  @Override
  public void combine(int batch, int part, int parts) {
    int to = column(part + 1, parts);
    int from = column(part, parts);
    moments.of(batch, from, to - from);
    for (int i = from; i < to; i++) {
      float scale = gammaAt == LayerWeights.NONE ? 1 : weights.getAtIndex(JAVA_FLOAT, gammaAt + i);
      float shift = betaAt == LayerWeights.NONE ? 0 : weights.getAtIndex(JAVA_FLOAT, betaAt + i);
      mean.set(i, moments.mean(i));
      inverse.set(i, moments.inverse(i));
      gamma.set(i, scale);
      beta.set(i, shift);
      slope.set(i, scale * moments.inverse(i));
    }
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
    Blocks.copy(below.values(), below.valuesOffset(batch) + at, z, at, rows * width());
    mean.add(rows, -1, z, at);
    inverse.multiply(rows, z, at, z, at);
    gamma.multiply(rows, z, at, output, at);
    beta.add(rows, 1, output, at);
  }

  /** The gradients of the weights too, as dx needs the same sums. */
  @Override
  public void combineGradients(int batch, int part, int parts) {
    int from = column(part, parts);
    int columns = column(part + 1, parts) - from;
    if (columns == 0) {
      return;
    }
    long dgamma = from;
    long dbeta = (long) width() + from;
    Blocks.clear(sums, dgamma, columns);
    Blocks.clear(sums, dbeta, columns);
    long rows = (long) steps() * batch;
    // z is normalized already: what the kernel does to its x leaves it as it is.
    RowNormalization.weights(
        rows, columns, width(), z, from, plain, 0, dOutput, from, sums, dgamma, sums, dbeta);
    long n = moments.count(batch);
    for (int i = from; i < from + columns; i++) {
      tilt.set(i, -mean(sums.getAtIndex(JAVA_FLOAT, i), n));
      level.set(i, -mean(sums.getAtIndex(JAVA_FLOAT, (long) width() + i), n));
    }
    if (gammaAt != LayerWeights.NONE) {
      Blocks.copy(sums, dgamma, gradients, gammaAt + from, columns);
    }
    if (betaAt != LayerWeights.NONE) {
      Blocks.copy(sums, dbeta, gradients, betaAt + from, columns);
    }
  }

  private static float mean(float sum, long n) {
    return n == 0 ? 0 : sum / n;
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (!below.wantsGradient()) {
      return;
    }
    if (rows == batch) {
      backwardRows(0, (long) steps() * batch);
    } else {
      for (int step = 0; step < steps(); step++) {
        backwardRows((long) step * batch + first, rows);
      }
    }
    StepMask mask = below.mask();
    if (mask != null && mask.isPresent()) {
      backwardPadding(mask, batch, first, rows);
    }
  }

  private void backwardRows(long row, long rows) {
    long at = row * width();
    MemorySegment dx = below.gradient();
    tilt.multiply(rows, z, at, dx, at);
    level.add(rows, 1, dx, at);
    AddScaled.apply(rows * width(), 1, dOutput, at, dx, at);
    slope.multiply(rows, dx, at, dx, at);
  }

  private void backwardPadding(StepMask mask, int batch, int first, int rows) {
    for (int step = 0; step < steps(); step++) {
      for (int row = first; row < first + rows; row++) {
        if (mask.isPadded(step, row)) {
          long at = ((long) step * batch + row) * width();
          slope.multiply(1, dOutput, at, below.gradient(), at);
        }
      }
    }
  }

  @Override
  public void accepted() {
    for (int i = 0; i < width(); i++) {
      move(movingMeanAt + i, moments.mean(i));
      move(movingVarianceAt + i, moments.variance(i));
    }
  }

  private void move(long at, float now) {
    double before = weights.getAtIndex(JAVA_FLOAT, at);
    weights.setAtIndex(JAVA_FLOAT, at, (float) (before * momentum + now * (1 - momentum)));
  }

  @Override
  public boolean wantsGradient() {
    boolean learns = gammaAt != LayerWeights.NONE || betaAt != LayerWeights.NONE;
    return learns || below.wantsGradient();
  }
}
