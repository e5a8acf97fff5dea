package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.MemorySegment;

/**
 * {@code C = init + A * B}, a loop over k for each element. A packed strip is three or four vectors
 * wide, of one lane, or of as many as the vector kernels have whose strips it reads.
 */
public sealed class ScalarSgemm implements SgemmKernel
    permits ScalarBfloat16Sgemm, ScalarInt8Sgemm {

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
    int vectors = PackedStrips.vectors(b.blocks());
    for (int strip = b.first(); strip < b.end(); strip++) {
      for (int v = 0; v < vectors; v++) {
        for (int lane = 0; lane < lanes; lane++) {
          int j = b.at(strip, v, lane);
          if (j >= 0) {
            int block = j / b.units();
            long column = block * blockStride + (j - block * b.units());
            for (int i = 0; i < m; i++) {
              float from = Floats.get(init, initOffset + i * initRowStride + column);
              float sum = sum(from, a, aOffset + i * aRowStride, aColumnStride, b, strip, v, lane);
              Floats.set(c, cOffset + i * ldc + column, sum);
            }
          }
        }
      }
    }
  }

  /** {@code sum} plus a row of A times a column of B. */
  float sum(
      float sum,
      MemorySegment a,
      long row,
      long aColumnStride,
      PackedStrips b,
      int strip,
      int v,
      int lane) {
    int k = b.k();
    int step = PackedStrips.vectors(b.blocks()) * lanes;
    long column = (long) strip * k * step + (long) v * lanes + lane;
    float total = sum;
    for (int p = 0; p < k; p++) {
      float left = Floats.get(a, row + p * aColumnStride);
      total = Fma.of(left, Floats.get(b.memory(), column + (long) p * step), total);
    }
    return total;
  }
}
