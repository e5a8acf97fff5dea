package dev.lanewise.cli.bench;

import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import java.util.Locale;

/** The recurrent layers that are timed, with their defaults. */
public enum Cell {
  /** Four gates. */
  LSTM(4),
  /** Three gates; the reset gate comes after the product. */
  GRU(3);

  private final int gates;

  Cell(int gates) {
    this.gates = gates;
  }

  /** Columns of either kernel, in units. */
  int gates() {
    return gates;
  }

  Layer layer(int units, boolean returnSequences) {
    return switch (this) {
      case LSTM -> Lstm.builder(units).returnSequences(returnSequences).build();
      case GRU -> Gru.builder(units).returnSequences(returnSequences).build();
    };
  }

  /** As the table and the option {@code --layer} have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
