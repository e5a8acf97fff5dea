package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.MemorySegment;

/**
 * {@code C = init + A * B}, strip by strip and row by row. A packed strip is three or four vectors
 * wide. The vector kernels' strips are like that too, and can be read by this.
 */
public sealed class ScalarSgemm implements SgemmKernel
    permits ScalarBfloat16Sgemm, ScalarInt8Sgemm {

  /** Steps of k at once: their part of a strip is copied to an array. */
  private static final int STEPS = 256;

  private final int lanes;

  /** By strips of vectors of so many lanes. */
  public ScalarSgemm(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public final int lanes() {
    return lanes;
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public int fewRows() {
    return 1;
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    int k = to.k();
    int strips = PackedStrips.strips(to.n(), to.blocks(), lanes);
    int vectors = PackedStrips.vectors(to.blocks());
    long at = 0;
    for (int strip = 0; strip < strips; strip++) {
      for (int p = 0; p < k; p++) {
        for (int v = 0; v < vectors; v++) {
          for (int lane = 0; lane < lanes; lane++) {
            int j = to.at(strip, v, lane);
            float value = j < 0 ? 0f : Floats.get(b, bOffset + p * rowStride + j * columnStride);
            Floats.set(to.memory(), at++, value);
          }
        }
      }
    }
  }

  @Override
  public void multiply(
      int m,
      MemorySegment a,
      long aOffset,
      long aRowStride,
      long aColumnStride,
      PackedStrips b,
      long blockStride,
      MemorySegment init,
      long initOffset,
      long initRowStride,
      MemorySegment c,
      long cOffset,
      long ldc) {
    int k = b.k();
    int columns = PackedStrips.columns(b.blocks(), lanes);
    int width = PackedStrips.vectors(b.blocks()) * lanes;
    Room room = Room.of(STEPS, width);
    for (int strip = b.first(); strip < b.end(); strip++) {
      int first = strip * columns;
      int left = Math.min(columns, b.units() - first);
      int apart = b.blocks() == 1 ? width : PackedStrips.apart(left, lanes);
      int used = (b.blocks() - 1) * apart + left;
      for (int from = 0; from == 0 || from < k; from += STEPS) {
        int steps = Math.min(STEPS, k - from);
        weights(b, strip, from, steps, width, room.weights);
        for (int i = 0; i < m; i++) {
          long aAt = aOffset + i * aRowStride + from * aColumnStride;
          long cAt = cOffset + i * ldc + first;
          Floats.get(a, aAt, aColumnStride, steps, room.row, 0);
          for (int block = 0; block < b.blocks(); block++) {
            long column = block * blockStride;
            if (from == 0) {
              long initAt = initOffset + i * initRowStride + first;
              Floats.get(init, initAt + column, 1, left, room.sums, block * apart);
            } else {
              Floats.get(c, cAt + column, 1, left, room.sums, block * apart);
            }
          }
          add(steps, width, used, room.row, room.weights, room.sums);
          for (int block = 0; block < b.blocks(); block++) {
            Floats.set(c, cAt + block * blockStride, left, room.sums, block * apart);
          }
        }
      }
    }
  }

  /** {@code sums += row * weights}, a step after the other. */
  private static void add(
      int steps, int width, int used, float[] row, float[] weights, float[] sums) {
    for (int p = 0; p < steps; p++) {
      float left = row[p];
      int at = p * width;
      for (int j = 0; j < used; j++) {
        sums[j] = Fma.of(left, weights[at + j], sums[j]);
      }
    }
  }

  /** Writes what was packed in so many steps of a strip, {@code width} a step. */
  void weights(PackedStrips b, int strip, int from, int steps, int width, float[] to) {
    long first = ((long) strip * b.k() + from) * width;
    Floats.get(b.memory(), first, 1, steps * width, to, 0);
  }

  /** Arrays of a thread's own: in the interpreter, an element of them takes a tenth of the time. */
  private static final class Room {

    private static final ThreadLocal<Room> OF_THREAD = new ThreadLocal<>();

    private final float[] row;
    private final float[] weights;
    private final float[] sums;

    private Room(int steps, int width) {
      row = new float[steps];
      weights = new float[steps * width];
      sums = new float[width];
    }

    static Room of(int steps, int width) {
      Room room = OF_THREAD.get();
      if (room == null || room.sums.length < width) {
        room = new Room(steps, width);
        OF_THREAD.set(room);
      }
      return room;
    }
  }
}
