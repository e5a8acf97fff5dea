package dev.lanewise.formats.lanewise;

import dev.lanewise.formats.json.Jackson;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Callback;
import dev.lanewise.lstm.TrainingState;
import dev.lanewise.tensor.Tensor;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Where a training stands, as JSON and named tensors, and back. Numbers are strings, as they may be
 * infinite.
 */
public final class TrainingText {
  private static final String EPOCHS = "epochs";
  private static final String UPDATES = "updates";
  private static final String RATE_FACTOR = "rateFactor";
  private static final String CALLBACKS = "callbacks";
  private static final String MOMENTS = "moments/";

  private TrainingText() {}

  /** The tensors of a state, under names that begin with a prefix. */
  public static Map<String, Tensor> tensors(String prefix, TrainingState state) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    state.moments().forEach((name, moment) -> all.put(prefix + MOMENTS + name, moment));
    for (int i = 0; i < state.callbacks().size(); i++) {
      String own = prefix + callback(i);
      state.callbacks().get(i).tensors().forEach((name, kept) -> all.put(own + name, kept));
    }
    return all;
  }

  private static String callback(int index) {
    return "callback" + index + "/";
  }

  /** What of a state is no tensor. */
  public static String write(TrainingState state) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Jackson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty(EPOCHS, state.epochs());
      json.writeNumberProperty(UPDATES, state.updates());
      json.writeStringProperty(RATE_FACTOR, Double.toString(state.rateFactor()));
      json.writeArrayPropertyStart(CALLBACKS);
      for (Callback.State callback : state.callbacks()) {
        json.writeStartObject();
        callback
            .numbers()
            .forEach((name, value) -> json.writeStringProperty(name, Double.toString(value)));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  /**
   * The state.
   *
   * @param where names the text in errors
   * @param tensors those of {@link #tensors}, without the prefix. Not copied
   */
  public static TrainingState read(
      String text, Path file, String where, Map<String, Tensor> tensors) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonObject root = JsonObject.of(Json.parse(bytes, file, where, -1), file, where);
    root.allowOnly(EPOCHS, UPDATES, RATE_FACTOR, CALLBACKS);
    List<Callback.State> callbacks = new ArrayList<>();
    for (JsonObject each : root.objects(CALLBACKS)) {
      Map<String, Double> numbers = new LinkedHashMap<>();
      each.names().forEach(name -> numbers.put(name, number(each, name)));
      callbacks.add(new Callback.State(numbers, under(callback(callbacks.size()), tensors)));
    }
    return new TrainingState(
        (int) root.integer(EPOCHS, 0, Integer.MAX_VALUE),
        root.integer(UPDATES, 0, Long.MAX_VALUE),
        number(root, RATE_FACTOR),
        under(MOMENTS, tensors),
        callbacks);
  }

  private static Map<String, Tensor> under(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), tensor.copy());
          }
        });
    return own;
  }

  private static double number(JsonObject owner, String name) {
    String text = owner.string(name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException wrong) {
      throw LanewiseErrors.trainingNumber(owner.file(), owner.where(), name, text);
    }
  }
}
