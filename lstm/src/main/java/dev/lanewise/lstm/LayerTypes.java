package dev.lanewise.lstm;

import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The one list of all layers beside {@code permits}; apart, as the layers' classes need theirs. A
 * model has few of them: so a class is loaded when its type is asked for, and not before.
 */
final class LayerTypes {
  static final List<String> NAMES =
      List.of(
          "Lstm",
          "Gru",
          "SimpleRnn",
          "Dense",
          "Embedding",
          "Conv1d",
          "Bidirectional",
          "Masking",
          "Dropout",
          "Flatten",
          "Reshape",
          "Permute",
          "RepeatVector",
          "Softmax",
          "Normalization",
          "LayerNormalization",
          "BatchNormalization",
          "Add",
          "Average",
          "Multiply",
          "Concatenate",
          "MaxPooling1d",
          "AveragePooling1d",
          "GlobalMaxPooling1d",
          "GlobalAveragePooling1d",
          "SpatialDropout1d",
          "ActivationLayer",
          "Relu",
          "Elu",
          "FeatureSlice");

  private LayerTypes() {}

  /** Every type, of which all classes are loaded. */
  static List<LayerType> all() {
    return NAMES.stream().map(LayerTypes::required).toList();
  }

  /** The type of a layer's class by its name. */
  static LayerType required(String name) {
    LayerType type = named(name);
    if (type == null) {
      throw new NoSuchElementException(name);
    }
    return type;
  }

  static @Nullable LayerType named(String name) {
    return switch (name) {
      case "Lstm" -> Lstm.TYPE;
      case "Gru" -> Gru.TYPE;
      case "SimpleRnn" -> SimpleRnn.TYPE;
      case "Dense" -> Dense.TYPE;
      case "Embedding" -> Embedding.TYPE;
      case "Conv1d" -> Conv1d.TYPE;
      case "Bidirectional" -> Bidirectional.TYPE;
      case "Masking" -> Masking.TYPE;
      case "Dropout" -> Dropout.TYPE;
      case "Flatten" -> Flatten.TYPE;
      case "Reshape" -> Reshape.TYPE;
      case "Permute" -> Permute.TYPE;
      case "RepeatVector" -> RepeatVector.TYPE;
      case "Softmax" -> Softmax.TYPE;
      case "Normalization" -> Normalization.TYPE;
      case "LayerNormalization" -> LayerNormalization.TYPE;
      case "BatchNormalization" -> BatchNormalization.TYPE;
      case "Add" -> Add.TYPE;
      case "Average" -> Average.TYPE;
      case "Multiply" -> Multiply.TYPE;
      case "Concatenate" -> Concatenate.TYPE;
      case "MaxPooling1d" -> MaxPooling1d.TYPE;
      case "AveragePooling1d" -> AveragePooling1d.TYPE;
      case "GlobalMaxPooling1d" -> GlobalMaxPooling1d.TYPE;
      case "GlobalAveragePooling1d" -> GlobalAveragePooling1d.TYPE;
      case "SpatialDropout1d" -> SpatialDropout1d.TYPE;
      case "ActivationLayer" -> ActivationLayer.TYPE;
      case "Relu" -> Relu.TYPE;
      case "Elu" -> Elu.TYPE;
      case "FeatureSlice" -> FeatureSlice.TYPE;
      default -> null;
    };
  }
}
