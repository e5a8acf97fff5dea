package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One checked entry, for the tests that run all of them. Its operands are seeded, each in a segment
 * of exactly its extent.
 */
record Entry(String name, Setup setup) {

  /** Allocates the operands and gives the call, which may be repeated. */
  interface Setup {
    /** Elementwise entries take {@code n}; a cell takes n units. */
    Runnable on(Room room, int m, int n, int k);
  }

  /** Where operands are allocated, and what was. */
  static final class Room {

    private final Arena arena;
    private final SplittableRandom random = new SplittableRandom(42);
    private final List<MemorySegment> all = new ArrayList<>();
    private final List<MemorySegment> plain = new ArrayList<>();

    Room(Arena arena) {
      this.arena = arena;
    }

    MemorySegment vector(long n) {
      MemorySegment segment = arena.allocate(n * Float.BYTES, Float.BYTES);
      for (long i = 0; i < n; i++) {
        segment.setAtIndex(JAVA_FLOAT, i, random.nextFloat());
      }
      all.add(segment);
      plain.add(segment);
      return segment;
    }

    /** As {@link #vector}, with garbage in it afterwards: no part of the {@link #values}. */
    MemorySegment padded(long n) {
      MemorySegment segment = vector(n);
      all.removeLast();
      plain.removeLast();
      return segment;
    }

    MemorySegment matrix(int rows, int columns, long ld) {
      return vector(Operands.extent(rows, columns, ld));
    }

    PackedMatrix packed(int k, int n) {
      PackedMatrix packed = PackedMatrix.of(arena, k, n).pack(matrix(k, n, n + 1L), 0, n + 1L);
      all.add(packed.memory());
      return packed;
    }

    PackedMatrix packed(int k, int n, WeightFormat format) {
      PackedMatrix packed =
          PackedMatrix.of(arena, k, n, format).pack(matrix(k, n, n + 1L), 0, n + 1L);
      all.add(packed.memory());
      return packed;
    }

    PackedMatrix gates(int units) {
      return gates(units, units, WeightFormat.FLOAT32);
    }

    PackedMatrix gates(int units, WeightFormat format) {
      return gates(units, units, format);
    }

    PackedMatrix gates(int k, int units, WeightFormat format) {
      return gates(k, units, 4, format);
    }

    PackedMatrix gates(int k, int units, int gates, WeightFormat format) {
      int n = gates * units;
      PackedMatrix packed =
          PackedMatrix.ofGates(arena, k, n, gates, format).pack(matrix(k, n, n), 0, n);
      all.add(packed.memory());
      return packed;
    }

    PackedMatrix unpacked(int k, int n) {
      PackedMatrix packed = PackedMatrix.of(arena, k, n);
      all.add(packed.memory());
      return packed;
    }

    /** Every operand, inputs and outputs, one after the other. */
    float[] values() {
      return join(all);
    }

    /** The same without packed matrices, whose order is the implementation's own. */
    float[] results() {
      return join(plain);
    }

    private static float[] join(List<MemorySegment> segments) {
      int count = 0;
      for (MemorySegment segment : segments) {
        count += (int) (segment.byteSize() / Float.BYTES);
      }
      float[] values = new float[count];
      int at = 0;
      for (MemorySegment segment : segments) {
        int length = (int) (segment.byteSize() / Float.BYTES);
        MemorySegment.copy(segment, JAVA_FLOAT, 0, values, at, length);
        at += length;
      }
      return values;
    }
  }

  static List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    products(all);
    CellEntries.lstm(all);
    CellEntries.gru(all);
    narrow(all, WeightFormat.BFLOAT16);
    narrow(all, WeightFormat.INT8);
    elementwise(all);
    UpdateEntries.all(all);
    NormalizationEntries.all(all);
    for (Activation activation : Activation.values()) {
      all.add(
          new Entry(
              activation + ".apply",
              (room, m, n, k) -> {
                MemorySegment x = room.vector(n);
                MemorySegment y = room.vector(n);
                return () -> activation.apply(n, x, 0, y, 0);
              }));
      all.add(
          new Entry(
              activation + ".gradient",
              (room, m, n, k) -> {
                MemorySegment y = room.vector(n);
                MemorySegment dy = room.vector(n);
                MemorySegment dx = room.vector(n);
                return activation.needsInput()
                    ? () -> activation.inputGradient(n, y, 0, dy, 0, dx, 0)
                    : () -> activation.gradient(n, y, 0, dy, 0, dx, 0);
              }));
    }
    return all;
  }

  private static void products(List<Entry> all) {
    all.add(
        new Entry(
            "PackedMatrix.pack",
            (room, m, n, k) -> {
              MemorySegment b = room.matrix(k, n, n + 1L);
              PackedMatrix packed = room.unpacked(k, n);
              return () -> packed.pack(b, 0, n + 1L);
            }));
    all.add(
        new Entry(
            "PackedMatrix.packTransposed",
            (room, m, n, k) -> {
              MemorySegment b = room.matrix(n, k, k + 1L);
              PackedMatrix packed = room.unpacked(k, n);
              return () -> packed.packTransposed(b, 0, k + 1L);
            }));
    all.add(
        new Entry(
            "Sgemm.multiply",
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(m, k, k + 1L);
              MemorySegment c = room.matrix(m, n, n + 2L);
              PackedMatrix b = room.packed(k, n);
              return () -> Sgemm.multiply(m, a, 0, k + 1L, b, c, 0, n + 2L);
            }));
    all.add(
        new Entry(
            "Sgemm.multiplyAdd",
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(m, k, k);
              MemorySegment c = room.matrix(m, n, n);
              PackedMatrix b = room.packed(k, n);
              return () -> Sgemm.multiplyAdd(m, a, 0, k, b, c, 0, n);
            }));
    all.add(
        new Entry(
            "Sgemm.multiplyBias",
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(m, k, k + 1L);
              MemorySegment bias = room.vector(n);
              MemorySegment c = room.matrix(m, n, n + 2L);
              PackedMatrix b = room.packed(k, n);
              return () -> Sgemm.multiplyBias(m, a, 0, k + 1L, b, bias, 0, c, 0, n + 2L);
            }));
    all.add(
        new Entry(
            "Sgemm.multiplyTransposed",
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(k, m, m + 1L);
              MemorySegment c = room.matrix(m, n, n + 2L);
              PackedMatrix b = room.packed(k, n);
              return () -> Sgemm.multiplyTransposed(m, a, 0, m + 1L, b, c, 0, n + 2L);
            }));
    all.add(
        new Entry(
            "Sgemm.multiplyTransposedAdd",
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(k, m, m);
              MemorySegment c = room.matrix(m, n, n);
              PackedMatrix b = room.packed(k, n);
              return () -> Sgemm.multiplyTransposedAdd(m, a, 0, m, b, c, 0, n);
            }));
  }

  private static void narrow(List<Entry> all, WeightFormat format) {
    all.add(
        new Entry(
            "PackedMatrix.packTransposed to " + format,
            (room, m, n, k) -> {
              MemorySegment b = room.matrix(n, k, k + 1L);
              PackedMatrix packed = room.packed(k, n, format);
              return () -> packed.packTransposed(b, 0, k + 1L);
            }));
    all.add(
        new Entry(
            "Sgemm.multiplyBias by " + format,
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(m, k, k + 1L);
              MemorySegment bias = room.vector(n);
              MemorySegment c = room.matrix(m, n, n + 2L);
              PackedMatrix b = room.packed(k, n, format);
              return () -> Sgemm.multiplyBias(m, a, 0, k + 1L, b, bias, 0, c, 0, n + 2L);
            }));
    all.add(
        new Entry(
            "Sgemm.multiplyTransposedAdd by " + format,
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(k, m, m);
              MemorySegment c = room.matrix(m, n, n);
              PackedMatrix b = room.packed(k, n, format);
              return () -> Sgemm.multiplyTransposedAdd(m, a, 0, m, b, c, 0, n);
            }));
    all.add(
        new Entry(
            "LstmCell.project and forward with gates apart by " + format,
            (room, m, n, k) -> {
              LstmCell cell = CellEntries.apart(n, Activation.TANH);
              PackedMatrix u = room.gates(n, format);
              MemorySegment x = room.matrix(m, n, n);
              MemorySegment bias = room.vector(4L * cell.gateStride());
              MemorySegment c = room.matrix(m, n, n);
              MemorySegment gates = room.padded(4L * m * cell.gateStride());
              MemorySegment h = room.matrix(m, n, n);
              return () -> {
                cell.project(m, x, 0, u, bias, 0, gates, 0);
                cell.forward(m, u, x, 0, c, 0, gates, 0, c, 0, h, 0);
              };
            }));
    for (Activation activation : new Activation[] {Activation.TANH, Activation.RELU}) {
      all.add(
          new Entry(
              "LstmCell.forward by " + format + " with " + activation,
              (room, m, n, k) -> {
                PackedMatrix u = room.gates(n, format);
                MemorySegment h = room.matrix(m, n, n);
                MemorySegment c = room.matrix(m, n, n);
                MemorySegment gates = room.matrix(m, 4 * n, 4L * n);
                MemorySegment cNext = room.matrix(m, n, n);
                MemorySegment hNext = room.matrix(m, n, n);
                LstmCell cell = new LstmCell(n, activation, Activation.SIGMOID);
                return () -> cell.forward(m, u, h, 0, c, 0, gates, 0, cNext, 0, hNext, 0);
              }));
    }
  }

  private static void elementwise(List<Entry> all) {
    all.add(
        new Entry(
            "Exp",
            (room, m, n, k) -> {
              MemorySegment x = room.vector(n);
              MemorySegment y = room.vector(n);
              return () -> Exp.apply(n, x, 0, y, 0);
            }));
    all.add(
        new Entry(
            "AddScaled",
            (room, m, n, k) -> {
              MemorySegment x = room.vector(n);
              MemorySegment y = room.vector(n);
              return () -> AddScaled.apply(n, 0.5f, x, 0, y, 0);
            }));
    all.add(
        new Entry(
            "AddSign",
            (room, m, n, k) -> {
              MemorySegment x = room.vector(n);
              MemorySegment y = room.vector(n);
              return () -> AddSign.apply(n, 0.5f, x, 0, y, 0);
            }));
    all.add(
        new Entry(
            "Multiply",
            (room, m, n, k) -> {
              MemorySegment a = room.vector(n);
              MemorySegment b = room.vector(n);
              MemorySegment y = room.vector(n);
              return () -> Multiply.apply(n, a, 0, b, 0, y, 0);
            }));
    all.add(
        new Entry(
            "Maximum",
            (room, m, n, k) -> {
              MemorySegment a = room.vector(n);
              MemorySegment b = room.vector(n);
              MemorySegment y = room.vector(n);
              return () -> Maximum.apply(n, a, 0, b, 0, y, 0);
            }));
    all.add(
        new Entry(
            "Clip",
            (room, m, n, k) -> {
              MemorySegment x = room.vector(n);
              MemorySegment y = room.vector(n);
              return () -> Clip.apply(n, 0.5f, x, 0, y, 0);
            }));
    all.add(
        new Entry(
            "Clip.gradient",
            (room, m, n, k) -> {
              MemorySegment y = room.vector(n);
              MemorySegment dy = room.vector(n);
              MemorySegment dx = room.vector(n);
              return () -> Clip.gradient(n, 0.5f, y, 0, dy, 0, dx, 0);
            }));
    all.add(
        new Entry(
            "ColumnSums",
            (room, m, n, k) -> {
              MemorySegment x = room.matrix(m, n, n + 1L);
              MemorySegment y = room.vector(n);
              return () -> ColumnSums.apply(m, n, x, 0, n + 1L, y, 0);
            }));
    all.add(
        new Entry(
            "Transpose",
            (room, m, n, k) -> {
              MemorySegment a = room.matrix(m, n, n + 1L);
              MemorySegment b = room.matrix(n, m, m + 2L);
              return () -> Transpose.apply(m, n, a, 0, n + 1L, b, 0, m + 2L);
            }));
    all.add(
        new Entry(
            "SumOfMagnitudes",
            (room, m, n, k) -> {
              MemorySegment x = room.vector(n);
              MemorySegment sum = room.vector(1);
              return () -> sum.set(JAVA_FLOAT, 0, SumOfMagnitudes.apply(n, x, 0));
            }));
    all.add(
        new Entry(
            "SumOfSquares",
            (room, m, n, k) -> {
              MemorySegment x = room.vector(n);
              MemorySegment sum = room.vector(1);
              return () -> sum.set(JAVA_FLOAT, 0, SumOfSquares.apply(n, x, 0));
            }));
    all.add(
        new Entry(
            "Scale",
            (room, m, n, k) -> {
              MemorySegment x = room.vector(n);
              MemorySegment y = room.vector(n);
              return () -> Scale.apply(n, 0.5f, x, 0, y, 0);
            }));
    all.add(
        new Entry(
            "Softmax",
            (room, m, n, k) -> {
              MemorySegment x = room.matrix(m, n, n);
              MemorySegment y = room.matrix(m, n, n);
              return () -> Softmax.apply(m, n, x, 0, y, 0);
            }));
  }

  /** Whether n elements are all it takes, so that n may be large. */
  boolean isElementwise() {
    return !name.contains("Sgemm") && !name.contains("Cell");
  }

  @Override
  public String toString() {
    return name;
  }
}
