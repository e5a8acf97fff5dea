package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Objects;

/**
 * One array of numbers of a built {@link Sequential}, in Keras's layout and under Keras's name.
 *
 * <p>{@link #value()} is a live view of the master copy, and {@link #set} changes it. {@link
 * Sequential#predict} and {@link Sequential#fit} see the change. A {@link Predictor} or {@link
 * Stream} made before does not. Not synchronised.
 */
public final class Weight {
  private final StoredWeight stored;

  Weight(StoredWeight stored) {
    this.stored = stored;
  }

  /** Where it lies. */
  StoredWeight stored() {
    return stored;
  }

  /**
   * The layer's name, a slash, and which of its weights this is.
   *
   * @return for instance {@code lstm/kernel}, {@code lstm/recurrent_kernel}, {@code lstm/bias},
   *     {@code dense/kernel}, {@code normalization/mean}
   */
  public String name() {
    return stored.name();
  }

  /**
   * The shape: of an LSTM's kernel (features, 4 * units), recurrent kernel (units, 4 * units) and
   * bias (4 * units), gates i, f, g, o. Of a dense kernel (features, units) and bias (units).
   *
   * @return the shape
   */
  public Shape shape() {
    return stored.shape();
  }

  /**
   * The master weights, row-major.
   *
   * @return a live view, read-only: {@link #set} changes them
   */
  public Tensor value() {
    return stored.value();
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
    stored.set(values);
  }

  /**
   * Changes some of the weight's numbers: those from one on, in row-major order. So a large weight
   * can be read in pieces.
   *
   * @param from which number is the first, 0 for the first of all
   * @param values (n), any strides. Copied
   * @throws IllegalArgumentException when values has other axes than one, or another type
   * @throws IndexOutOfBoundsException when there are fewer than {@code from + n} numbers
   * @throws IllegalStateException when their arena is closed
   */
  public void setPart(long from, Tensor values) {
    if (values.rank() != 1) {
      throw LstmErrors.weightPart(this, values.shape());
    }
    Objects.checkFromIndexSize(from, values.size(), shape().size());
    stored.setPart(from, values);
  }

  /**
   * Changes one number of the weight.
   *
   * @param number the new one
   * @param index one index an axis
   * @throws IndexOutOfBoundsException when there is no such place
   */
  public void set(float number, long... index) {
    stored.set(number, index);
  }

  /**
   * Whether {@link Sequential#fit} changes it.
   *
   * @return false for the numbers of a {@link Normalization}
   */
  public boolean trainable() {
    return stored.trainable();
  }

  /**
   * The weight in words.
   *
   * @return for instance {@code lstm/kernel (128, 256)}
   */
  @Override
  public String toString() {
    return name() + " " + shape();
  }
}
