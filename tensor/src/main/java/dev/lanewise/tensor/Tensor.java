package dev.lanewise.tensor;

import static dev.lanewise.tensor.ElementType.FLOAT32;
import static dev.lanewise.tensor.ElementType.INT32;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * A strided view of float32 or int32 numbers in off-heap memory: a {@link Shape}, an {@link
 * ElementType}, and where each element lies.
 *
 * <p>Element {@code (i, j, ..)} is at {@code offset() + i * stride(0) + j * stride(1) + ..}, in
 * elements from the start of {@link #segment()}. New tensors are row-major (the last axis is
 * dense), zeroed or filled, and start at a multiple of 64 bytes.
 *
 * <p><b>Views and copies.</b> {@link #permute}, {@link #transpose}, {@link #slice}, {@link #flip},
 * {@link #select}, {@link #expandDims}, {@link #squeeze}, {@link #split}, {@link #splitSizes},
 * {@link #unfold} and {@link #broadcastTo} are views: they cost nothing and share this tensor's
 * memory, so a write to one shows in the other. {@link #copy}, {@link #pad}, {@link #padEdge},
 * {@link #padReflect}, {@link #gather}, {@link #tile}, {@link #concat} and {@link #stack} copy.
 * {@link #reshape}, {@link #flatten} and {@link #contiguous} are views where the strides allow and
 * copies where not.
 *
 * <p><b>Types.</b> What moves elements works for both types, keeps the type and every bit. Nothing
 * converts silently: {@link #get}, {@link #set}, {@link #fill} and {@link #toArray} are for
 * float32, {@link #getInt}, {@link #setInt}, {@link #fillInt} and {@link #toIntArray} for int32,
 * and throw {@link IllegalStateException} for the other; {@link #toFloat} and {@link #toInt}
 * convert.
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
 * writes throws {@link UnsupportedOperationException} when the memory is read-only, which that of a
 * {@link #broadcastTo} view is.
 *
 * <p><b>Threads.</b> The view itself is immutable and may be shared, and any number of threads may
 * read if the arena lets them. Writes are not synchronised.
 */
public final class Tensor {
  private final MemorySegment segment;
  private final ElementType type;
  private final Layout layout;

  private Tensor(MemorySegment segment, ElementType type, Layout layout) {
    this.segment = segment;
    this.type = type;
    this.layout = layout;
  }

  /** Zeroed and row-major. */
  static Tensor allocate(String operation, ElementType type, Arena arena, Shape shape) {
    return new Tensor(Memory.allocate(operation, arena, shape), type, Layout.rowMajor(shape));
  }

  private Tensor view(Layout other) {
    return new Tensor(segment, type, other);
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
    return allocate("Tensor.zeros", FLOAT32, arena, Shape.checked("Tensor.zeros", dims));
  }

  /**
   * A new row-major int32 tensor of zeros, which lives until unreachable.
   *
   * @param dims the length of each axis; none for a single number
   * @return the tensor
   * @throws IllegalArgumentException when a length is negative or the size overflows
   * @throws OutOfMemoryError when there is no room
   */
  public static Tensor intZeros(long... dims) {
    return intZeros(Arena.ofAuto(), dims);
  }

  /**
   * A new row-major int32 tensor of zeros in a caller's arena.
   *
   * @param arena where to allocate; the tensor dies with it
   * @param dims the length of each axis; none for a single number
   * @return the tensor
   * @throws IllegalArgumentException when a length is negative or the size overflows
   * @throws IllegalStateException when the arena was closed
   * @throws WrongThreadException when the arena is confined to another thread
   * @throws OutOfMemoryError when there is no room
   */
  public static Tensor intZeros(Arena arena, long... dims) {
    return allocate("Tensor.intZeros", INT32, arena, Shape.checked("Tensor.intZeros", dims));
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
      throw TensorErrors.valueCount("Tensor.of", values.length, shape);
    }
    return FromArrays.flat(allocate("Tensor.of", FLOAT32, arena, shape), values);
  }

  /**
   * A new int32 tensor with these values, which lives until unreachable.
   *
   * @param values the elements in row-major order; copied
   * @param dims the length of each axis; a 1-D tensor takes one too, {@code values.length}
   * @return the tensor
   * @throws IllegalArgumentException when the shape has another number of elements
   */
  public static Tensor ofInts(int[] values, long... dims) {
    return ofInts(Arena.ofAuto(), values, dims);
  }

  /**
   * A new int32 tensor with these values in a caller's arena.
   *
   * @param arena where to allocate; the tensor dies with it
   * @param values the elements in row-major order; copied
   * @param dims the length of each axis; a 1-D tensor takes one too, {@code values.length}
   * @return the tensor
   * @throws IllegalArgumentException when the shape has another number of elements
   * @throws IllegalStateException when the arena was closed
   * @throws WrongThreadException when the arena is confined to another thread
   */
  public static Tensor ofInts(Arena arena, int[] values, long... dims) {
    Shape shape = Shape.checked("Tensor.ofInts", dims);
    if (shape.size() != values.length) {
      throw TensorErrors.valueCount("Tensor.ofInts", values.length, shape);
    }
    return FromArrays.flat(allocate("Tensor.ofInts", INT32, arena, shape), values);
  }

  /**
   * A new 2-D int32 tensor of these rows, which lives until unreachable: for instance sentences,
   * each of token ids.
   *
   * @param rows the rows, all as long; copied
   * @return {@code (rows.length, rows[0].length)}; {@code (0, 0)} for no rows
   * @throws IllegalArgumentException when rows differ in length or one is null
   */
  public static Tensor ofInts(int[][] rows) {
    return FromArrays.rows(rows);
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
    Tensor range = allocate("Tensor.arange", FLOAT32, Arena.ofAuto(), Shape.of(size));
    for (long i = 0; i < size; i++) {
      range.segment.setAtIndex(JAVA_FLOAT, i, (float) i);
    }
    return range;
  }

  /**
   * A row-major float32 view over a caller's memory, in the byte order of the machine. Copies
   * nothing; the tensor lives as long as the segment, and may not be written to where the segment
   * is read-only.
   *
   * @param segment native or mapped memory of exactly the shape's size, at a multiple of 4 bytes
   * @param dims the length of each axis; none for a single number
   * @return the view
   * @throws IllegalArgumentException when the segment is on the heap, of another size, or not
   *     aligned to 4 bytes, or when the shape is impossible
   */
  public static Tensor wrap(MemorySegment segment, long... dims) {
    Shape shape = Shape.checked("Tensor.wrap", dims);
    return new Tensor(Memory.requireWrappable(segment, shape), FLOAT32, Layout.rowMajor(shape));
  }

  /**
   * What the elements are.
   *
   * @return the type
   */
  public ElementType type() {
    return type;
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
   * Reads an element of a float32 tensor.
   *
   * @param index one index an axis, each from 0 to the axis's length - 1
   * @return the element
   * @throws IllegalArgumentException when there are more or fewer indices than axes
   * @throws IndexOutOfBoundsException when an index is outside its axis
   * @throws IllegalStateException when this is int32
   */
  public float get(long... index) {
    requireType(FLOAT32, "Tensor.get", "getInt");
    requireReadable("Tensor.get");
    return segment.getAtIndex(JAVA_FLOAT, layout.position("Tensor.get", index));
  }

  /**
   * Reads an element of an int32 tensor.
   *
   * @param index one index an axis, each from 0 to the axis's length - 1
   * @return the element
   * @throws IllegalArgumentException when there are more or fewer indices than axes
   * @throws IndexOutOfBoundsException when an index is outside its axis
   * @throws IllegalStateException when this is float32
   */
  public int getInt(long... index) {
    requireType(INT32, "Tensor.getInt", "get");
    requireReadable("Tensor.getInt");
    return bits("Tensor.getInt", index);
  }

  /** The bits of an element, of whichever type. */
  int bits(String operation, long... index) {
    return segment.getAtIndex(JAVA_INT, layout.position(operation, index));
  }

  /**
   * Writes an element of a float32 tensor.
   *
   * @param value what to write
   * @param index one index an axis, each from 0 to the axis's length - 1
   * @throws IllegalArgumentException when there are more or fewer indices than axes
   * @throws IndexOutOfBoundsException when an index is outside its axis
   * @throws IllegalStateException when this is int32
   */
  public void set(float value, long... index) {
    requireType(FLOAT32, "Tensor.set", "setInt");
    requireWritable("Tensor.set");
    segment.setAtIndex(JAVA_FLOAT, layout.position("Tensor.set", index), value);
  }

  /**
   * Writes an element of an int32 tensor.
   *
   * @param value what to write
   * @param index one index an axis, each from 0 to the axis's length - 1
   * @throws IllegalArgumentException when there are more or fewer indices than axes
   * @throws IndexOutOfBoundsException when an index is outside its axis
   * @throws IllegalStateException when this is float32
   */
  public void setInt(int value, long... index) {
    requireType(INT32, "Tensor.setInt", "set");
    requireWritable("Tensor.setInt");
    segment.setAtIndex(JAVA_INT, layout.position("Tensor.setInt", index), value);
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
   * Where the first element is: the one whose indices are all 0. Others may lie before it, where a
   * stride is negative.
   *
   * @return its distance from the start of {@link #segment()}, in elements
   */
  public long offset() {
    return layout.offset();
  }

  /**
   * How far it is from one element along an axis to the next.
   *
   * @param axis the axis; -1 is the last
   * @return the distance, in elements, negative along a reversed axis; that of a dense layout where
   *     the axis has length 1 or the tensor no elements, so that {@link #isContiguous()} always
   *     means row-major strides
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
    return isContiguous() ? this : copyInto("Tensor.contiguous");
  }

  /**
   * A row-major copy, which lives until unreachable.
   *
   * @return a new tensor of the same shape
   * @throws OutOfMemoryError when there is no room
   */
  public Tensor copy() {
    return copyInto("Tensor.copy");
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

  Tensor copyInto(String operation) {
    return copyInto(operation, Arena.ofAuto());
  }

  private Tensor copyInto(String operation, Arena arena) {
    requireReadable(operation);
    return allocate(operation, type, arena, shape()).copyFrom(this);
  }

  /** Copies to a tensor of the same shape, of whichever type. */
  void copyBitsTo(Tensor target) {
    StridedCopy.copy(segment, layout, target.segment, target.layout);
  }

  /**
   * Overwrites the elements of this tensor with another's. Correct also where the two overlap: the
   * result is as if the source had been copied aside first, which is what happens unless both are
   * {@link #isContiguous()}. Allocates nothing where both are, else at most a tile of 16 KiB and
   * the copy aside.
   *
   * @param source a tensor of the same shape and type, with any strides. Not modified, save where
   *     it overlaps
   * @return this
   * @throws IllegalArgumentException when the shapes or the types differ
   */
  public Tensor copyFrom(Tensor source) {
    if (!shape().equals(source.shape())) {
      throw ViewErrors.copyShapes(shape(), source.shape());
    }
    if (type != source.type) {
      throw TypeErrors.copyTypes(type, source.type);
    }
    source.requireReadable("Tensor.copyFrom");
    requireWritable("Tensor.copyFrom");
    source.copyBitsTo(this);
    return this;
  }

  /**
   * Whether a write to this may show in another, or the other way round: for whoever writes a
   * result while reading the input. Never no where they share an element. Yes also of views that
   * share none, where their strides are of no common order; never of slices, columns, steps and
   * flips that lie apart.
   *
   * @param other a tensor of any shape, type and strides. Not modified
   * @return false where they have no element in common for certain
   */
  public boolean mayShareMemory(Tensor other) {
    requireReadable("Tensor.mayShareMemory");
    other.requireReadable("Tensor.mayShareMemory");
    return Overlap.of(layout, other.layout, distance(other));
  }

  /**
   * Whether another is a view of the same elements in the same order; axes of length 1 do not
   * count.
   *
   * @param other a tensor of any shape, type and strides. Not modified
   * @return whether each element of the one is that of the other
   */
  public boolean isSameView(Tensor other) {
    requireReadable("Tensor.isSameView");
    other.requireReadable("Tensor.isSameView");
    return Overlap.same(layout, other.layout, distance(other));
  }

  /** From the start of this one's memory to that of another's, in elements. */
  private long distance(Tensor other) {
    return (other.segment.address() - segment.address()) / Float.BYTES;
  }

  /**
   * Overwrites every element of a float32 tensor with one value. Allocates nothing.
   *
   * @param value what to write
   * @return this
   * @throws IllegalStateException when this is int32
   */
  public Tensor fill(float value) {
    requireType(FLOAT32, "Tensor.fill", "fillInt");
    requireWritable("Tensor.fill");
    fillBits(Float.floatToRawIntBits(value));
    return this;
  }

  /**
   * Overwrites every element of an int32 tensor with one value. Allocates nothing.
   *
   * @param value what to write
   * @return this
   * @throws IllegalStateException when this is float32
   */
  public Tensor fillInt(int value) {
    requireType(INT32, "Tensor.fillInt", "fill");
    requireWritable("Tensor.fillInt");
    fillBits(value);
    return this;
  }

  /** Overwrites every element, of whichever type, with these bits. */
  void fillBits(int bits) {
    Fill.fill(segment, layout, bits);
  }

  /**
   * This where it is float32, else a float32 copy, which lives until unreachable. Whole numbers
   * beyond 2^24 are rounded to the nearest float32.
   *
   * @return a float32 tensor of the same shape
   */
  public Tensor toFloat() {
    return type == FLOAT32 ? this : Convert.toFloat(this);
  }

  /**
   * This where it is int32, else an int32 copy, which lives until unreachable. Exact: what is no
   * int is refused.
   *
   * @return an int32 tensor of the same shape
   * @throws IllegalArgumentException when an element is not a whole number, or outside the range of
   *     an int
   */
  public Tensor toInt() {
    return type == INT32 ? this : Convert.toInt(this);
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
    Tensor dense = copyInto(operation);
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
      throw ViewErrors.transposeRank(shape());
    }
    return view(layout.permute(new int[] {1, 0}));
  }

  /**
   * A stretch of an axis. A view. {@code slice(1, 0, -1)} drops the last of axis 1, {@code slice(1,
   * -3, dim(1))} keeps the last three.
   *
   * @param axis the axis; -1 is the last
   * @param from the first index, from 0 to the axis's length; a negative one counts from the end
   * @param to the index after the last, likewise; may equal {@code from}
   * @return a view in which the axis is {@code to - from} long
   * @throws IndexOutOfBoundsException when there is no such axis, an index is outside it, or {@code
   *     from} comes after {@code to}
   */
  public Tensor slice(int axis, long from, long to) {
    return slice(axis, from, to, 1);
  }

  /**
   * Every so many-th index of a stretch of an axis, up or down. A view. As Python's {@code
   * x[from:to:step]}, but that what is out of range is an error: {@code slice(0, 1, 10, 3)} is 1, 4
   * and 7; {@code slice(0, 4, 1, -1)} is 4, 3 and 2.
   *
   * <p>Down to index 0, {@code to} is the place before it, {@code -dim(axis) - 1}, for -1 is the
   * last index: {@code slice(0, 4, -11, -2)} of an axis of length 10 is 4, 2 and 0. {@link #flip}
   * is the whole axis from its end.
   *
   * @param axis the axis; -1 is the last
   * @param from the first index; a negative one counts from the end
   * @param to the index to stop before, likewise; may equal {@code from}
   * @param step the distance from one index to the next: 1 or more to walk up, -1 or less to walk
   *     down
   * @return a view in which the axis has length {@code |to - from| / |step|}, rounded up
   * @throws IllegalArgumentException when the step is 0
   * @throws IndexOutOfBoundsException when there is no such axis, an index is outside it, or {@code
   *     to} is not in the direction of the step
   */
  public Tensor slice(int axis, long from, long to, long step) {
    return view(layout.slice(Slice.of(shape(), axis, from, to, step)));
  }

  /**
   * An axis in reverse: index 0 of the result is the last of this. A view.
   *
   * @param axis the axis; -1 is the last
   * @return a view of the same shape
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor flip(int axis) {
    int along = shape().axis("Tensor.flip", axis);
    return view(layout.slice(new Slice(along, dim(along) - 1, dim(along), -1)));
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
      throw ViewErrors.selectOutside(shape(), along, index);
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
      throw ViewErrors.unfold(shape(), along, length, step);
    }
    MemorySegment shared = step < length ? segment.asReadOnly() : segment;
    return new Tensor(shared, type, layout.unfold(along, length, step));
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
      throw ViewErrors.squeezeLength(shape(), dropped);
    }
    return view(layout.squeeze(dropped));
  }

  /**
   * Drops every axis of length 1. A view.
   *
   * @return a view of as many axes as are longer than 1 or empty; this where none is dropped
   */
  public Tensor squeeze() {
    Tensor squeezed = this;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      squeezed = dim(axis) == 1 ? squeezed.squeeze(axis) : squeezed;
    }
    return squeezed;
  }

  /**
   * Cuts an axis into parts of equal length. Views: {@code (6, 4).split(0, 3)} are three of {@code
   * (2, 4)}.
   *
   * @param axis the axis; -1 is the last
   * @param parts how many, 1 or more; a divisor of the axis's length
   * @return an unmodifiable list of views, in order
   * @throws IllegalArgumentException when parts is below 1 or no divisor of the length
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public List<Tensor> split(int axis, int parts) {
    return Split.equal(this, axis, parts);
  }

  /**
   * Cuts an axis into parts of these lengths. Views: {@code (10, 4).splitSizes(0, 7, 3)} are {@code
   * (7, 4)} and {@code (3, 4)}.
   *
   * @param axis the axis; -1 is the last
   * @param lengths of each part, 0 or more, in elements of that axis; together the axis's length
   * @return an unmodifiable list of views, in order
   * @throws IllegalArgumentException when a length is negative, or they do not add up
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public List<Tensor> splitSizes(int axis, long... lengths) {
    return Split.sizes(this, axis, lengths);
  }

  /**
   * The same elements stretched over a larger shape, as NumPy broadcasts: axes of length 1 take any
   * length, new axes come before the first. A view, whose strides along stretched axes are 0; it is
   * read-only, {@link #segment()} included, since several of its elements are one. {@code (3,
   * 1).broadcastTo(2, 3, 4)} shows each number 8 times.
   *
   * @param dims the new lengths
   * @return a view of that shape; this where it is the shape already
   * @throws IllegalArgumentException when there are fewer axes, or one that is not 1 long would
   *     change its length
   */
  public Tensor broadcastTo(long... dims) {
    Shape target = Broadcast.target(shape(), dims);
    return target.equals(shape())
        ? this
        : new Tensor(segment.asReadOnly(), type, layout.broadcast(target));
  }

  /**
   * Repeats the tensor along its axes: {@code (2, 3).tile(2, 1)} is {@code (4, 3)}, the rows in
   * order twice. Always a copy, which lives until unreachable.
   *
   * @param repeats how often, 0 or more, one number an axis
   * @return a new row-major tensor, axis {@code i} of which is {@code repeats[i] * dim(i)} long
   * @throws IllegalArgumentException when there are more or fewer numbers than axes, one is
   *     negative, or the size overflows
   */
  public Tensor tile(long... repeats) {
    requireReadable("Tensor.tile");
    return Tile.tile(this, repeats);
  }

  /**
   * The named indices of an axis, in the order named. Always a copy, which lives until unreachable:
   * {@code (5, 4).gather(0, 4, 0, 0)} is {@code (3, 4)}, the last row and the first twice.
   *
   * @param axis the axis; -1 is the last
   * @param indices of that axis, any number of times; a negative one counts from the end
   * @return a new row-major tensor in which the axis is {@code indices.length} long
   * @throws IndexOutOfBoundsException when there is no such axis or index
   */
  public Tensor gather(int axis, int... indices) {
    return Gather.gather(this, axis, indices, Shape.of(indices.length));
  }

  /**
   * The named indices of an axis, as NumPy's {@code take}: the shape of the indices takes the place
   * of the axis. Always a copy, which lives until unreachable. A table of embeddings {@code (words,
   * units)} and token ids {@code (batch, timesteps)} along axis 0 are {@code (batch, timesteps,
   * units)}.
   *
   * @param axis the axis; -1 is the last
   * @param indices int32, of any shape, of that axis; a negative one counts from the end. Not
   *     modified
   * @return a new row-major tensor of {@code rank() - 1 + indices.rank()} axes
   * @throws IllegalArgumentException when the indices are not int32
   * @throws IndexOutOfBoundsException when there is no such axis or index
   */
  public Tensor gather(int axis, Tensor indices) {
    return Gather.gather(this, axis, indices);
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
   * @param parts one tensor or more, of one type, alike in all other axes. Not modified
   * @return a new row-major tensor
   * @throws IllegalArgumentException when there are no parts, one is a single number, or they
   *     differ in another axis or in type
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
   * @param parts one tensor or more, all of one shape and type. Not modified
   * @return a new row-major tensor
   * @throws IllegalArgumentException when there are no parts, or their shapes or types differ
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
   * @param value what to put there; for int32 a whole number between -2^24 and 2^24, beyond which a
   *     float may be a rounded int
   * @return a new row-major tensor in which the axis is {@code before + dim(axis) + after} long
   * @throws IllegalArgumentException when before or after is negative, or this is int32 and the
   *     value no such number
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor pad(int axis, long before, long after, float value) {
    requireReadable("Tensor.pad");
    return Pad.pad(this, axis, before, after, value);
  }

  /**
   * Overwrites the elements of this tensor with a shorter one's and a value around it, as {@link
   * #pad(int, long, long, float)} makes them. Allocates nothing where both are {@link
   * #isContiguous()}.
   *
   * @param axis the axis along which the source is shorter; -1 is the last
   * @param source a tensor of this type, alike in all other axes, with any strides. Not modified;
   *     shares no memory with this, unless it is the very part that it is copied to
   * @param before where along the axis it begins: 0 to {@code dim(axis) - source.dim(axis)}
   * @param value what to put before and after it; for int32 as in {@link #pad(int, long, long,
   *     float)}
   * @return this
   * @throws IllegalArgumentException when the source does not fit there, is of another type, or
   *     shares memory with this, or this is int32 and the value no whole number between -2^24 and
   *     2^24
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor copyPadded(int axis, Tensor source, long before, float value) {
    source.requireReadable("Tensor.copyPadded");
    Memory.requireWritable("Tensor.copyPadded", segment, shape());
    Pad.into(this, axis, source, before, value);
    return this;
  }

  /**
   * Lengthens every axis with a value at either end, as {@code numpy.pad}. Always a copy, which
   * lives until unreachable: {@code (3, 4).pad(new long[][] {{1, 0}, {0, 2}}, 0)} is {@code (4,
   * 6)}.
   *
   * @param beforeAfter for each axis how many to put before and after it, 0 or more
   * @param value what to put there; for int32 as in {@link #pad(int, long, long, float)}
   * @return a new row-major tensor
   * @throws IllegalArgumentException when there is not one pair an axis, a number is negative, or
   *     this is int32 and the value no whole number between -2^24 and 2^24
   */
  public Tensor pad(long[][] beforeAfter, float value) {
    requireReadable("Tensor.pad");
    return Pad.pad(this, beforeAfter, value);
  }

  /**
   * Lengthens an axis by repeating what is at its ends, as {@code numpy.pad} with {@code
   * mode="edge"}: {@code [1 2 3]} with 2 before and 1 after is {@code [1 1 1 2 3 3]}. Always a
   * copy, which lives until unreachable.
   *
   * @param axis the axis; -1 is the last
   * @param before how many to put before it, in elements of that axis, 0 or more
   * @param after how many to put after it, in elements of that axis, 0 or more
   * @return a new row-major tensor in which the axis is {@code before + dim(axis) + after} long
   * @throws IllegalArgumentException when before or after is negative, or the axis is empty and is
   *     to be lengthened
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor padEdge(int axis, long before, long after) {
    requireReadable("Tensor.padEdge");
    return PadEdge.pad(this, axis, before, after);
  }

  /**
   * Lengthens an axis by its mirror image at either end, the edge not repeated, as {@code
   * numpy.pad} with {@code mode="reflect"}: {@code [1 2 3]} with 2 before and 1 after is {@code [3
   * 2 1 2 3 2]}. Always a copy, which lives until unreachable.
   *
   * @param axis the axis; -1 is the last
   * @param before how many to put before it, in elements of that axis, from 0 to its length - 1
   * @param after how many to put after it, in elements of that axis, from 0 to its length - 1
   * @return a new row-major tensor in which the axis is {@code before + dim(axis) + after} long
   * @throws IllegalArgumentException when before or after is negative, or there are not so many to
   *     reflect
   * @throws IndexOutOfBoundsException when there is no such axis
   */
  public Tensor padReflect(int axis, long before, long after) {
    requireReadable("Tensor.padReflect");
    return PadReflect.pad(this, axis, before, after);
  }

  /**
   * The elements of a float32 tensor in row-major order.
   *
   * @return a new array of {@link #size()} floats
   * @throws IllegalArgumentException when a Java array cannot be that long
   * @throws IllegalStateException when this is int32
   */
  public float[] toArray() {
    requireType(FLOAT32, "Tensor.toArray", "toIntArray");
    requireReadable("Tensor.toArray");
    return ToArray.toArray(this);
  }

  /**
   * The elements of an int32 tensor in row-major order.
   *
   * @return a new array of {@link #size()} ints
   * @throws IllegalArgumentException when a Java array cannot be that long
   * @throws IllegalStateException when this is float32
   */
  public int[] toIntArray() {
    requireType(INT32, "Tensor.toIntArray", "toArray");
    requireReadable("Tensor.toIntArray");
    return ToArray.toIntArray(this);
  }

  /**
   * Compares with {@link #allClose(Tensor, double, double)}, relative 1e-5 and absolute 1e-8.
   *
   * @param expected a tensor of the same shape and type, with any strides. Not modified
   * @return whether all elements are close; for int32, equal
   * @throws IllegalArgumentException when the shapes or the types differ
   */
  public boolean allClose(Tensor expected) {
    return allClose(expected, 1e-5, 1e-8);
  }

  /**
   * Compares element by element: {@code |this - expected| <= absolute + relative * |expected|},
   * worked out in double. NaN is close to nothing, an infinity only to itself. With 0 and 0: equal,
   * and -0 equals 0. True where there are no elements. Elements of int32 must be equal, whatever
   * the tolerance.
   *
   * @param expected a tensor of the same shape and type, with any strides. Not modified
   * @param relative the tolerance as a part of the expected value, 0 or more
   * @param absolute the tolerance as such, 0 or more
   * @return whether all elements are close
   * @throws IllegalArgumentException when the shapes or the types differ, or a tolerance is
   *     negative or NaN
   */
  public boolean allClose(Tensor expected, double relative, double absolute) {
    if (!shape().equals(expected.shape())) {
      throw ViewErrors.compareShapes(shape(), expected.shape());
    }
    if (type != expected.type) {
      throw TypeErrors.compareTypes("Tensor.allClose", type, expected.type);
    }
    if (!(relative >= 0 && absolute >= 0)) {
      throw ViewErrors.tolerance(relative, absolute);
    }
    requireReadable("Tensor.allClose");
    expected.requireReadable("Tensor.allClose");
    return AllClose.allClose(this, expected, relative, absolute);
  }

  /**
   * Whether another tensor has the same shape and equal elements, as {@code numpy.array_equal}: NaN
   * equals nothing, and -0 equals 0. With {@link #allClose(Tensor, double, double)} and no
   * tolerance, another shape is an error.
   *
   * @param other a tensor of the same type, of any shape and strides. Not modified
   * @return whether shape and elements are equal
   * @throws IllegalArgumentException when the types differ
   */
  public boolean arrayEqual(Tensor other) {
    if (type != other.type) {
      throw TypeErrors.compareTypes("Tensor.arrayEqual", type, other.type);
    }
    requireReadable("Tensor.arrayEqual");
    other.requireReadable("Tensor.arrayEqual");
    return shape().equals(other.shape()) && AllClose.allClose(this, other, 0, 0);
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

  private void requireWritable(String operation) {
    if (layout.repeats()) {
      throw ViewErrors.broadcastWrite(operation, shape());
    }
    Memory.requireWritable(operation, segment, shape());
  }

  private void requireType(ElementType needed, String operation, String instead) {
    if (type != needed) {
      throw TypeErrors.wrongType(operation, shape(), type, needed, instead);
    }
  }

  void requireReadable(String operation) {
    Memory.requireReadable(operation, segment, shape());
  }
}
