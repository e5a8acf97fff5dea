package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The right operand B (k, n) of {@link Sgemm}, copied once into the strips that the kernel streams.
 *
 * <p>Allocate it once and pack it again whenever the weights change; packing allocates nothing. The
 * order inside is the kernel's own. Any number of threads may multiply by it at once; packing while
 * another thread multiplies gives that thread a mixture.
 */
public final class PackedMatrix {

  private static final SgemmKernel KERNEL = Kernels.SELECTED.sgemm();

  private final int k;
  private final int n;
  private final int blocks;
  private final MemorySegment memory;
  private final MemorySegment zeros;

  private PackedMatrix(Arena arena, int k, int n, int blocks) {
    Operands.size("PackedMatrix", "k", k);
    Operands.size("PackedMatrix", "n", n);
    this.k = k;
    this.n = n;
    this.blocks = blocks;
    int strip = 4 * KERNEL.lanes();
    long columns = blocks == 1 ? roundUp(n, strip) : 4L * roundUp(n / 4, KERNEL.lanes());
    this.memory = arena.allocate(Math.max(64, columns * k * Float.BYTES), 64);
    this.zeros = arena.allocate(Math.max(64, (long) n * Float.BYTES), 64);
  }

  /**
   * Room for a matrix.
   *
   * @param arena what owns the memory; {@code Arena.ofAuto()} keeps it as long as this object
   * @param k rows
   * @param n columns
   * @return room for it, all zeros
   * @throws IllegalArgumentException if a size is negative
   */
  public static PackedMatrix of(Arena arena, int k, int n) {
    return new PackedMatrix(arena, k, n, 1);
  }

  /**
   * Room for the kernel of an LSTM, whose columns are the gates i, f, g, o of {@code n / 4} units
   * each; what {@link LstmCell} takes.
   *
   * @param arena what owns the memory; {@code Arena.ofAuto()} keeps it as long as this object
   * @param k rows
   * @param n columns, four times the units
   * @return room for it, all zeros
   * @throws IllegalArgumentException if a size is negative or {@code n} is no multiple of 4
   */
  public static PackedMatrix ofGates(Arena arena, int k, int n) {
    if (n % 4 != 0) {
      throw new IllegalArgumentException(KernelErrors.gateColumns(n));
    }
    return new PackedMatrix(arena, k, n, 4);
  }

  /**
   * Packs a row-major matrix, overwriting what was packed before.
   *
   * @param b (k, n), row-major. Not modified.
   * @param bOffset its first element, in elements
   * @param ldb distance between its rows, in elements
   * @return this
   * @throws IllegalArgumentException if ldb is too small or b is on the heap
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
   * @throws IllegalArgumentException if ldb is too small or b is on the heap
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

  private PackedMatrix pack(
      String operation, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Operands.output(operation, "the packed matrix", memory, 0, 0);
    if (Held.isNeeded(b, memory)) {
      Held.run(
          () -> KERNEL.pack(k, n, blocks, b, bOffset, rowStride, columnStride, memory), b, memory);
    } else {
      KERNEL.pack(k, n, blocks, b, bOffset, rowStride, columnStride, memory);
    }
    return this;
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
   * Off-heap bytes that it occupies, padding included.
   *
   * @return off-heap bytes that it occupies, padding included
   */
  public long byteSize() {
    return memory.byteSize() + zeros.byteSize();
  }

  /** Its shape, and whether its columns are gates: {@code (64, 256) in gates}. */
  @Override
  public String toString() {
    return "(" + k + ", " + n + ")" + (blocks == 4 ? " in gates" : "");
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

  private static long roundUp(long n, long multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }
}
