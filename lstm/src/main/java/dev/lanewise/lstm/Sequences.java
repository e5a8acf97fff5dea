package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings sequences into the shape that a model wants, (batch, timesteps, features), and takes the
 * last step out of what it gives.
 *
 * <p>A 2-D tensor is said what its axes mean, by one of three views, which cost nothing and share
 * the memory. For a (10, 5):
 *
 * <ul>
 *   <li>{@link #rows}: rows are time, columns are features: (1, 10, 5)
 *   <li>{@link #columns}: rows are time, each column is a series of its own: (5, 10, 1)
 *   <li>{@link #columnsAsTime}: columns are time, rows are features: (1, 5, 10)
 * </ul>
 *
 * <p>Sequences of unequal length go through {@link #pad(List)}.
 */
public final class Sequences {
  private Sequences() {}

  /**
   * One sequence whose rows are timesteps: (timesteps, features) becomes (1, timesteps, features).
   *
   * @param x (timesteps, features), of any strides. Not modified
   * @return (1, timesteps, features), a view of x
   * @throws IllegalArgumentException when x is not 2-D
   */
  public static Tensor rows(Tensor x) {
    require2d("rows", x);
    return x.expandDims(0);
  }

  /**
   * Several series of one feature, one a column: (timesteps, series) becomes (series, timesteps,
   * 1). Not what {@code reshape(series, timesteps, 1)} gives, which mixes the series.
   *
   * @param x (timesteps, series), of any strides. Not modified
   * @return (series, timesteps, 1), a view of x
   * @throws IllegalArgumentException when x is not 2-D
   */
  public static Tensor columns(Tensor x) {
    require2d("columns", x);
    return x.transpose().expandDims(2);
  }

  /**
   * One sequence whose columns are timesteps: (features, timesteps) becomes (1, timesteps,
   * features). Not what {@code reshape(1, timesteps, features)} gives, which mixes the features.
   *
   * @param x (features, timesteps), of any strides. Not modified
   * @return (1, timesteps, features), a view of x
   * @throws IllegalArgumentException when x is not 2-D
   */
  public static Tensor columnsAsTime(Tensor x) {
    require2d("columnsAsTime", x);
    return x.transpose().expandDims(0);
  }

  /**
   * Makes sequences as long as the longest, with zeros after the last step, and puts them into one
   * tensor. Keras's {@code pad_sequences} puts them before the first step where nothing is said.
   *
   * @param sequences one or more, all (timesteps, features) with the same features, or all
   *     (timesteps); of any strides. Not modified
   * @return a copy, (batch, timesteps, features) or (batch, timesteps), and the lengths
   * @throws IllegalArgumentException when there are none, one is null or has other axes than these,
   *     or they differ in features
   */
  public static Padded pad(List<Tensor> sequences) {
    return pad(sequences, PadOptions.of());
  }

  /**
   * Makes sequences equally long and puts them into one tensor of their element type. Keras's
   * {@code pad_sequences} makes them int32 if nothing is said, and numbers below 1 to 0.
   *
   * @param sequences one or more, all (timesteps, features) with the same features, or all
   *     (timesteps); of any strides. Not modified
   * @param options which ends, how long, which value
   * @return a copy, (batch, timesteps, features) or (batch, timesteps), and the lengths
   * @throws IllegalArgumentException when there are none, one is null or has other axes than these,
   *     or they differ in features
   */
  public static Padded pad(List<Tensor> sequences, PadOptions options) {
    return PadSequences.pad(sequences, options);
  }

  /**
   * Makes sequences of token ids equally long and puts them into one int32 tensor.
   *
   * @param ids one or more sequences, one a row. Copied
   * @param options which ends, how long, which value
   * @return (batch, timesteps) and the lengths
   * @throws IllegalArgumentException when there are none, one is null, or the value to pad with is
   *     no whole number
   */
  public static Padded padIds(int[][] ids, PadOptions options) {
    List<Tensor> sequences = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == null) {
        throw DataErrors.nullSequence(i);
      }
      sequences.add(Tensor.ofInts(ids[i], ids[i].length));
    }
    return pad(sequences, options);
  }

  /**
   * The last of all steps: {@code y.select(1, -1)}. Right where all sequences end there: equally
   * long ones, or ones padded at the front. Where they were padded at the end it is a padding step;
   * {@link #lastStep(Tensor, int...)} takes each one's own.
   *
   * @param y (batch, timesteps, units), of any strides, 1 timestep or more. Not modified
   * @return (batch, units), a view of y
   * @throws IllegalArgumentException when y is not 3-D or has no timesteps
   */
  public static Tensor lastStep(Tensor y) {
    requireSteps(y);
    return y.select(1, -1);
  }

  /**
   * The last step of each sequence's own, {@code y[b, lengths[b] - 1]}, for sequences that were
   * padded at the end. With {@link Padding#PRE} they all end at the last step: {@link
   * #lastStep(Tensor)}.
   *
   * <p>Of the backward half of a bidirectional layer this is what it gives after one step only.
   * What it gives after all of them is at step 0.
   *
   * @param y (batch, timesteps, units), of any strides. Not modified
   * @param lengths one a sample, each from 1 to timesteps: {@link Padded#lengths}
   * @return (batch, units), a copy
   * @throws IllegalArgumentException when y is not 3-D or has no timesteps, the lengths are not one
   *     a sample, or one is out of range
   */
  public static Tensor lastStep(Tensor y, int... lengths) {
    requireSteps(y);
    if (lengths.length != y.dim(0)) {
      throw DataErrors.lengthCount(y.shape(), lengths.length);
    }
    for (int sample = 0; sample < lengths.length; sample++) {
      if (lengths[sample] < 1 || lengths[sample] > y.dim(1)) {
        throw DataErrors.sampleLength(y.shape(), sample, lengths[sample]);
      }
    }
    Tensor last = Tensor.zeros(y.dim(0), y.dim(2));
    for (int sample = 0; sample < lengths.length; sample++) {
      last.select(0, sample).copyFrom(y.select(0, sample).select(0, lengths[sample] - 1L));
    }
    return last;
  }

  private static void require2d(String operation, Tensor x) {
    if (x.rank() != 2) {
      throw DataErrors.sequences(operation, x.shape());
    }
  }

  private static void requireSteps(Tensor y) {
    if (y.rank() != 3 || y.dim(1) == 0) {
      throw DataErrors.lastStep(y.shape());
    }
  }
}
