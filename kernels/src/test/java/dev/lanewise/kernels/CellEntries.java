package dev.lanewise.kernels;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** The entries that are a step of a recurrent cell. */
final class CellEntries {

  private CellEntries() {}

  static void lstm(List<Entry> all) {
    all.add(
        new Entry(
            "LstmCell.project",
            (room, m, n, k) -> {
              LstmCell cell = apart(n, Activation.TANH);
              PackedMatrix w = room.gates(k, n, WeightFormat.FLOAT32);
              MemorySegment x = room.matrix(m, k, k);
              MemorySegment bias = room.vector(4L * cell.gateStride());
              MemorySegment gates = room.padded(4L * m * cell.gateStride());
              return () -> cell.project(m, x, 0, w, bias, 0, gates, 0);
            }));
    for (Activation activation : new Activation[] {Activation.TANH, Activation.RELU}) {
      all.add(
          new Entry(
              "LstmCell.forward with " + activation,
              (room, m, n, k) -> {
                PackedMatrix u = room.gates(n);
                MemorySegment h = room.matrix(m, n, n);
                MemorySegment c = room.matrix(m, n, n);
                MemorySegment gates = room.matrix(m, 4 * n, 4L * n);
                MemorySegment cNext = room.matrix(m, n, n);
                MemorySegment hNext = room.matrix(m, n, n);
                LstmCell cell = new LstmCell(n, activation, Activation.SIGMOID);
                return () -> cell.forward(m, u, h, 0, c, 0, gates, 0, cNext, 0, hNext, 0);
              }));
      all.add(
          new Entry(
              "LstmCell.forward with gates apart and " + activation,
              (room, m, n, k) -> {
                LstmCell cell = apart(n, activation);
                PackedMatrix u = room.gates(n);
                MemorySegment h = room.matrix(m, n, n);
                MemorySegment c = room.matrix(m, n, n);
                MemorySegment gates = room.padded(4L * m * cell.gateStride());
                MemorySegment cNext = room.matrix(m, n, n);
                MemorySegment hNext = room.matrix(m, n, n);
                return () -> cell.forward(m, u, h, 0, c, 0, gates, 0, cNext, 0, hNext, 0);
              }));
      all.add(
          new Entry(
              "LstmCell.backward with " + activation,
              (room, m, n, k) -> {
                MemorySegment cPrevious = room.matrix(m, n, n);
                MemorySegment c = room.matrix(m, n, n);
                MemorySegment dh = room.matrix(m, n, n);
                MemorySegment dc = room.matrix(m, n, n);
                MemorySegment gates = room.matrix(m, 4 * n, 4L * n);
                MemorySegment scratch = room.vector(2L * n);
                LstmCell cell = new LstmCell(n, activation, Activation.SIGMOID);
                return () ->
                    cell.backward(m, cPrevious, 0, c, 0, dh, 0, dc, 0, gates, 0, scratch, 0);
              }));
    }
  }

  static LstmCell apart(int units, Activation activation) {
    return new LstmCell(units, LstmCell.fastGateStride(units), activation, Activation.SIGMOID);
  }

  static void gru(List<Entry> all) {
    for (boolean apart : new boolean[] {false, true}) {
      all.add(
          new Entry(
              "GruCell.project" + (apart ? " with gates apart" : ""),
              (room, m, n, k) -> {
                GruCell cell = gruCell(n, Activation.TANH, apart);
                PackedMatrix w = room.gates(k, n, 3, WeightFormat.FLOAT32);
                MemorySegment x = room.matrix(m, k, k);
                MemorySegment bias = room.vector(4L * (apart ? LstmCell.fastGateStride(n) : n));
                MemorySegment gates = gates(room, m, n, apart);
                return () -> cell.project(m, x, 0, w, bias, 0, gates, 0);
              }));
      for (Activation activation : new Activation[] {Activation.TANH, Activation.RELU}) {
        String with = " with " + (apart ? "gates apart and " : "") + activation;
        all.add(new Entry("GruCell.forward" + with, gruForward(activation, apart)));
        all.add(new Entry("GruCell.backward" + with, gruBackward(activation, apart)));
      }
    }
  }

  private static Entry.Setup gruForward(Activation activation, boolean apart) {
    return (room, m, n, k) -> {
      PackedMatrix u = room.gates(n, n, 3, WeightFormat.FLOAT32);
      MemorySegment h = room.matrix(m, n, n);
      MemorySegment gates = gates(room, m, n, apart);
      MemorySegment hNext = room.matrix(m, n, n);
      GruCell cell = gruCell(n, activation, apart);
      return () -> cell.forward(m, u, h, 0, gates, 0, hNext, 0);
    };
  }

  private static Entry.Setup gruBackward(Activation activation, boolean apart) {
    return (room, m, n, k) -> {
      MemorySegment h = room.matrix(m, n, n);
      MemorySegment dh = room.matrix(m, n, n);
      MemorySegment carried = room.matrix(m, n, n);
      MemorySegment gates = gates(room, m, n, apart);
      MemorySegment scratch = room.vector(2L * n);
      GruCell cell = gruCell(n, activation, apart);
      return () -> cell.backward(m, h, 0, dh, 0, carried, 0, gates, 0, scratch, 0);
    };
  }

  private static GruCell gruCell(int units, Activation activation, boolean apart) {
    int stride = apart ? LstmCell.fastGateStride(units) : units;
    return new GruCell(units, stride, activation, Activation.SIGMOID);
  }

  /** Of m rows of n units: those with padding are no part of the values. */
  private static MemorySegment gates(Entry.Room room, int m, int n, boolean apart) {
    return apart ? room.padded(4L * m * LstmCell.fastGateStride(n)) : room.vector(4L * m * n);
  }
}
