package dev.lanewise.formats.lanewise;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Value;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the inputs, calls and outputs of a graph, which {@link GraphReader} reads. */
final class GraphWriter {
  static final String INPUTS = "inputs";
  static final String CALLS = "calls";
  static final String OUTPUTS = "outputs";
  static final String NAME = "name";
  static final String KIND = "kind";
  static final String TIMESTEPS = "timesteps";
  static final String FEATURES = "features";
  static final String LAYER = "layer";
  static final String IN = "in";
  static final String FROM = "from";
  static final String VALUE = "value";

  private final JsonGenerator json;
  private final Model model;

  GraphWriter(JsonGenerator json, Model model) {
    this.json = json;
    this.model = model;
  }

  void writeInputs() {
    json.writeArrayPropertyStart(INPUTS);
    model.inputs().forEach(this::write);
    json.writeEndArray();
  }

  private void write(Value input) {
    InputKind kind = InputKind.of(input);
    json.writeStartObject();
    json.writeStringProperty(NAME, input.name());
    json.writeStringProperty(KIND, kind.word());
    if (input.timesteps() > 0) {
      json.writeNumberProperty(TIMESTEPS, input.timesteps());
    }
    if (kind != InputKind.IDS) {
      json.writeNumberProperty(FEATURES, input.features());
    }
    json.writeEndObject();
  }

  void writeCalls() {
    json.writeArrayPropertyStart(CALLS);
    model.calls().forEach(this::write);
    json.writeEndArray();
  }

  private void write(Model.Call call) {
    json.writeStartObject();
    json.writeStringProperty(LAYER, call.layer().name());
    write(IN, call.in());
    if (!call.from().isEmpty()) {
      write(FROM, call.from());
    }
    json.writeEndObject();
  }

  private void write(String name, List<Integer> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeNumber);
    json.writeEndArray();
  }

  void writeOutputs() {
    json.writeArrayPropertyStart(OUTPUTS);
    model
        .outputValues()
        .forEach(
            (name, value) -> {
              json.writeStartObject();
              json.writeStringProperty(NAME, name);
              json.writeNumberProperty(VALUE, value);
              json.writeEndObject();
            });
    json.writeEndArray();
  }
}
