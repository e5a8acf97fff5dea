package dev.lanewise.formats.lanewise;

import dev.lanewise.lstm.Value;
import java.util.Locale;

/** What a file calls the inputs of a graph. */
enum InputKind {
  /** (batch, timesteps, features). */
  SEQUENCES,
  /** (batch, features). */
  ROWS,
  /** (batch, timesteps) of token ids. */
  IDS;

  static InputKind of(Value input) {
    return input.isIds() ? IDS : input.hasTime() ? SEQUENCES : ROWS;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
