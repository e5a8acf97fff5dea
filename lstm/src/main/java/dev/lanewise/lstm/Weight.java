package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * One array of numbers of a built {@link Sequential}, in Keras's layout and under Keras's name.
 *
 * <p>{@link #value()} is a live view of the master copy, and {@link #set} changes it. {@link
 * Sequential#predict} and {@link Sequential#fit} see the change. A {@link Predictor} or {@link
 * Stream} made before does not. Not synchronised.
 */
public final class Weight {
  private final String name;
  private final Tensor master;
  private final Tensor value;
  private final boolean trainable;
  private final long offset;
  private final Revision revision;

  /**
   * Over {@code shape.size()} elements of {@code memory} from {@code offset}, in elements.
   *
   * @param revision told of each change
   */
  Weight(
      String name,
      Shape shape,
      boolean trainable,
      MemorySegment memory,
      long offset,
      Revision revision) {
    this.name = name;
    this.trainable = trainable;
    this.offset = offset;
    this.revision = revision;
    MemorySegment own = memory.asSlice(offset * Float.BYTES, shape.size() * Float.BYTES);
    this.master = Tensor.wrap(own, shape.toArray());
    this.value = Tensor.wrap(own.asReadOnly(), shape.toArray());
  }

  /**
   * The layer's name, a slash, and which of its weights this is.
   *
   * @return for instance {@code lstm/kernel}, {@code lstm/recurrent_kernel}, {@code lstm/bias},
   *     {@code dense/kernel}, {@code normalization/mean}
   */
  public String name() {
    return name;
  }

  /**
   * The shape: of an LSTM's kernel (features, 4 * units), recurrent kernel (units, 4 * units) and
   * bias (4 * units), gates i, f, g, o. Of a dense kernel (features, units) and bias (units).
   *
   * @return the shape
   */
  public Shape shape() {
    return value.shape();
  }

  /**
   * The master weights, row-major.
   *
   * @return a live view, read-only: {@link #set} changes them
   */
  public Tensor value() {
    return value;
  }

  /**
   * Changes the weight.
   *
   * @param values the new numbers, of this weight's shape; any strides. Copied. May be a view of a
   *     model's weight
   * @throws IllegalArgumentException when their shape or their type is another
   * @throws IllegalStateException when their arena is closed
   */
  public void set(Tensor values) {
    if (!values.shape().equals(shape())) {
      throw LstmErrors.weightShape(this, values.shape());
    }
    master.copyFrom(values);
    revision.next();
  }

  /**
   * Changes one number of the weight.
   *
   * @param number the new one
   * @param index one index an axis
   * @throws IndexOutOfBoundsException when there is no such place
   */
  public void set(float number, long... index) {
    master.set(number, index);
    revision.next();
  }

  /** The weight's memory, to write its first values to. */
  MemorySegment memory() {
    return master.segment();
  }

  /**
   * Whether {@link Sequential#fit} changes it.
   *
   * @return false for the numbers of a {@link Normalization}
   */
  public boolean trainable() {
    return trainable;
  }

  /** Where it begins in the model's memory, in elements. */
  long offset() {
    return offset;
  }

  /**
   * The weight in words.
   *
   * @return for instance {@code lstm/kernel (128, 256)}
   */
  @Override
  public String toString() {
    return name + " " + shape();
  }
}
