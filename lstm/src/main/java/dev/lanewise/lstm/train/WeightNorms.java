package dev.lanewise.lstm.train;

import dev.lanewise.kernels.Scale;
import dev.lanewise.kernels.SumOfSquares;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.memory.Workers;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The Euclidean norm of each weight's gradient. They are summed in chunks of a fixed length, and
 * the chunks in order: the same bits whatever thread takes which chunk.
 */
final class WeightNorms {
  private final MemorySegment gradients;
  private final int[] weight; // by chunk
  private final long[] from; // by chunk
  private final long[] length; // by chunk
  private final double[] sums; // by chunk
  private final double[] squares; // by weight
  private final float[] factors; // by weight
  private final Workers.Task measureTask = this::measure;
  private final Workers.Task scaleTask = this::scale;

  WeightNorms(MemorySegment gradients, ModelWeights weights) {
    List<StoredWeight> trainable = weights.all().stream().filter(StoredWeight::trainable).toList();
    int chunks = trainable.stream().mapToInt(WeightNorms::chunks).sum();
    this.gradients = gradients;
    this.weight = new int[chunks];
    this.from = new long[chunks];
    this.length = new long[chunks];
    this.sums = new double[chunks];
    this.squares = new double[trainable.size()];
    this.factors = new float[trainable.size()];
    int chunk = 0;
    for (int i = 0; i < trainable.size(); i++) {
      long size = trainable.get(i).shape().size();
      for (long at = 0; at < size; at += GradientNorm.CHUNK) {
        weight[chunk] = i;
        from[chunk] = trainable.get(i).offset() + at;
        length[chunk] = Math.min(GradientNorm.CHUNK, size - at);
        chunk++;
      }
    }
  }

  private static int chunks(StoredWeight weight) {
    return (int) Math.ceilDiv(weight.shape().size(), GradientNorm.CHUNK);
  }

  /**
   * Scales the gradient of each weight down where its norm is above a limit.
   *
   * @param limit above 0
   * @return false, and the gradients as they were, when a norm is NaN or overflows
   */
  boolean measureAndClip(Workers workers, double limit) {
    workers.run(Math.min(workers.threads(), sums.length), measureTask);
    for (int i = 0; i < squares.length; i++) {
      squares[i] = 0;
    }
    for (int chunk = 0; chunk < sums.length; chunk++) {
      squares[weight[chunk]] += sums[chunk];
    }
    boolean clips = false;
    for (int i = 0; i < squares.length; i++) {
      if (!Double.isFinite(squares[i])) {
        return false;
      }
      double norm = Math.sqrt(squares[i]);
      factors[i] = norm > limit ? (float) (limit / norm) : 1f;
      clips |= norm > limit;
    }
    if (clips) {
      workers.run(Math.min(workers.threads(), sums.length), scaleTask);
    }
    return true;
  }

  private void measure(int part, int parts) {
    for (int chunk = part; chunk < sums.length; chunk += parts) {
      sums[chunk] = SumOfSquares.apply(length[chunk], gradients, from[chunk]);
    }
  }

  private void scale(int part, int parts) {
    for (int chunk = part; chunk < sums.length; chunk += parts) {
      float factor = factors[weight[chunk]];
      if (factor != 1f) {
        long at = from[chunk];
        Scale.apply(length[chunk], factor, gradients, at, gradients, at);
      }
    }
  }
}
