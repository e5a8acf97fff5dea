package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Weights in several HDF5 files beside a JSON that names them, as {@code save_weights} of Keras
 * writes them where it is given {@code max_shard_size}.
 */
final class KerasIndex implements AutoCloseable {
  private static final String MAP = "weight_map";

  /** Far above any model's, far below what would hurt. */
  private static final int MOST_FILES = 1000;

  private final List<Hdf5> files = new ArrayList<>();

  private KerasIndex() {}

  static boolean begins(byte[] head) {
    for (byte b : head) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{';
      }
    }
    return false;
  }

  /** Opens all files that the JSON names. */
  static KerasIndex open(Path json) {
    JsonObject root = JsonObject.of(Json.parse(ModelJson.read(json), json, "", 0), json, "");
    if (!root.has(MAP)) {
      throw KerasErrors.noWeightMap(json, root.names());
    }
    JsonObject map = root.object(MAP, MAP);
    Set<String> names = new LinkedHashSet<>();
    for (String variable : map.names()) {
      names.addAll(
          map.member(variable) instanceof String one ? List.of(one) : map.strings(variable));
    }
    if (names.isEmpty() || names.size() > MOST_FILES) {
      throw KerasErrors.shardCount(json, MOST_FILES, names.size());
    }
    KerasIndex index = new KerasIndex();
    try {
      names.forEach(name -> index.add(json, name));
      return index;
    } catch (RuntimeException | Error e) {
      index.close();
      throw e;
    }
  }

  /** A plain name alone, so that no other folder is read. */
  private void add(Path json, String name) {
    boolean plain =
        name.chars().allMatch(c -> c > ' ' && c != '/' && c != '\\' && c != ':' && c != 0x7f)
            && !name.startsWith(".");
    if (!plain || name.isEmpty()) {
      throw KerasErrors.shardName(json, name);
    }
    Path shard = json.resolveSibling(name);
    if (!Files.exists(shard)) {
      throw KerasErrors.noShard(json, name);
    }
    files.add(Hdf5.open(shard));
  }

  KerasHdf5 store(Path json) {
    return new KerasHdf5(files, json);
  }

  @Override
  public void close() {
    files.forEach(Hdf5::close);
  }
}
