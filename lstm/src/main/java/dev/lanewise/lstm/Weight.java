package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * One array of numbers of a built {@link Sequential}, in Keras's layout and under Keras's name.
 *
 * <p>{@link #value()} is a live view of the master copy: writing to it changes the model, and
 * {@link Sequential#predict} and {@link Sequential#fit} see the change; a {@link Predictor} or
 * {@link Stream} made before does not. Not synchronised.
 */
public final class Weight {
  private final String name;
  private final Tensor value;
  private final boolean trainable;
  private final long offset;

  /** Over {@code shape.size()} elements of {@code memory} from {@code offset}, in elements. */
  Weight(String name, Shape shape, boolean trainable, MemorySegment memory, long offset) {
    this.name = name;
    this.trainable = trainable;
    this.offset = offset;
    MemorySegment own = memory.asSlice(offset * Float.BYTES, shape.size() * Float.BYTES);
    this.value = Tensor.wrap(own, shape.toArray());
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
   * bias (4 * units), gates i, f, g, o; of a dense kernel (features, units) and bias (units).
   *
   * @return the shape
   */
  public Shape shape() {
    return value.shape();
  }

  /**
   * The master weights, row-major.
   *
   * @return a live view
   */
  public Tensor value() {
    return value;
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
