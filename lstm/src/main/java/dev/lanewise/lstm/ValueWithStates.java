package dev.lanewise.lstm;

/**
 * What a recurrent layer gives in a {@link Model} that is being built, and the states that it ends
 * in. As {@link Prediction} holds their numbers.
 *
 * @param y what {@link Layer#apply} gives
 * @param states those after the last real step
 */
public record ValueWithStates(Value y, States states) {}
