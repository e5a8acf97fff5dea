package dev.lanewise.kernels;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** What a layer or batch normalization is made of. */
final class NormalizationEntries {

  private NormalizationEntries() {}

  static void all(List<Entry> all) {
    all.add(
        new Entry(
            "RowNormalization.forward",
            (room, m, n, k) -> {
              MemorySegment x = room.matrix(m, n, n);
              MemorySegment gamma = room.vector(n);
              MemorySegment beta = room.vector(n);
              MemorySegment kept = room.matrix(m, 2, 2);
              MemorySegment y = room.matrix(m, n, n);
              return () ->
                  RowNormalization.forward(m, n, 1e-3f, x, 0, gamma, 0, beta, 0, kept, 0, y, 0);
            }));
    all.add(
        new Entry(
            "RowNormalization.backward",
            (room, m, n, k) -> {
              MemorySegment x = room.matrix(m, n, n);
              MemorySegment gamma = room.vector(n);
              MemorySegment kept = room.matrix(m, 2, 2);
              MemorySegment dy = room.matrix(m, n, n);
              MemorySegment dx = room.matrix(m, n, n);
              return () -> RowNormalization.backward(m, n, x, 0, gamma, 0, kept, 0, dy, 0, dx, 0);
            }));
    all.add(
        new Entry(
            "RowNormalization.weights",
            (room, m, n, k) -> {
              MemorySegment x = room.matrix(m, n, n + 1L);
              MemorySegment kept = room.matrix(m, 2, 2);
              MemorySegment dy = room.matrix(m, n, n + 1L);
              MemorySegment dgamma = room.vector(n);
              MemorySegment dbeta = room.vector(n);
              return () ->
                  RowNormalization.weights(m, n, n + 1L, x, 0, kept, 0, dy, 0, dgamma, 0, dbeta, 0);
            }));
    all.add(
        new Entry(
            "ColumnMoments.addSums",
            (room, m, n, k) -> {
              MemorySegment x = room.matrix(m, n, n + 1L);
              MemorySegment workspace = room.vector(4L * n);
              return () -> ColumnMoments.addSums(m, n, x, 0, n + 1L, workspace, 0);
            }));
    all.add(
        new Entry(
            "ColumnMoments.addSquares",
            (room, m, n, k) -> {
              MemorySegment x = room.matrix(m, n, n + 1L);
              MemorySegment workspace = room.vector(4L * n);
              return () -> ColumnMoments.addSquares(m, n, 9, x, 0, n + 1L, workspace, 0);
            }));
    all.add(
        new Entry(
            "ColumnMoments.moments",
            (room, m, n, k) -> {
              MemorySegment workspace = room.vector(4L * n);
              MemorySegment mean = room.vector(n);
              MemorySegment variance = room.vector(n);
              return () -> ColumnMoments.moments(n, 9, workspace, 0, mean, 0, variance, 0);
            }));
  }
}
