package dev.lanewise.formats.tfjs;

import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The weights that a manifest names: their shapes and places, held against the sizes of the files.
 */
final class TfjsManifest {
  private static final int LONGEST_NAME = 1000;

  /** In a name: models around a layer, the layer, its cell, the weight. */
  private static final int MOST_PARTS = 12;

  private static final Map<String, ElementType> TYPES =
      new TreeMap<>(
          Map.of(
              "float32", ElementType.F32,
              "float16", ElementType.F16,
              "int32", ElementType.I32,
              "uint8", ElementType.U8,
              "bool", ElementType.BOOL));

  private static final Map<String, ElementType> QUANTIZED =
      new TreeMap<>(
          Map.of("uint8", ElementType.U8, "uint16", ElementType.U16, "float16", ElementType.F16));

  private final Path file;
  private final Map<String, TfjsArray> arrays = new LinkedHashMap<>();

  private TfjsManifest(Path file) {
    this.file = file;
  }

  /** The weights by name, in the order of the manifest, but for those of an optimizer. */
  static Map<String, TfjsArray> read(JsonObject model) {
    TfjsManifest manifest = new TfjsManifest(model.file());
    Set<String> seen = new HashSet<>();
    for (JsonObject group : model.objects("weightsManifest")) {
      group.allowOnly("paths", "weights");
      manifest.add(group, TfjsShards.find(model.file(), group.strings("paths"), seen));
    }
    return manifest.arrays;
  }

  private void add(JsonObject group, TfjsShards shards) {
    long at = 0;
    for (JsonObject entry : group.objects("weights")) {
      entry.allowOnly("name", "shape", "dtype", "quantization", "group");
      String name = entry.string("name");
      if (name.length() > LONGEST_NAME) {
        throw TfjsErrors.longName(entry, LONGEST_NAME, name.length());
      }
      long parts = 1 + name.chars().filter(c -> c == '/').count();
      if (parts > MOST_PARTS) {
        throw TfjsErrors.deepName(entry, MOST_PARTS, parts);
      }
      TfjsArray array = array(entry, name, shards, at);
      at = Sizes.add(at, array.bytes());
      boolean isOptimizers = entry.string("group", "").equals("optimizer");
      if (!isOptimizers && arrays.put(name, array) != null) {
        throw TfjsErrors.weightTwice(file, name);
      }
    }
    if (at != shards.size()) {
      throw TfjsErrors.groupSize(file, shards.names(), at, shards.size());
    }
  }

  private TfjsArray array(JsonObject entry, String name, TfjsShards shards, long at) {
    String plain = entry.string("dtype");
    ElementType type = TYPES.get(plain);
    if (type == null) {
      throw TfjsErrors.type(entry, plain, List.copyOf(TYPES.keySet()));
    }
    double scale = 1;
    double min = 0;
    if (entry.has("quantization")) {
      JsonObject how = entry.object("quantization", entry.where() + ", quantization");
      how.allowOnly("dtype", "min", "scale", "original_dtype");
      String stored = how.string("dtype");
      type = QUANTIZED.get(stored);
      if (type == null) {
        throw TfjsErrors.quantizedType(entry, stored, List.copyOf(QUANTIZED.keySet()));
      }
      boolean isHalf = type == ElementType.F16;
      scale = isHalf ? 1 : how.number("scale");
      min = isHalf ? 0 : how.number("min");
    }
    long[] dims = entry.longs("shape");
    if (Sizes.extent(dims, Double.BYTES) == Sizes.TOO_MANY) {
      throw TfjsErrors.weightSize(file, name);
    }
    boolean isWhole = plain.equals("int32");
    return new TfjsArray(Shape.of(dims), type, scale, min, isWhole, shards, at);
  }
}
