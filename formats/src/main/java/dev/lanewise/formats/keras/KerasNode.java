package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import java.util.function.UnaryOperator;

/**
 * One call of one layer of a model.
 *
 * @param layer the name under which calls refer to it
 * @param index which of the layer's calls it is; 0 for the first
 * @param source the layer in the JSON
 */
record KerasNode(String layer, int index, KerasCall call, JsonObject source) {
  String type() {
    return source.string("class_name");
  }

  /** One of the tensors that it gives. */
  Reference gives(int tensor) {
    return new Reference(layer, index, tensor);
  }

  /** It on other tensors. */
  KerasNode mapped(UnaryOperator<Reference> to) {
    return new KerasNode(layer, index, call.mapped(to), source);
  }
}
