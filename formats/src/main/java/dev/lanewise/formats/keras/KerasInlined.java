package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls of an inner model's layers that one call of that model stands for. */
final class KerasInlined {
  private final String key;
  private final int index;
  private final KerasCall call;
  private final KerasParts inner;
  private final Map<Reference, Integer> begins = new HashMap<>();
  private final List<List<Reference>> masks = new ArrayList<>(); // for each of the model's inputs
  private final Map<String, Integer> counts = new HashMap<>(); // of calls in one of the model

  /**
   * @param key of the inner model
   * @param index which of its calls it is
   * @param model names the inner model in errors
   */
  KerasInlined(String key, int index, KerasCall call, KerasParts inner, JsonObject model) {
    this.key = key;
    this.index = index;
    this.call = call;
    this.inner = inner;
    inner.nodes.forEach(node -> counts.merge(node.layer(), 1, Integer::sum));
    Object named = call.settings().getOrDefault(KerasCall.MASK, Json.Null.NULL);
    boolean isEach = named instanceof List<?> all && all.size() == inner.begins.size();
    for (int i = 0; i < inner.begins.size(); i++) {
      begins.putIfAbsent(inner.begins.get(i), i);
      boolean isOwn = isEach && inner.begins.size() > 1;
      List<Reference> own = KerasCall.references(isOwn ? ((List<?>) named).get(i) : named);
      if (own.size() > 1) {
        throw KerasErrors.callMask(model, "a mask");
      }
      masks.add(own);
    }
  }

  /** The inner calls, as the outer model has them. */
  List<KerasNode> nodes() {
    List<KerasNode> nodes = new ArrayList<>();
    for (KerasNode node : inner.nodes) {
      KerasNode moved = node.mapped(this::outer);
      Map<String, Object> settings = new LinkedHashMap<>(moved.call().settings());
      List<Reference> mask = mask(node);
      if (!mask.isEmpty() && !settings.containsKey(KerasCall.MASK)) {
        settings.put(KerasCall.MASK, KerasCall.json(mask));
      }
      KerasCall own = moved.call();
      nodes.add(
          new KerasNode(
              key + "/" + node.layer(),
              number(node.layer(), node.index()),
              new KerasCall(own.inputs(), own.states(), settings, own.isKeras3()),
              node.source()));
    }
    return nodes;
  }

  private int number(String layer, int place) {
    int count = counts.getOrDefault(layer, 0);
    return place < 0 || place >= count ? -1 : index * count + place;
  }

  /** What a tensor of the inner model is in the outer one. */
  Reference outer(Reference tensor) {
    Integer input = begins.get(tensor);
    return input != null
        ? call.inputs().get(input)
        : new Reference(
            key + "/" + tensor.layer(), number(tensor.layer(), tensor.call()), tensor.tensor());
  }

  /** The mask that the model's call names for what an inner call reads alone. */
  private List<Reference> mask(KerasNode node) {
    List<Reference> reads = node.call().inputs();
    Integer input = reads.size() == 1 ? begins.get(reads.getFirst()) : null;
    return input == null ? List.of() : masks.get(input);
  }
}
