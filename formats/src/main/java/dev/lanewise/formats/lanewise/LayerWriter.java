package dev.lanewise.formats.lanewise;

import dev.lanewise.formats.json.Json;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Regularizer;
import dev.lanewise.lstm.Setting;
import tools.jackson.core.JsonGenerator;

/** Writes a layer as a JSON object that {@link LayerReader} reads. */
final class LayerWriter {
  private final JsonGenerator json;

  LayerWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(Layer layer) {
    LayerType type = LayerType.of(layer);
    json.writeStartObject();
    json.writeStringProperty("type", type.name());
    json.writeStringProperty("name", layer.name());
    for (Setting setting : type.settings()) {
      Object value = setting.of(layer);
      if (!setting.isLeftOut(value)) {
        json.writeName(setting.name());
        write(value);
      }
    }
    json.writeEndObject();
  }

  private void write(Regularizer regularizer) {
    json.writeStartObject();
    json.writeNumberProperty("l1", regularizer.l1());
    json.writeNumberProperty("l2", regularizer.l2());
    json.writeEndObject();
  }

  private void write(Object value) {
    switch (value) {
      case Integer number -> json.writeNumber(number);
      // Of NaN and infinity Jackson writes the name, as a string.
      case Float number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case Enum<?> constant -> json.writeString(Json.word(constant));
      case int[] axes -> json.writeArray(axes, 0, axes.length);
      case Layer inner -> write(inner);
      case Regularizer regularizer -> write(regularizer);
      default -> throw new AssertionError(value);
    }
  }
}
