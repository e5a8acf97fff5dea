package dev.lanewise.lstm;

/**
 * What the two directions of a {@link Bidirectional} give in a {@link Model} that is being built,
 * apart: each (batch, timesteps, units) in the order of time, or (batch, units).
 *
 * @param forward that of the layer that reads from the first step on
 * @param backward that of the layer that reads from the last step back
 */
public record BothDirections(Value forward, Value backward) {}
