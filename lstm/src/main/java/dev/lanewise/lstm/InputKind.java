package dev.lanewise.lstm;

/** What an input of a model is. */
enum InputKind {
  /** (batch, timesteps) of token ids. */
  IDS,
  /** (batch, timesteps, features). */
  SEQUENCES,
  /** (batch, features). */
  ROWS,
  /** (batch, features) or (batch, timesteps, features): of a chain alone. */
  EITHER
}
