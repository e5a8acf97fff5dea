package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A strided view of float32 numbers in off-heap memory: a {@link Shape}, and where each element
 * lies.
 *
 * <p>Element {@code (i, j, ..)} is at {@code offset() + i * stride(0) + j * stride(1) + ..}, in
 * elements from the start of {@link #segment()}. New tensors are row-major (the last axis is
 * dense), zeroed or filled, and start at a multiple of 64 bytes.
 *
 * <p><b>Views and copies.</b> {@link #permute}, {@link #transpose}, {@link #slice}, {@link
 * #select}, {@link #unfold}, {@link #expandDims} and {@link #squeeze} are views: they cost nothing
 * and share this tensor's memory, so a write to one shows in the other. {@link #copy}, {@link
 * #pad}, {@link #concat} and {@link #stack} copy. {@link #reshape}, {@link #flatten} and {@link
 * #contiguous} are views where the strides allow and copies where not.
 *
 * <p><b>Memory.</b> A tensor made in an {@link Arena} dies with it. One made without lives until
 * neither it nor a view of it is reachable; so does every copy. To have a result in an arena of
 * your own, make it there with {@link #zeros(Arena, long...)} and fill it with {@link #copyFrom}.
 *
 * <p><b>Axes.</b> Where a method takes an axis, a negative one counts from the end: -1 is the last.
 *
 * <p><b>Errors.</b> Each method says what it rejects. Beside that, every method that touches the
 * memory, {@link #segment()} included, throws {@link IllegalStateException} when the arena was
 * closed and {@link WrongThreadException} when it is confined to another thread; every method that
 * writes throws {@link UnsupportedOperationException} when the memory is read-only.
 *
 * <p><b>Threads.</b> The view itself is immutable and may be shared, and any number of threads may
 * read if the arena lets them. Writes are not synchronised.
 */
public final class Tensor {
  private final MemorySegment segment;
  private final Layout layout;

  private Tensor(MemorySegment segment, Layout layout) {
    this.segment = segment;
    this.layout = layout;
  }

  private static Tensor allocate(String operation, Arena arena, Shape shape) {
    return new Tensor(Memory.allocate(operation, arena, shape), Layout.rowMajor(shape));
  }

  private Tensor view(Layout other) {
    return new Tensor(segment, other);
  }

  /**
   * A new row-major tensor of zeros, which lives until unreachable.
   *
   * @param dims the length of each axis; none for a single number
   * @return the tensor
   * @throws IllegalArgumentException when a length is negative or the size overflows
   * @throws OutOfMemoryError when there is no room
   */
  public static Tensor zeros(long... dims) {
    return zeros(Arena.ofAuto(), dims);
  }

  /**
   * A new row-major tensor of zeros in a caller's arena.
   *
   * @param arena where to allocate; the tensor dies with it
   * @param dims the length of each axis; none for a single number
   * @return the tensor
   * @throws IllegalArgumentException when a length is negative or the size overflows
   * @throws IllegalStateException when the arena was closed
   * @throws WrongThreadException when the arena is confined to another thread
   * @throws OutOfMemoryError when there is no room
   */
  public static Tensor zeros(Arena arena, long... dims) {
    return allocate("Tensor.zeros", arena, Shape.checked("Tensor.zeros", dims));
  }

  /**
   * A new tensor with these values, which lives until unreachable.
   *
   * @param values the elements in row-major order; copied
   * @param dims the length of each axis; a 1-D tensor takes one too, {@code values.length}
   * @return the tensor
   * @throws IllegalArgumentException when the shape has another number of elements
   */
  public static Tensor of(float[] values, long... dims) {
    return of(Arena.ofAuto(), values, dims);
  }

  /**
   * A new tensor with these values in a caller's arena.
   *
   * @param arena where to allocate; the tensor dies with it
   * @param values the elements in row-major order; copied
   * @param dims the length of each axis; a 1-D tensor takes one too, {@code values.length}
   * @return the tensor
   * @throws IllegalArgumentException when the shape has another number of elements
   * @throws IllegalStateException when the arena was closed
   * @throws WrongThreadException when the arena is confined to another thread
   */
  public static Tensor of(Arena arena, float[] values, long... dims) {
    Shape shape = Shape.checked("Tensor.of", dims);
    if (shape.size() != values.length) {
      throw TensorErrors.valueCount(values.length, shape);
    }
    return FromArrays.flat(allocate("Tensor.of", arena, shape), values);
  }

  /**
   * A new 2-D tensor of these rows, which lives until unreachable.
   *
   * @param rows the rows, all as long; copied
   * @return {@code (rows.length, rows[0].length)}; {@code (0, 0)} for no rows
   * @throws IllegalArgumentException when rows differ in length or one is null
   */
  public static Tensor of(float[][] rows) {
    return FromArrays.rows(rows);
  }

  /**
   * A new 3-D tensor of these blocks of rows, which lives until unreachable: for instance samples,
   * each of timesteps, each of features.
   *
   * @param blocks the blocks, all with as many rows, all as long; copied
   * @return {@code (blocks.length, blocks[0].length, blocks[0][0].length)}, with 0 for what is not
   *     there
   * @throws IllegalArgumentException when blocks or rows differ in length or one is null
   */
  public static Tensor of(float[][][] blocks) {
    return FromArrays.blocks(blocks);
  }

  /**
   * A new 1-D tensor of 0, 1, 2, .., which lives until unreachable. Exact up to 2^24, rounded to
   * float32 beyond.
   *
   * @param size the number of elements
   * @return {@code (size)}
   * @throws IllegalArgumentException when the size is negative
   */
  public static Tensor arange(long size) {
    if (size < 0) {
      throw TensorErrors.negativeCount(size);
    }
    Tensor range = allocate("Tensor.arange", Arena.ofAuto(), Shape.of(size));
    for (long i = 0; i < size; i++) {
      range.segment.setAtIndex(JAVA_FLOAT, i, (float) i);
    }
    return range;
  }

  /**
   * A row-major view over a caller's memory, in the byte order of the machine. Copies nothing; the
   * tensor lives as long as the segment, and may not be written to where the segment is read-only.
   *
   * @param segment native or mapped memory of exactly the shape's size, at a multiple of 4 bytes
   * @param dims the length of each axis; none for a single number
   * @return the view
   * @throws IllegalArgumentException when the segment is on the heap, of another size, or not
   *     aligned to 4 bytes, or when the shape is impossible
   */
  public static Tensor wrap(MemorySegment segment, long... dims) {
    Shape shape = Shape.checked("Tensor.wrap", dims);
    return new Tensor(Memory.requireWrappable(segment, shape), Layout.rowMajor(shape));
  }

  /**
   * The lengths of the axes.
   *
   * @return the shape
   */
  public Shape shape() {
    return layout.shape();
  }

  /**
   * The number of axes.
   *
   * @return 0 for a single number, 1 for a vector, 2 for a matrix, and so on
   */
  public int rank() {
    return shape().rank();
  }

  /**
   * The length of an axis.
   *
   * @param axis the axis; -1 is the last
   * @return its length, in elements
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public long dim(int axis) {
    return shape().dim("Tensor.dim", axis);
  }

  /**
   * The number of elements.
   *
   * @return the product of the lengths, 1 for rank 0
   */
  public long size() {
    return shape().size();
  }

  /**
   * Reads an element.
   *
   * @param index one index an axis, each from 0 to the axis's length - 1
   * @return the element
   * @throws IllegalArgumentException when there are more or fewer indices than axes
   * @throws IndexOutOfBoundsException when an index is outside its axis
   */
  public float get(long... index) {
    requireReadable("Tensor.get");
    return segment.getAtIndex(JAVA_FLOAT, layout.position("Tensor.get", index));
  }

  /**
   * Writes an element.
   *
   * @param value what to write
   * @param index one index an axis, each from 0 to the axis's length - 1
   * @throws IllegalArgumentException when there are more or fewer indices than axes
   * @throws IndexOutOfBoundsException when an index is outside its axis
   */
  public void set(float value, long... index) {
    Memory.requireWritable("Tensor.set", segment, shape());
    segment.setAtIndex(JAVA_FLOAT, layout.position("Tensor.set", index), value);
  }

  /**
   * The memory that this tensor is a view of, which may hold more than its elements.
   *
   * @return the segment; not a copy
   */
  public MemorySegment segment() {
    requireReadable("Tensor.segment");
    return segment;
  }

  /**
   * Where the first element is.
   *
   * @return its distance from the start of {@link #segment()}, in elements
   */
  public long offset() {
    return layout.offset();
  }

  /**
   * How far apart neighbours along an axis are.
   *
   * @param axis the axis; -1 is the last
   * @return the distance, in elements; that of a dense layout where the axis has length 1 or the
   *     tensor no elements, so that {@link #isContiguous()} always means row-major strides
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public long stride(int axis) {
    return layout.stride(shape().axis("Tensor.stride", axis));
  }

  /**
   * Whether the elements are one dense row-major run from {@link #offset()} on.
   *
   * @return whether {@link #contiguous()} is this
   */
  public boolean isContiguous() {
    return layout.isRowMajor();
  }

  /**
   * The same elements as one dense row-major run.
   *
   * @return this where {@link #isContiguous()}, else a copy that lives until unreachable
   */
  public Tensor contiguous() {
    return isContiguous() ? this : copyInto("Tensor.contiguous", Arena.ofAuto());
  }

  /**
   * A row-major copy, which lives until unreachable.
   *
   * @return a new tensor of the same shape
   * @throws OutOfMemoryError when there is no room
   */
  public Tensor copy() {
    return copyInto("Tensor.copy", Arena.ofAuto());
  }

  /**
   * A row-major copy in a caller's arena.
   *
   * @param arena where to allocate; the copy dies with it
   * @return a new tensor of the same shape
   * @throws IllegalStateException when this tensor's arena or the given one was closed
   * @throws WrongThreadException when either arena is confined to another thread
   * @throws OutOfMemoryError when there is no room
   */
  public Tensor copy(Arena arena) {
    return copyInto("Tensor.copy", arena);
  }

  private Tensor copyInto(String operation, Arena arena) {
    requireReadable(operation);
    return allocate(operation, arena, shape()).copyFrom(this);
  }

  /**
   * Overwrites the elements of this tensor with another's. Correct also where the two overlap: the
   * result is as if the source had been copied aside first, which is what happens unless both are
   * {@link #isContiguous()}. Allocates nothing where both are, else at most a tile of 16 KiB and
   * the copy aside.
   *
   * @param source a tensor of the same shape, with any strides. Not modified, save where it
   *     overlaps
   * @return this
   * @throws IllegalArgumentException when the shapes differ
   */
  public Tensor copyFrom(Tensor source) {
    if (!shape().equals(source.shape())) {
      throw TensorErrors.copyShapes(shape(), source.shape());
    }
    source.requireReadable("Tensor.copyFrom");
    Memory.requireWritable("Tensor.copyFrom", segment, shape());
    StridedCopy.copy(source.segment, source.layout, segment, layout);
    return this;
  }

  /**
   * Overwrites every element with one value. Allocates nothing.
   *
   * @param value what to write
   * @return this
   */
  public Tensor fill(float value) {
    Memory.requireWritable("Tensor.fill", segment, shape());
    Fill.fill(segment, layout, value);
    return this;
  }

  /**
   * The same elements in the same flat (row-major) order under another shape. A view where the
   * strides allow, which they always do when {@link #isContiguous()}; else a copy that lives until
   * unreachable.
   *
   * <p><b>Flat order is kept, so this never swaps axes.</b> Five series in the columns of a {@code
   * (10, 5)} tensor are not the rows of {@code reshape(5, 10)}: that cuts the flat order into
   * pieces of 10 and scrambles the series. {@link #transpose} and {@link #permute} swap axes.
   *
   * @param dims the new lengths; one may be -1, and is worked out from the rest
   * @return a tensor of that shape
   * @throws IllegalArgumentException when the shape has another number of elements, or more than
   *     one -1, or a -1 that could be anything because the rest has no elements
   */
  public Tensor reshape(long... dims) {
    return reshaped("Tensor.reshape", Reshape.target(shape(), dims));
  }

  private Tensor reshaped(String operation, Shape target) {
    Layout other = layout.reshape(target);
    if (other != null) {
      return view(other);
    }
    Tensor dense = copyInto(operation, Arena.ofAuto());
    return dense.view(Objects.requireNonNull(dense.layout.reshape(target)));
  }

  /**
   * The axes in another order: axis {@code i} of the result is axis {@code axes[i]} of this. A
   * view. {@code (batch, timesteps, features)} becomes {@code (batch, features, timesteps)} by
   * {@code permute(0, 2, 1)}.
   *
   * @param axes each axis once; -1 is the last
   * @return a view of the same elements
   * @throws IllegalArgumentException when an axis is missing or named twice
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor permute(int... axes) {
    return view(layout.permute(Permute.axes(shape(), axes)));
  }

  /**
   * Rows as columns: {@code (m, n)} becomes {@code (n, m)}. A view.
   *
   * @return a view of the same elements
   * @throws IllegalArgumentException when this is not 2-D
   */
  public Tensor transpose() {
    if (rank() != 2) {
      throw TensorErrors.transposeRank(shape());
    }
    return view(layout.permute(new int[] {1, 0}));
  }

  /**
   * A stretch of an axis. A view.
   *
   * @param axis the axis; -1 is the last
   * @param from the first index, 0 or more
   * @param to the index after the last, at most the axis's length; may equal {@code from}
   * @return a view in which the axis is {@code to - from} long
   * @throws IndexOutOfBoundsException when there is no such axis, or not {@code 0 <= from <= to <=
   *     dim(axis)}
   */
  public Tensor slice(int axis, long from, long to) {
    int along = shape().axis("Tensor.slice", axis);
    if (from < 0 || from > to || to > dim(along)) {
      throw TensorErrors.sliceOutside(shape(), along, from, to);
    }
    return view(layout.slice(along, from, to));
  }

  /**
   * One index of an axis, which is dropped. A view: {@code (32, 10, 64).select(1, -1)} is the last
   * timestep, {@code (32, 64)}.
   *
   * @param axis the axis; -1 is the last
   * @param index the index; a negative one counts from the end, -1 is the last
   * @return a view of one axis less
   * @throws IndexOutOfBoundsException when there is no such axis or index
   */
  public Tensor select(int axis, long index) {
    int along = shape().axis("Tensor.select", axis);
    long fromStart = index < 0 ? index + dim(along) : index;
    if (fromStart < 0 || fromStart >= dim(along)) {
      throw TensorErrors.selectOutside(shape(), along, index);
    }
    return view(layout.select(along, fromStart));
  }

  /**
   * Windows that slide along an axis, as {@code torch.Tensor.unfold}, but with the window's own
   * axis right after the one it slides along instead of last: {@code (time, features).unfold(0, 30,
   * 1)} is {@code (time - 29, 30, features)}. A view, however many windows there are. Element
   * {@code (n, i)} of the two axes is index {@code n * step + i} of the axis; what is left at its
   * end and fills no window is dropped.
   *
   * <p>Where {@code step < length}, windows share elements, so that a write to one would change its
   * neighbours. Such a view, its {@link #segment()} and what is derived from it are read-only:
   * writing throws {@link UnsupportedOperationException}. A write to this tensor shows in all
   * windows that hold the element. {@link #copy} gives each window elements of its own.
   *
   * @param axis the axis; -1 is the last
   * @param length how long a window is, from 1 to the axis's length
   * @param step how far apart windows begin, 1 or more
   * @return a view of one axis more, with {@code (dim(axis) - length) / step + 1} windows on the
   *     axis and {@code length} on the next
   * @throws IllegalArgumentException when the length or the step is not allowed, or the windows
   *     have more elements than can be counted
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor unfold(int axis, long length, long step) {
    int along = shape().axis("Tensor.unfold", axis);
    if (length < 1 || step < 1 || length > dim(along)) {
      throw TensorErrors.unfold(shape(), along, length, step);
    }
    MemorySegment shared = step < length ? segment.asReadOnly() : segment;
    return new Tensor(shared, layout.unfold(along, length, step));
  }

  /**
   * Inserts an axis of length 1. A view: {@code (10, 20).expandDims(0)} is {@code (1, 10, 20)}.
   *
   * @param axis which axis of the result is the new one; -1 is the last
   * @return a view of one axis more
   * @throws IndexOutOfBoundsException when the result has no such axis
   */
  public Tensor expandDims(int axis) {
    return view(layout.expandDims(Stack.newAxis("Tensor.expandDims", shape(), axis)));
  }

  /**
   * Drops an axis of length 1. A view.
   *
   * @param axis the axis; -1 is the last
   * @return a view of one axis less
   * @throws IllegalArgumentException when the axis has another length
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor squeeze(int axis) {
    int dropped = shape().axis("Tensor.squeeze", axis);
    if (dim(dropped) != 1) {
      throw TensorErrors.squeezeLength(shape(), dropped);
    }
    return view(layout.squeeze(dropped));
  }

  /**
   * Merges all axes from one on into one: {@code (32, 10, 64).flatten(1)} is {@code (32, 640)}. A
   * view where the strides allow, else a copy that lives until unreachable, as {@link #reshape}.
   *
   * @param fromAxis the first axis to merge; -1 is the last. Rank 0 takes 0 and becomes {@code (1)}
   * @return a tensor of {@code fromAxis + 1} axes
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor flatten(int fromAxis) {
    return reshaped("Tensor.flatten", Reshape.flattened(shape(), fromAxis));
  }

  /**
   * Joins tensors along an axis that they have, in order: {@code (100, 20, 1)} and {@code (100, 20,
   * 3)} along axis 2 are {@code (100, 20, 4)}. Always a copy, which lives until unreachable.
   *
   * @param axis the axis to join along; -1 is the last
   * @param parts one tensor or more, alike in all other axes. Not modified
   * @return a new row-major tensor
   * @throws IllegalArgumentException when there are no parts, or they differ in another axis
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public static Tensor concat(int axis, Tensor... parts) {
    return Concat.concat(axis, parts);
  }

  /**
   * Joins tensors of one shape along a new axis: three {@code (20, 1)} along axis 0 are {@code (3,
   * 20, 1)}. Always a copy, which lives until unreachable.
   *
   * @param axis which axis of the result is the new one; -1 is the last
   * @param parts one tensor or more, all of one shape. Not modified
   * @return a new row-major tensor
   * @throws IllegalArgumentException when there are no parts, or their shapes differ
   * @throws IndexOutOfBoundsException when the result has no such axis
   */
  public static Tensor stack(int axis, Tensor... parts) {
    return Stack.stack(axis, parts);
  }

  /**
   * Lengthens an axis with a value at either end. Always a copy, which lives until unreachable.
   *
   * @param axis the axis; -1 is the last
   * @param before how many to put before it, in elements of that axis, 0 or more
   * @param after how many to put after it, in elements of that axis, 0 or more
   * @param value what to put there
   * @return a new row-major tensor in which the axis is {@code before + dim(axis) + after} long
   * @throws IllegalArgumentException when before or after is negative
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor pad(int axis, long before, long after, float value) {
    requireReadable("Tensor.pad");
    return Pad.pad(this, axis, before, after, value);
  }

  /**
   * The elements in row-major order.
   *
   * @return a new array of {@link #size()} floats
   * @throws IllegalArgumentException when a Java array cannot be that long
   */
  public float[] toArray() {
    requireReadable("Tensor.toArray");
    if (size() > Integer.MAX_VALUE) {
      throw TensorErrors.tooLongForArray(shape());
    }
    return ToArray.toArray(this);
  }

  /**
   * Compares with {@link #allClose(Tensor, double, double)}, relative 1e-5 and absolute 1e-8.
   *
   * @param expected a tensor of the same shape, with any strides. Not modified
   * @return whether all elements are close
   * @throws IllegalArgumentException when the shapes differ
   */
  public boolean allClose(Tensor expected) {
    return allClose(expected, 1e-5, 1e-8);
  }

  /**
   * Compares element by element: {@code |this - expected| <= absolute + relative * |expected|},
   * worked out in double. NaN is close to nothing, an infinity only to itself. With 0 and 0: equal,
   * and -0 equals 0. True where there are no elements.
   *
   * @param expected a tensor of the same shape, with any strides. Not modified
   * @param relative the tolerance as a part of the expected value, 0 or more
   * @param absolute the tolerance as such, 0 or more
   * @return whether all elements are close
   * @throws IllegalArgumentException when the shapes differ or a tolerance is negative or NaN
   */
  public boolean allClose(Tensor expected, double relative, double absolute) {
    if (!shape().equals(expected.shape())) {
      throw TensorErrors.compareShapes(shape(), expected.shape());
    }
    if (!(relative >= 0 && absolute >= 0)) {
      throw TensorErrors.tolerance(relative, absolute);
    }
    requireReadable("Tensor.allClose");
    expected.requireReadable("Tensor.allClose");
    return AllClose.allClose(this, expected, relative, absolute);
  }

  /**
   * The elements in nested brackets, as NumPy prints them; more than 1000 are summarised by the
   * first and last three of each axis, and the shape is written after them.
   *
   * @return the text; where the memory cannot be read (a closed arena, another thread's), the shape
   *     and why
   */
  @Override
  public String toString() {
    if (!segment.scope().isAlive()) {
      return "Tensor " + shape() + ", its Arena closed";
    }
    if (!segment.isAccessibleBy(Thread.currentThread())) {
      return "Tensor " + shape() + ", its Arena confined to another thread";
    }
    return Printing.print(this);
  }

  void requireReadable(String operation) {
    Memory.requireReadable(operation, segment, shape());
  }
}
