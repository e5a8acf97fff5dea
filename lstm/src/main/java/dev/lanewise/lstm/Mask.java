package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says which timesteps of a batch are real and which are padding: (batch, timesteps), as Keras's
 * mask, true to use a step.
 *
 * <p>A padded step leaves the state of an {@link Lstm} as it was and costs next to nothing. It
 * counts neither in a loss nor in a metric. A padded sequence gives the bits that it gives alone,
 * but for a layer above an {@link Lstm} that goes backwards and returns sequences: see {@link
 * Lstm#goBackwards()}. Immutable.
 */
public final class Mask {
  private final LiveSteps steps;

  private Mask(int timesteps, byte[] live) {
    this.steps = new LiveSteps(timesteps, live);
  }

  /**
   * Sequences that begin at step 0 and are padded after their end.
   *
   * @param timesteps the padded length
   * @param lengths how many steps of each sample are real, each 0 to {@code timesteps}
   * @return the mask, (lengths.length, timesteps)
   * @throws IllegalArgumentException when a length is not in that range
   */
  public static Mask ofLengths(int timesteps, int... lengths) {
    return ofLengths(timesteps, lengths, Padding.POST);
  }

  /**
   * Sequences that end at the last step and are padded before their start, as Keras's {@code
   * pad_sequences} does unless told otherwise.
   *
   * @param timesteps the padded length
   * @param lengths how many steps of each sample are real, each 0 to {@code timesteps}
   * @return the mask, (lengths.length, timesteps)
   * @throws IllegalArgumentException when a length is not in that range
   */
  public static Mask ofLengthsAtEnd(int timesteps, int... lengths) {
    return ofLengths(timesteps, lengths, Padding.PRE);
  }

  /** Of sequences that are padded at one end. */
  static Mask ofLengths(int timesteps, int[] lengths, Padding padding) {
    byte[] live = room(lengths.length, timesteps);
    for (int sample = 0; sample < lengths.length; sample++) {
      int length = lengths[sample];
      if (length < 0 || length > timesteps) {
        throw LayerErrors.maskLength(sample, length, timesteps);
      }
      int padded = padding == Padding.PRE ? timesteps - length : 0;
      int from = sample * timesteps + padded;
      Arrays.fill(live, from, from + length, (byte) 1);
    }
    return new Mask(timesteps, live);
  }

  /**
   * Any mask.
   *
   * @param mask (batch, timesteps), 1 to use a step and 0 for padding; float32 of any strides.
   *     Copied
   * @return the mask
   * @throws IllegalArgumentException when it is not 2-D or holds another number
   */
  public static Mask of(Tensor mask) {
    if (mask.rank() != 2) {
      throw LayerErrors.maskRank(mask.shape());
    }
    int timesteps = Sizes.length("Mask.of", "timesteps", mask.dim(1));
    byte[] live = room(Sizes.length("Mask.of", "samples", mask.dim(0)), timesteps);
    float[] values = mask.toArray();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && values[i] != 1) {
        throw LayerErrors.maskValue(values[i], i / timesteps, i % timesteps);
      }
      live[i] = (byte) values[i];
    }
    return new Mask(timesteps, live);
  }

  private static byte[] room(int samples, int timesteps) {
    if (timesteps < 1 || (long) samples * timesteps > Integer.MAX_VALUE - 8) {
      throw LayerErrors.maskSize(samples, timesteps);
    }
    return new byte[samples * timesteps];
  }

  /**
   * How many samples it is for.
   *
   * @return the length of its first axis
   */
  public int samples() {
    return steps.samples();
  }

  /**
   * The padded length.
   *
   * @return the length of its second axis
   */
  public int timesteps() {
    return steps.timesteps();
  }

  /**
   * Whether a step is real.
   *
   * @param sample which sample
   * @param step which of its timesteps
   * @return false for padding
   * @throws IndexOutOfBoundsException when there is no such sample or step
   */
  public boolean uses(int sample, int step) {
    if (step < 0 || step >= timesteps() || sample < 0 || sample >= samples()) {
      throw LayerErrors.maskIndex(this, sample, step);
    }
    return steps.uses(sample, step);
  }

  /**
   * How many steps of each sample are real.
   *
   * @return a new array, one number a sample
   */
  public int[] lengths() {
    int[] lengths = new int[samples()];
    for (int sample = 0; sample < lengths.length; sample++) {
      for (int step = 0; step < timesteps(); step++) {
        lengths[sample] += steps.uses(sample, step) ? 1 : 0;
      }
    }
    return lengths;
  }

  /**
   * The mask as numbers.
   *
   * @return a new tensor (batch, timesteps) of 1 and 0
   */
  public Tensor toTensor() {
    float[] values = new float[samples() * timesteps()];
    for (int i = 0; i < values.length; i++) {
      values[i] = steps.uses(i / timesteps(), i % timesteps()) ? 1 : 0;
    }
    return Tensor.of(values, samples(), timesteps());
  }

  /** The same, as the rooms below read it. */
  LiveSteps steps() {
    return steps;
  }

  /** Those of a mask, where there is one. */
  static @Nullable LiveSteps stepsOf(@Nullable Mask mask) {
    return mask == null ? null : mask.steps;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask && mask.steps.equals(steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  /**
   * The mask in words.
   *
   * @return for instance {@code Mask (3, 15), lengths [15, 10, 12]}
   */
  @Override
  public String toString() {
    return "Mask (" + samples() + ", " + timesteps() + "), lengths " + Arrays.toString(lengths());
  }
}
