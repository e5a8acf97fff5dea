package dev.lanewise.lstm;

/**
 * A description of one layer of a {@link Sequential}: what it computes, not its weights, which the
 * {@code Sequential} holds.
 *
 * <p>Immutable; may be shared between models and threads.
 */
public sealed interface Layer permits Dense, Lstm, Normalization {

  /**
   * The layer's name, unique in its model.
   *
   * @return the name; empty where none was set and no {@link Sequential} has given one. The layers
   *     of {@link Sequential#layers()} always have names, Keras's: {@code lstm}, {@code lstm_1},
   *     {@code dense}
   */
  String name();
}
