package dev.lanewise.kernels;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** The updates of optimizers. */
final class UpdateEntries {

  private UpdateEntries() {}

  static void all(List<Entry> all) {
    all.add(
        new Entry(
            "AdamUpdate",
            (room, m, n, k) -> {
              MemorySegment g = room.vector(n);
              MemorySegment first = room.vector(n);
              MemorySegment second = room.vector(n);
              MemorySegment w = room.vector(n);
              return () ->
                  AdamUpdate.apply(n, 1, 1e-3, 0.9, 0.999, 1e-7, g, 0, first, 0, second, 0, w, 0);
            }));
    all.add(
        new Entry(
            "MomentumUpdate",
            (room, m, n, k) -> {
              MemorySegment g = room.vector(n);
              MemorySegment v = room.vector(n);
              MemorySegment w = room.vector(n);
              return () -> MomentumUpdate.apply(n, 0.1f, 0.9f, g, 0, v, 0, w, 0);
            }));
    all.add(
        new Entry(
            "AdamUpdate of AdamW",
            (room, m, n, k) -> {
              MemorySegment g = room.vector(n);
              MemorySegment first = room.vector(n);
              MemorySegment second = room.vector(n);
              MemorySegment w = room.vector(n);
              AdamSettings settings = AdamSettings.pyTorch(0.9, 0.999, 1e-8, 0.01);
              return () -> AdamUpdate.apply(n, 1, 1e-3, settings, g, 0, first, 0, second, 0, w, 0);
            }));
    all.add(
        new Entry(
            "MomentumUpdate.nesterov",
            (room, m, n, k) -> {
              MemorySegment g = room.vector(n);
              MemorySegment v = room.vector(n);
              MemorySegment w = room.vector(n);
              return () -> MomentumUpdate.nesterov(n, 0.1f, 0.9f, g, 0, v, 0, w, 0);
            }));
    rmsProp(all, "RmsPropUpdate", RmsPropSettings.keras(0.9, 0, 1e-7, false));
    rmsProp(all, "RmsPropUpdate centered", RmsPropSettings.pyTorch(0.99, 0, 1e-8, true));
    rmsProp(all, "RmsPropUpdate with momentum", RmsPropSettings.keras(0.9, 0.9, 1e-7, true));
  }

  private static void rmsProp(List<Entry> all, String name, RmsPropSettings settings) {
    all.add(
        new Entry(
            name,
            (room, m, n, k) -> {
              MemorySegment g = room.vector(n);
              MemorySegment v = room.vector(n);
              MemorySegment a = room.vector(n);
              MemorySegment b = room.vector(n);
              MemorySegment w = room.vector(n);
              return () -> RmsPropUpdate.apply(n, 1e-3, settings, g, 0, v, 0, a, 0, b, 0, w, 0);
            }));
  }
}
