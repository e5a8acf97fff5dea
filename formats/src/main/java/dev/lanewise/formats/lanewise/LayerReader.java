package dev.lanewise.formats.lanewise;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonErrors;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.formats.safetensors.NamedTensors;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Regularizer;
import dev.lanewise.lstm.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a layer that {@link LayerWriter} wrote. */
final class LayerReader {
  private static final Set<Object> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private final Path file;
  private final JsonObject json;
  private final NamedTensors tensors;

  LayerReader(Path file, JsonObject json, NamedTensors tensors) {
    this.file = file;
    this.json = json;
    this.tensors = tensors;
  }

  Layer read() {
    String type = json.string("type");
    String name = json.string("name");
    if (name.isEmpty()) {
      throw JsonErrors.type(file, json.where(), "a name that is not empty", name);
    }
    return ModelSizes.guarded(file, json.where(), () -> layer(known(type)).named(name));
  }

  private LayerType known(String name) {
    return LayerType.named(name).orElseThrow(() -> unknown(name, LayerType.names()));
  }

  private FormatException unknown(String name, List<String> known) {
    return LanewiseErrors.layerType(file, json.where(), name, known);
  }

  private Layer layer(LayerType type) {
    List<String> keys = new ArrayList<>(List.of("type", "name"));
    for (Setting setting : type.settings()) {
      if (setting.kind() != Setting.Kind.WEIGHT) {
        keys.add(setting.name());
      }
    }
    json.allowOnly(keys);
    return type.make(this::value);
  }

  private static List<String> names(List<LayerType> types) {
    return types.stream().map(LayerType::name).toList();
  }

  private Object value(Setting setting) {
    String name = setting.name();
    if (setting.byDefault().isPresent() && !json.has(name)) {
      return setting.byDefault().get();
    }
    return switch (setting.kind()) {
      case WHOLE -> (int) json.integer(name, setting.least(), setting.most());
      case TRUTH -> json.bool(name);
      case NUMBER -> number(name);
      case AXES -> json.axes(name);
      case CONSTANT -> constant(setting);
      case LAYER -> inner(setting);
      case REGULARIZER -> regularizer(name);
      case WEIGHT -> tensors.tensor(json.string("name") + "/" + name).toArray();
    };
  }

  /** A number, or the name of one that JSON does not have. */
  private double number(String name) {
    return NOT_FINITE.contains(json.member(name))
        ? Double.parseDouble(json.string(name))
        : json.number(name, 0);
  }

  private Regularizer regularizer(String name) {
    JsonObject object = json.object(name, json.where() + ", " + name);
    object.allowOnly("l1", "l2");
    return new Regularizer(object.number("l1", 0), object.number("l2", 0));
  }

  private Layer inner(Setting setting) {
    String where = json.where() + ", " + setting.name();
    JsonObject object = json.object(setting.name(), where);
    LayerReader reader = new LayerReader(file, object, tensors);
    String type = object.string("type");
    for (LayerType each : setting.layers()) {
      if (each.name().equals(type)) {
        return reader.layer(each).named(object.string("name"));
      }
    }
    throw reader.unknown(type, names(setting.layers()));
  }

  private Enum<?> constant(Setting setting) {
    String name = json.string(setting.name());
    for (Enum<?> choice : setting.choices()) {
      if (Json.word(choice).equals(name)) {
        return choice;
      }
    }
    if (setting.choices().getFirst() instanceof Activation) {
      throw LanewiseErrors.activation(file, json.where(), name, Activation.values());
    }
    List<String> known = setting.choices().stream().map(Json::word).toList();
    throw LanewiseErrors.constant(file, json.where(), setting.name(), name, known);
  }
}
