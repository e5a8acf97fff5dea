package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
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

  private final PackedStrips strips;
  private final WeightFormat format;
  private final MemorySegment zeros;

  private PackedMatrix(PackedStrips strips, WeightFormat format, MemorySegment zeros) {
    this.strips = strips;
    this.format = format;
    this.zeros = zeros;
  }

  private static PackedMatrix of(Arena arena, int k, int n, int blocks, WeightFormat format) {
    Operands.size("PackedMatrix", "k", k);
    Operands.size("PackedMatrix", "n", n);
    SgemmKernel kernel = Kernels.sgemm(format);
    int end = PackedStrips.strips(n, blocks, kernel.lanes());
    long strip = kernel.stripBytes(k, blocks);
    if (Math.multiplyHigh(end, strip) != 0 || end * strip < 0) {
      throw new IllegalArgumentException(KernelErrors.tooLarge("PackedMatrix", k, n));
    }
    MemorySegment memory = arena.allocate(Math.max(64, end * strip), 64);
    MemorySegment zeros = arena.allocate(Math.max(64, (long) n * Float.BYTES), 64);
    PackedStrips strips = new PackedStrips(kernel, memory, k, n / blocks, blocks, 0, end);
    return new PackedMatrix(strips, format, zeros);
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
    return of(arena, k, n, 1, format);
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
    return of(arena, k, n, gates, format);
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
    int n = n();
    if (ldb < n) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(
              "PackedMatrix.pack", "ldb", ldb, "n", n, "B is row-major k x n"));
    }
    Operands.input("PackedMatrix.pack", "B", b, bOffset, Operands.extent(k(), n, ldb));
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
    int k = k();
    if (ldb < k) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(
              "PackedMatrix.packTransposed", "ldb", ldb, "k", k, "B is row-major n x k"));
    }
    Operands.input("PackedMatrix.packTransposed", "B", b, bOffset, Operands.extent(n(), k, ldb));
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
    int first = strips.first();
    int count = strips.end() - first;
    PackedStrips some =
        new PackedStrips(
            strips.kernel(),
            strips.memory(),
            k(),
            strips.units(),
            blocks(),
            first + (int) ((long) count * part / parts),
            first + (int) ((part + 1L) * count / parts));
    return new PackedMatrix(some, format, zeros);
  }

  private PackedMatrix pack(
      String operation, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    MemorySegment memory = memory();
    Operands.output(operation, "the packed matrix", memory, 0, 0);
    if (format == WeightFormat.INT8) {
      checkFinite(operation, b, bOffset, rowStride, columnStride);
    }
    SgemmKernel kernel = strips.kernel();
    if (Held.isNeeded(b, memory)) {
      Held.run(() -> kernel.pack(strips, b, bOffset, rowStride, columnStride), b, memory);
    } else {
      kernel.pack(strips, b, bOffset, rowStride, columnStride);
      Held.untilHere(b, memory);
    }
    return this;
  }

  private void checkFinite(
      String operation, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    for (int row = 0; row < k(); row++) {
      for (int column = 0; column < n(); column++) {
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
    return strips.k();
  }

  /**
   * Columns.
   *
   * @return columns
   */
  public int n() {
    return strips.n();
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
    return memory().byteSize() + zeros.byteSize();
  }

  /**
   * Its shape, whether its columns are gates, and a narrow format: {@code (64, 256) in gates},
   * {@code (64, 192) in 3 gates}.
   */
  @Override
  public String toString() {
    String gates = blocks() == 4 ? " in gates" : " in " + blocks() + " gates";
    return "("
        + k()
        + ", "
        + n()
        + ")"
        + (blocks() == 1 ? "" : gates)
        + (format == WeightFormat.FLOAT32 ? "" : ", " + format);
  }

  PackedStrips strips() {
    return strips;
  }

  /**
   * The first column that this part holds, of each gate where the columns are gates.
   *
   * @return from 0
   */
  public int firstUnit() {
    return strips.firstUnit();
  }

  /**
   * Past the last column that this part holds, of each gate where the columns are gates.
   *
   * @return {@link #firstUnit} where it holds none
   */
  public int endUnit() {
    return strips.endUnit();
  }

  int blocks() {
    return strips.blocks();
  }

  MemorySegment memory() {
    return strips.memory();
  }

  /** A row of n zeros: what a product without an addend begins from. */
  MemorySegment zeros() {
    return zeros;
  }
}
