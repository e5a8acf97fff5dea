package dev.lanewise.bench;

import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;

/** The recurrent layers that are measured, with their defaults. */
enum Cell {
  LSTM(4, 4),
  /** With the reset gate after the product. */
  GRU(3, 6);

  private final int gates;
  private final int biases;

  Cell(int gates, int biases) {
    this.gates = gates;
    this.biases = biases;
  }

  /** Columns of either kernel, in units. */
  int gates() {
    return gates;
  }

  /** Elements of all biases, in units: a GRU has one of the input and one of the state. */
  int biases() {
    return biases;
  }

  Layer layer(int units, boolean returnSequences) {
    return switch (this) {
      case LSTM -> Lstm.builder(units).returnSequences(returnSequences).build();
      case GRU -> Gru.builder(units).returnSequences(returnSequences).build();
    };
  }
}
