package dev.lanewise.formats.tfjs;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.keras.KerasModel;
import dev.lanewise.formats.models.ModelJson;
import dev.lanewise.lstm.Model;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A layers model of TensorFlow.js: {@code model.json}, whose layers are written as Keras 2 writes
 * them, and the shards of its weights beside it. Such a model was made by TensorFlow.js itself, or
 * converted from Keras: what is absent, and what the hard sigmoid is, is as in the one that it
 * says.
 *
 * <p>Over padding at the start, a layer that begins from given states gives 0, as in Keras;
 * TensorFlow.js gives the states.
 */
public final class TfjsModel {
  private static final String TOPOLOGY = "modelTopology";
  private static final String MANIFEST = "weightsManifest";
  private static final String CONFIG = "model_config";
  private static final String VERSION = "keras_version";

  /**
   * As TensorFlow.js's own layers are: gates are hard where nothing is said, and the hard sigmoid
   * is 0.2 x + 0.5.
   */
  private static final String OWN_VERSION = "2.2.4";

  private TfjsModel() {}

  /**
   * Whether a file of these first bytes is a model of TensorFlow.js, be it one of layers or not.
   */
  public static boolean begins(byte[] head) {
    return TfjsHead.begins(head);
  }

  /**
   * Loads a model of any form.
   *
   * @param json the model's JSON; its shards are in the same folder
   * @param allowNan whether weights may be NaN or infinite
   */
  public static Model read(Path json, boolean allowNan) {
    return TfjsModel.<Model>read(json, allowNan, KerasModel::of);
  }

  /**
   * Loads a model.
   *
   * @param json the model's JSON; its shards are in the same folder
   * @param allowNan whether weights may be NaN or infinite
   * @param kind what is made of it, and which models it may be
   */
  public static <T> T read(
      Path json, boolean allowNan, Function<KerasConfig, KerasModel<? extends T>> kind) {
    JsonObject model = JsonObject.of(Json.parse(ModelJson.read(json), json, "", 0), json, "");
    JsonObject topology = topology(model);
    String said = topology.string(VERSION, "");
    JsonObject config = topology.has(CONFIG) ? topology.object(CONFIG, where(CONFIG)) : topology;
    String version = said.startsWith("tfjs") ? OWN_VERSION : said;
    KerasModel<? extends T> built = kind.apply(KerasConfig.of(config, version));
    return built.filled(new TfjsWeights(json, TfjsManifest.read(model)), json, allowNan);
  }

  private static String where(String member) {
    return TOPOLOGY + ", " + member;
  }

  private static JsonObject topology(JsonObject model) {
    if (model.string("format", "").equals("graph-model")) {
      throw TfjsErrors.graphModel(model.file());
    }
    if (!model.has(TOPOLOGY)) {
      throw TfjsErrors.noTopology(model.file(), model.names());
    }
    JsonObject topology = model.object(TOPOLOGY, TOPOLOGY);
    if (topology.has("node")) {
      throw TfjsErrors.graphModel(model.file());
    }
    if (!model.has(MANIFEST)) {
      throw TfjsErrors.noManifest(model.file());
    }
    return topology;
  }
}
