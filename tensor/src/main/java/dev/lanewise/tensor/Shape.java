package dev.lanewise.tensor;

import java.util.Arrays;

/**
 * The lengths of a tensor's axes, outermost first: {@code (batch, timesteps, features)}.
 *
 * <p>A shape of rank 0, written {@code ()}, is that of a single number; an axis may have length 0.
 * Immutable, compared by value, safe to share between threads.
 */
public final class Shape {
  private final long[] dims;
  private final long size;

  private Shape(long[] dims, long size) {
    this.dims = dims;
    this.size = size;
  }

  /**
   * Makes a shape.
   *
   * @param dims the length of each axis, 0 or more, outermost first; none for a single number. Not
   *     modified, not kept
   * @return the shape
   * @throws IllegalArgumentException when a length is negative, or when the element count does not
   *     fit a {@code long}
   */
  public static Shape of(long... dims) {
    return checked("Shape.of", dims);
  }

  /** As {@link #of}, with errors that name the caller's operation. */
  static Shape checked(String operation, long... dims) {
    long[] own = dims.clone();
    long size = 1;
    // Axes of length 0 count as 1 here, so that no stride overflows either.
    long extent = 1;
    for (int axis = 0; axis < own.length; axis++) {
      if (own[axis] < 0) {
        throw ViewErrors.negativeLength(operation, own, axis);
      }
      size = own[axis] == 0 ? 0 : size;
      try {
        extent = Math.multiplyExact(extent, Math.max(1, own[axis]));
      } catch (ArithmeticException overflow) {
        throw ViewErrors.tooManyElements(operation, own);
      }
    }
    return new Shape(own, size == 0 ? 0 : extent);
  }

  /**
   * The number of axes.
   *
   * @return 0 for a single number, 1 for a vector, 2 for a matrix, and so on
   */
  public int rank() {
    return dims.length;
  }

  /**
   * The length of an axis.
   *
   * @param axis the axis; a negative one counts from the end, -1 is the last
   * @return its length, in elements
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public long dim(int axis) {
    return dim("Shape.dim", axis);
  }

  /** As {@link #dim(int)}, with errors that name the caller's operation. */
  long dim(String operation, int axis) {
    return dims[axis(operation, axis)];
  }

  /**
   * The number of elements: the product of the lengths, 1 for rank 0.
   *
   * @return the number of elements
   */
  public long size() {
    return size;
  }

  /**
   * The lengths of the axes.
   *
   * @return a new array, outermost axis first
   */
  public long[] toArray() {
    return dims.clone();
  }

  /** Turns an axis that may count from the end into one that counts from the start. */
  int axis(String operation, int axis) {
    int fromStart = axis < 0 ? axis + dims.length : axis;
    if (fromStart < 0 || fromStart >= dims.length) {
      throw ViewErrors.noSuchAxis(operation, this, axis);
    }
    return fromStart;
  }

  /** The index of the element at a place of the row-major order. */
  long[] index(long flat) {
    long[] index = new long[dims.length];
    long rest = flat;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = rest % dims[axis];
      rest /= dims[axis];
    }
    return index;
  }

  /** This shape with one axis of another length. */
  Shape with(String operation, int axis, long length) {
    long[] changed = dims.clone();
    changed[axis] = length;
    return checked(operation, changed);
  }

  /**
   * Compares by value.
   *
   * @param other any object
   * @return whether {@code other} is a shape with the same lengths in the same order
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dims, that.dims);
  }

  /**
   * A hash of the lengths.
   *
   * @return a value equal for equal shapes
   */
  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /**
   * The lengths in parentheses.
   *
   * @return for instance {@code (32, 10, 128)}, {@code (5)}, or {@code ()} for rank 0
   */
  @Override
  public String toString() {
    return text(dims);
  }

  static String text(long... dims) {
    String list = Arrays.toString(dims);
    return "(" + list.substring(1, list.length() - 1) + ")";
  }
}
