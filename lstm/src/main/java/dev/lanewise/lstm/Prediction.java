package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * A prediction and the states that the LSTM layers ended in.
 *
 * @param y what {@link Predictor#predict(Tensor)} gives
 * @param state h and c (batch, units) of each LSTM after its last real step, in the order of the
 *     layers. A {@link Bidirectional} gives its forward layer's and then its backward layer's. Of a
 *     model without a backward layer a {@link Stream} can go on from it: {@link Stream#restore}
 */
public record Prediction(Tensor y, StreamState state) {}
