package dev.lanewise.formats;

import static dev.lanewise.tensor.ElementType.FLOAT32;
import static dev.lanewise.tensor.ElementType.INT32;

import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.TensorOutput;
import dev.lanewise.formats.npy.NpyHeader;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * NumPy's {@code .npy}: one array a file.
 *
 * <p>Reads versions 1 to 3, both byte orders, C and Fortran order, and these types, each rounded to
 * the nearest float32: float16, float32, float64, signed and unsigned integers of 8 to 64 bits
 * (exact up to 2^24), bool (0 or 1); or, with {@link #readInts}, each to the same int32. A finite
 * float64 beyond the range of float32 is an error. So is a file that is shorter or longer than its
 * header says, before anything is allocated.
 *
 * <p>Source: the format specification in NumPy's {@code numpy.lib.format}.
 */
public final class Npy {
  private static final int ALIGNMENT = 64;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private Npy() {}

  /**
   * Reads an array into a tensor that lives until unreachable.
   *
   * @param file the file
   * @return a new row-major tensor
   * @throws FormatException when the file cannot be read or is malformed
   */
  public static Tensor read(Path file) {
    return read(file, Arena.ofAuto());
  }

  /**
   * Reads an array into a caller's arena.
   *
   * @param file the file
   * @param arena where to allocate; the tensor dies with it
   * @return a new row-major tensor
   * @throws FormatException when the file cannot be read or is malformed
   * @throws IllegalStateException when the arena was closed
   */
  public static Tensor read(Path file, Arena arena) {
    try (InputFile input = InputFile.open(file)) {
      return read(input, file, arena);
    }
  }

  /**
   * Reads whole numbers, exactly, into an int32 tensor that lives until unreachable.
   *
   * @param file the file, of any of the types; a float must be whole, a bool is 0 or 1
   * @return a new row-major int32 tensor
   * @throws FormatException when the file cannot be read or is malformed, or an element is not
   *     whole or not within int32
   */
  public static Tensor readInts(Path file) {
    return readInts(file, Arena.ofAuto());
  }

  /**
   * Reads whole numbers, exactly, into an int32 tensor in a caller's arena.
   *
   * @param file as for {@link #readInts(Path)}
   * @param arena where to allocate; the tensor dies with it
   * @return a new row-major int32 tensor
   * @throws FormatException as {@link #readInts(Path)} does
   * @throws IllegalStateException when the arena was closed
   */
  public static Tensor readInts(Path file, Arena arena) {
    try (InputFile input = InputFile.open(file)) {
      return read(input, file, arena, INT32);
    }
  }

  /**
   * Reads what {@link #read(Path)} reads from a stream, to its end.
   *
   * @param bytes where from. Closed
   * @param name what errors call it
   * @return a new row-major tensor that lives until unreachable
   * @throws FormatException as {@link #read(Path)} does
   */
  public static Tensor read(InputStream bytes, Path name) {
    try (InputFile input = InputFile.of(bytes, name)) {
      return read(input, name, Arena.ofAuto());
    }
  }

  /**
   * Reads what {@link #readInts(Path)} reads from a stream, to its end.
   *
   * @param bytes where from. Closed
   * @param name what errors call it
   * @return a new row-major int32 tensor that lives until unreachable
   * @throws FormatException as {@link #readInts(Path)} does
   */
  public static Tensor readInts(InputStream bytes, Path name) {
    try (InputFile input = InputFile.of(bytes, name)) {
      return read(input, name, Arena.ofAuto(), INT32);
    }
  }

  /**
   * Reads an array in double: what to scale before it is rounded to float32.
   *
   * @param bytes where from. Closed
   * @param name what errors call it
   * @return the array
   * @throws FormatException when it cannot be read, is malformed, or has more elements than a Java
   *     array
   */
  public static DoubleArray readDoubles(InputStream bytes, Path name) {
    try (InputFile input = InputFile.of(bytes, name)) {
      NpyHeader header = NpyHeader.read(input, name);
      Shape shape = Shape.of(header.dims());
      double[] values = new double[Math.toIntExact(shape.size())];
      input.doubles(header.type(), header.order(), header.dataStart(), values);
      return new DoubleArray(shape, header.fortranOrder() ? rowMajor(shape, values) : values);
    }
  }

  /** From the order of Fortran, whose first axis is the fastest. */
  private static double[] rowMajor(Shape shape, double[] values) {
    double[] turned = new double[values.length];
    long[] index = new long[shape.rank()];
    for (int to = 0; to < turned.length; to++) {
      long from = 0;
      for (int axis = index.length - 1; axis >= 0; axis--) {
        from = from * shape.dim(axis) + index[axis];
      }
      turned[to] = values[(int) from];
      for (int axis = index.length - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
        index[axis] = 0;
      }
    }
    return turned;
  }

  /** Reads an array that is all of the input. */
  static Tensor read(InputFile input, Path file, Arena arena) {
    return read(input, file, arena, FLOAT32);
  }

  private static Tensor read(
      InputFile input, Path file, Arena arena, dev.lanewise.tensor.ElementType type) {
    NpyHeader header = NpyHeader.read(input, file);
    long[] dims = header.dims();
    if (!header.fortranOrder()) {
      return elements(input, header, arena, dims, type);
    }
    // Fortran order is the row-major order of the axes reversed.
    try (Arena aside = Arena.ofConfined()) {
      Tensor reversed = elements(input, header, aside, reversed(dims), type);
      int[] axes = new int[dims.length];
      Arrays.setAll(axes, axis -> axes.length - 1 - axis);
      return reversed.permute(axes).copy(arena);
    }
  }

  private static Tensor elements(
      InputFile input,
      NpyHeader header,
      Arena arena,
      long[] dims,
      dev.lanewise.tensor.ElementType type) {
    long start = header.dataStart();
    if (type == INT32) {
      Tensor ints = Tensor.intZeros(arena, dims);
      input.ints(header.type(), header.order(), start, ints.size(), ints.segment(), ints.offset());
      return ints;
    }
    Tensor floats = Tensor.zeros(arena, dims);
    input.floats(
        header.type(), header.order(), start, floats.size(), floats.segment(), floats.offset(), "");
    return floats;
  }

  private static long[] reversed(long[] dims) {
    long[] reversed = new long[dims.length];
    Arrays.setAll(reversed, axis -> dims[dims.length - 1 - axis]);
    return reversed;
  }

  /**
   * Writes a tensor as little-endian float32 or int32, which it is, in C order, version 1, the
   * whole file or nothing: see {@link AtomicFile}. The same tensor gives the same bytes as {@code
   * numpy.save}.
   *
   * @param file where to; replaced where it exists
   * @param tensor the elements, of any strides. Not modified
   * @throws FormatException when the file cannot be written
   */
  public static void write(Path file, Tensor tensor) {
    AtomicFile.write(file, contents(tensor));
  }

  /**
   * What {@link #write(Path, Tensor)} writes, for {@link AtomicFile#writeAll}.
   *
   * @param tensor as for {@link #write(Path, Tensor)}. Not modified
   * @return writes the tensor as it is when called
   */
  public static AtomicFile.Contents contents(Tensor tensor) {
    return channel -> write(channel, tensor);
  }

  /**
   * What a file of float64 holds, for {@link AtomicFile#writeAll}.
   *
   * @param array the numbers. Not modified
   * @return writes them
   */
  public static AtomicFile.Contents contents(DoubleArray array) {
    return channel -> write(channel, array);
  }

  /**
   * Writes float64 to a channel that is open.
   *
   * @param channel where to; left open
   * @param array the numbers. Not modified
   * @throws IOException when it cannot be written
   */
  public static void write(WritableByteChannel channel, DoubleArray array) throws IOException {
    TensorOutput.writeFully(channel, ByteBuffer.wrap(header("<f8", array.shape().toArray())));
    double[] values = array.values();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    TensorOutput.writeFully(channel, bytes);
  }

  /**
   * Writes what {@link #write(Path, Tensor)} writes to a channel that is open.
   *
   * @param channel where to; left open
   * @param tensor as for {@link #write(Path, Tensor)}. Not modified
   * @throws IOException when it cannot be written
   */
  public static void write(WritableByteChannel channel, Tensor tensor) throws IOException {
    byte[] header = header(tensor.type() == INT32 ? "<i4" : "<f4", tensor.shape().toArray());
    TensorOutput.writeFully(channel, ByteBuffer.wrap(header));
    TensorOutput.write(channel, tensor);
  }

  private static byte[] header(String type, long[] dims) {
    String shape =
        Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(", "))
            + (dims.length == 1 ? "," : "");
    String dictionary =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    int start = MAGIC.length + Short.BYTES;
    int size = (start + dictionary.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = Arrays.copyOf(MAGIC, size);
    Arrays.fill(header, start, size - 1, (byte) ' ');
    header[start - 2] = (byte) (size - start);
    header[start - 1] = (byte) ((size - start) >>> 8);
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, start, text.length);
    header[size - 1] = '\n';
    return header;
  }
}
