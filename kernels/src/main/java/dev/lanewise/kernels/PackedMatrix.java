package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.contract.StripColumns;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The right operand B (k, n) of {@link Sgemm}, copied once into the strips that the kernel streams.
 *
 * <p>Allocate it once and pack it again whenever the weights change; packing allocates nothing. The
 * order inside is the kernel's own. Any number of threads may multiply by it at once; packing while
 * another thread multiplies gives that thread a mixture.
 */
public final class PackedMatrix {

  private final int k;
  private final int n;
  private final int blocks;
  private final int firstStrip;
  private final int endStrip;
  private final WeightFormat format;
  private final SgemmKernel kernel;
  private final MemorySegment memory;
  private final MemorySegment zeros;

  private PackedMatrix(Arena arena, int k, int n, int blocks, WeightFormat format) {
    Operands.size("PackedMatrix", "k", k);
    Operands.size("PackedMatrix", "n", n);
    this.k = k;
    this.n = n;
    this.blocks = blocks;
    this.format = format;
    this.kernel = Kernels.sgemm(format);
    this.firstStrip = 0;
    this.endStrip = StripColumns.strips(n, blocks, kernel.lanes());
    long strip = kernel.stripBytes(k, blocks);
    if (Math.multiplyHigh(endStrip, strip) != 0 || endStrip * strip < 0) {
      throw new IllegalArgumentException(KernelErrors.tooLarge("PackedMatrix", k, n));
    }
    this.memory = arena.allocate(Math.max(64, endStrip * strip), 64);
    this.zeros = arena.allocate(Math.max(64, (long) n * Float.BYTES), 64);
  }

  private PackedMatrix(PackedMatrix whole, int firstStrip, int endStrip) {
    this.k = whole.k;
    this.n = whole.n;
    this.blocks = whole.blocks;
    this.format = whole.format;
    this.kernel = whole.kernel;
    this.firstStrip = firstStrip;
    this.endStrip = endStrip;
    this.memory = whole.memory;
    this.zeros = whole.zeros;
  }

  /**
   * Room for a matrix.
   *
   * @param arena what owns the memory; {@code Arena.ofAuto()} keeps it as long as this object
   * @param k rows
   * @param n columns
   * @return room for it, all zeros
   * @throws IllegalArgumentException if a size is negative, or both are too large for an address
   */
  public static PackedMatrix of(Arena arena, int k, int n) {
    return of(arena, k, n, WeightFormat.FLOAT32);
  }

  /**
   * Room for a matrix kept in a format.
   *
   * @param arena what owns the memory; {@code Arena.ofAuto()} keeps it as long as this object
   * @param k rows
   * @param n columns
   * @param format what its elements are rounded to when it is packed
   * @return room for it, all zeros
   * @throws IllegalArgumentException if a size is negative, or both are too large for an address
   */
  public static PackedMatrix of(Arena arena, int k, int n, WeightFormat format) {
    return new PackedMatrix(arena, k, n, 1, format);
  }

  /**
   * Room for the kernel of an LSTM, whose columns are the gates i, f, g, o of {@code n / 4} units
   * each; what {@link LstmCell} takes.
   *
   * @param arena what owns the memory; {@code Arena.ofAuto()} keeps it as long as this object
   * @param k rows
   * @param n columns, four times the units
   * @return room for it, all zeros
   * @throws IllegalArgumentException if a size is negative, or {@code n} is no multiple of 4 or
   *     more than 2^26 - 4
   */
  public static PackedMatrix ofGates(Arena arena, int k, int n) {
    return ofGates(arena, k, n, WeightFormat.FLOAT32);
  }

  /**
   * Room for the kernel of an LSTM kept in a format.
   *
   * @param arena what owns the memory; {@code Arena.ofAuto()} keeps it as long as this object
   * @param k rows
   * @param n columns, four times the units
   * @param format what its elements are rounded to when it is packed
   * @return room for it, all zeros
   * @throws IllegalArgumentException if a size is negative, or {@code n} is no multiple of 4 or
   *     more than 2^26 - 4
   */
  public static PackedMatrix ofGates(Arena arena, int k, int n, WeightFormat format) {
    return ofGates(arena, k, n, 4, format);
  }

  /**
   * Room for a kernel whose columns are gates of {@code n / gates} units each. A product by three
   * gates in a narrow format reads a third more than their weights.
   *
   * @param arena what owns the memory; {@code Arena.ofAuto()} keeps it as long as this object
   * @param k rows
   * @param n columns, the gates times the units
   * @param gates 3, as a GRU has, or 4, as an LSTM
   * @param format what its elements are rounded to when it is packed
   * @return room for it, all zeros
   * @throws IllegalArgumentException if a size is negative, there are other than 3 or 4 gates, or
   *     {@code n} is no multiple of them or more than 2^24 - 1 units
   */
  public static PackedMatrix ofGates(Arena arena, int k, int n, int gates, WeightFormat format) {
    if (gates != 3 && gates != 4) {
      throw new IllegalArgumentException(KernelErrors.gates(gates));
    }
    if (n % gates != 0) {
      throw new IllegalArgumentException(KernelErrors.gateColumns(n, gates));
    }
    int most = gates * LstmCell.MOST_STRIDE;
    if (n > most) {
      throw new IllegalArgumentException(KernelErrors.tooManyGates(n, gates, most));
    }
    return new PackedMatrix(arena, k, n, gates, format);
  }

  /**
   * Packs a row-major matrix, overwriting what was packed before.
   *
   * @param b (k, n), row-major. Not modified.
   * @param bOffset its first element, in elements
   * @param ldb distance between its rows, in elements
   * @return this
   * @throws IllegalArgumentException if ldb is too small, b is on the heap, or the format is {@link
   *     WeightFormat#INT8} and an element is not finite
   * @throws IndexOutOfBoundsException if b reaches outside its segment
   * @throws IllegalStateException if the arena of b or of this is closed
   */
  public PackedMatrix pack(MemorySegment b, long bOffset, long ldb) {
    if (ldb < n) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(
              "PackedMatrix.pack", "ldb", ldb, "n", n, "B is row-major k x n"));
    }
    Operands.input("PackedMatrix.pack", "B", b, bOffset, Operands.extent(k, n, ldb));
    return pack("PackedMatrix.pack", b, bOffset, ldb, 1);
  }

  /**
   * Packs the transpose of a row-major matrix, overwriting what was packed before.
   *
   * @param b (n, k), row-major. Not modified.
   * @param bOffset its first element, in elements
   * @param ldb distance between its rows, in elements
   * @return this
   * @throws IllegalArgumentException if ldb is too small, b is on the heap, or the format is {@link
   *     WeightFormat#INT8} and an element is not finite
   * @throws IndexOutOfBoundsException if b reaches outside its segment
   * @throws IllegalStateException if the arena of b or of this is closed
   */
  public PackedMatrix packTransposed(MemorySegment b, long bOffset, long ldb) {
    if (ldb < k) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(
              "PackedMatrix.packTransposed", "ldb", ldb, "k", k, "B is row-major n x k"));
    }
    Operands.input("PackedMatrix.packTransposed", "B", b, bOffset, Operands.extent(n, k, ldb));
    return pack("PackedMatrix.packTransposed", b, bOffset, 1, ldb);
  }

  /**
   * The same matrix for one thread of several. A product by it reads and writes only this part's
   * columns of C, an {@link LstmCell} step only its units. The parts share the memory, are disjoint
   * and together are the whole; where there are too few columns, some are empty. A result does not
   * depend on the parts.
   *
   * @param part which, from 0
   * @param parts how many, 1 or more
   * @return a view of this
   * @throws IllegalArgumentException if there is no such part
   */
  public PackedMatrix part(int part, int parts) {
    if (part < 0 || part >= parts) {
      throw new IllegalArgumentException(KernelErrors.part(part, parts));
    }
    int strips = endStrip - firstStrip;
    return new PackedMatrix(
        this,
        firstStrip + (int) ((long) strips * part / parts),
        firstStrip + (int) ((part + 1L) * strips / parts));
  }

  private PackedMatrix pack(
      String operation, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Operands.output(operation, "the packed matrix", memory, 0, 0);
    if (format == WeightFormat.INT8) {
      checkFinite(operation, b, bOffset, rowStride, columnStride);
    }
    if (Held.isNeeded(b, memory)) {
      Held.run(
          () -> kernel.pack(k, n, blocks, b, bOffset, rowStride, columnStride, memory), b, memory);
    } else {
      kernel.pack(k, n, blocks, b, bOffset, rowStride, columnStride, memory);
      Held.untilHere(b, memory);
    }
    return this;
  }

  private void checkFinite(
      String operation, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    for (int row = 0; row < k; row++) {
      for (int column = 0; column < n; column++) {
        long index = bOffset + row * rowStride + column * columnStride;
        float weight = b.get(ValueLayout.JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
        if (!Float.isFinite(weight)) {
          throw new IllegalArgumentException(
              KernelErrors.notFinite(operation, row, column, weight));
        }
      }
    }
  }

  /**
   * Rows.
   *
   * @return rows
   */
  public int k() {
    return k;
  }

  /**
   * Columns.
   *
   * @return columns
   */
  public int n() {
    return n;
  }

  /**
   * What its elements are rounded to.
   *
   * @return the format
   */
  public WeightFormat format() {
    return format;
  }

  /**
   * Off-heap bytes that it occupies, padding included.
   *
   * @return off-heap bytes that it occupies, padding included
   */
  public long byteSize() {
    return memory.byteSize() + zeros.byteSize();
  }

  /**
   * Its shape, whether its columns are gates, and a narrow format: {@code (64, 256) in gates},
   * {@code (64, 192) in 3 gates}.
   */
  @Override
  public String toString() {
    return "("
        + k
        + ", "
        + n
        + ")"
        + (blocks == 1 ? "" : blocks == 4 ? " in gates" : " in " + blocks + " gates")
        + (format == WeightFormat.FLOAT32 ? "" : ", " + format);
  }

  /** Columns of C, or of each of its blocks, that a strip holds. */
  private int stripColumns() {
    return StripColumns.columns(blocks, kernel.lanes());
  }

  int firstStrip() {
    return firstStrip;
  }

  /** Past the last. */
  int endStrip() {
    return endStrip;
  }

  /**
   * The first column that this part holds, of each gate where the columns are gates.
   *
   * @return from 0
   */
  public int firstUnit() {
    return Math.min(n / blocks, firstStrip * stripColumns());
  }

  /**
   * Past the last column that this part holds, of each gate where the columns are gates.
   *
   * @return {@link #firstUnit} where it holds none
   */
  public int endUnit() {
    return Math.min(n / blocks, endStrip * stripColumns());
  }

  int blocks() {
    return blocks;
  }

  MemorySegment memory() {
    return memory;
  }

  /** A row of n zeros: what a product without an addend begins from. */
  MemorySegment zeros() {
    return zeros;
  }
}
