package dev.lanewise.lstm;

import java.util.List;

/** The one list of all layers beside {@code permits}; apart, as the layers' classes need theirs. */
final class LayerTypes {
  static final List<LayerType> ALL =
      List.of(
          Lstm.TYPE,
          Gru.TYPE,
          SimpleRnn.TYPE,
          Dense.TYPE,
          Embedding.TYPE,
          Conv1d.TYPE,
          Bidirectional.TYPE,
          Masking.TYPE,
          Dropout.TYPE,
          Flatten.TYPE,
          Reshape.TYPE,
          Permute.TYPE,
          RepeatVector.TYPE,
          Softmax.TYPE,
          Normalization.TYPE,
          LayerNormalization.TYPE,
          BatchNormalization.TYPE,
          Add.TYPE,
          Average.TYPE,
          Multiply.TYPE,
          Concatenate.TYPE,
          MaxPooling1d.TYPE,
          AveragePooling1d.TYPE,
          GlobalMaxPooling1d.TYPE,
          GlobalAveragePooling1d.TYPE,
          SpatialDropout1d.TYPE,
          ActivationLayer.TYPE,
          Relu.TYPE,
          Elu.TYPE,
          FeatureSlice.TYPE);

  private LayerTypes() {}
}
