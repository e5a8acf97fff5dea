package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.MemorySegment;

/** {@code C = init + A * B}, three loops; a packed strip is three or four columns wide. */
public sealed class ScalarSgemm implements SgemmKernel
    permits ScalarBfloat16Sgemm, ScalarInt8Sgemm {

  @Override
  public int lanes() {
    return 1;
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
    int strips = PackedStrips.strips(to.n(), to.blocks(), 1);
    int columns = PackedStrips.vectors(to.blocks());
    for (int strip = 0; strip < strips; strip++) {
      for (int p = 0; p < k; p++) {
        for (int v = 0; v < columns; v++) {
          int j = to.at(strip, v, 0);
          float value = j < 0 ? 0f : Floats.get(b, bOffset + p * rowStride + j * columnStride);
          Floats.set(to.memory(), ((long) strip * k + p) * columns + v, value);
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
    int columns = PackedStrips.vectors(b.blocks());
    for (int i = 0; i < m; i++) {
      for (int strip = b.first(); strip < b.end(); strip++) {
        for (int v = 0; v < columns; v++) {
          int j = b.at(strip, v, 0);
          if (j >= 0) {
            long column = b.blocks() == 1 ? j : v * blockStride + strip; // of one unit
            float sum = Floats.get(init, initOffset + i * initRowStride + column);
            for (int p = 0; p < k; p++) {
              float left = Floats.get(a, aOffset + i * aRowStride + p * aColumnStride);
              sum = Math.fma(left, weight(b.memory(), k, columns, strip, p, v), sum);
            }
            Floats.set(c, cOffset + i * ldc + column, sum);
          }
        }
      }
    }
  }

  /** What was packed in step {@code p} and column {@code v} of a strip of so many columns. */
  float weight(MemorySegment packed, int k, int columns, int strip, int p, int v) {
    return Floats.get(packed, ((long) strip * k + p) * columns + v);
  }
}
