package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Value;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a model.
 *
 * @param name of its layer; empty where it has none
 * @param axes the lengths of its axes after the batch, -1 where free; null where unsaid
 */
record KerasInput(Path file, String where, String name, @Nullable List<Long> axes) {
  private static final List<String> SHAPES = List.of("batch_shape", "batch_input_shape");
  private static final String BUILT = "build_input_shape";

  /**
   * Of the layer that a model begins with, which is an InputLayer or knows the shape itself.
   *
   * @param model says the shape where the layer does not
   */
  static KerasInput of(JsonObject layer, JsonObject model) {
    JsonObject first = first(layer);
    JsonObject config = first.object("config", first.where());
    if (layer.string("class_name").equals(KerasKinds.INPUT.label)) {
      requireRead(layer, model.where());
    }
    return new KerasInput(
        model.file(), model.where(), KerasEntries.name(layer), axes(config, model));
  }

  /** The layer that a model within the model begins with. */
  private static JsonObject first(JsonObject layer) {
    if (!KerasEntries.isModel(layer)) {
      return layer;
    }
    JsonObject config = KerasEntries.model(layer, layer.where());
    if (layer.string("class_name").equals("Sequential")) {
      return first(KerasEntries.chain(config).getFirst());
    }
    return config.objects("layers").stream()
        .filter(each -> each.string("class_name").equals(KerasKinds.INPUT.label))
        .findFirst()
        .orElse(layer);
  }

  /**
   * Refuses settings of an InputLayer that are not known.
   *
   * @param model names the model in errors
   */
  static void requireRead(JsonObject layer, String model) {
    String name = KerasEntries.name(layer);
    String where = KerasErrors.layer(model, name, KerasKinds.INPUT.label);
    KerasKinds.INPUT.requireRead(KerasEntries.config(layer, where));
  }

  private static @Nullable List<Long> axes(JsonObject config, JsonObject model) {
    for (String name : SHAPES) {
      if (config.has(name)) {
        return withoutBatch(config.lengths(name));
      }
    }
    return model.has(BUILT) ? withoutBatch(model.lengths(BUILT)) : null;
  }

  private static List<Long> withoutBatch(List<Long> shape) {
    return shape.subList(Math.min(1, shape.size()), shape.size());
  }

  /** Whether it has a time axis, unless it is token ids. */
  boolean hasTime() {
    return axes == null || axes.size() != 1;
  }

  /**
   * How many timesteps come in; 0 where that is free or unsaid.
   *
   * @param after how many axes the input has after the time
   */
  int timesteps(int after) {
    int axis = axes == null ? -1 : axes.size() - 1 - after;
    return axes == null || axis < 0 ? 0 : Math.clamp(axes.get(axis), 0, Integer.MAX_VALUE);
  }

  /** The length of the last axis, which must be said. */
  int features() {
    if (axes == null || axes.isEmpty()) {
      throw KerasErrors.noFeatures(file, where, "no shape of the input");
    }
    long features = axes.getLast();
    if (features < 1 || features > Integer.MAX_VALUE) {
      throw KerasErrors.noFeatures(file, where, features < 0 ? "null" : Long.toString(features));
    }
    return (int) features;
  }

  /**
   * As a model of calls takes it.
   *
   * @param ids whether it is token ids
   */
  Value value(boolean ids) {
    int steps = timesteps(ids ? 0 : 1);
    if (axes != null && axes.size() > (ids ? 1 : 2)) {
      throw KerasErrors.inputAxes(file, where, name, axes, ids);
    }
    if (ids) {
      return steps > 0 ? Input.ids(name, steps) : Input.ids(name);
    }
    int features = features();
    if (!hasTime()) {
      return Input.rows(name, features);
    }
    return steps > 0 ? Input.sequences(name, steps, features) : Input.sequences(name, features);
  }
}
