package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * A prediction and the states that the recurrent layers ended in.
 *
 * @param y what {@link Predictor#predict(Tensor)} gives
 * @param state h (batch, units) of each recurrent layer after its last real step and c of each
 *     LSTM, in the order of the layers. A {@link Bidirectional} gives its forward layer's and then
 *     its backward layer's. Of a model without a backward layer a {@link Stream} can go on from it:
 *     {@link Stream#restore}
 */
public record Prediction(Tensor y, StreamState state) {}
