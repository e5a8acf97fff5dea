package dev.lanewise.formats.audio;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelJson;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Model;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network that processes audio sample by sample, from the JSON of plug-ins and their trainers.
 *
 * <p>Its input is (batch, samples, channels): the audio, then the position of each knob. Its output
 * is (batch, samples, 1).
 *
 * @param model built, its weights those of the file
 * @param form which of the forms it has, in words
 * @param metadata what the file says of it, by key; such as {@code samplerate} or {@code
 *     sample_rate}
 */
public record AudioModel(Model model, String form, Map<String, String> metadata) {
  static final String METADATA = "metadata";
  static final String SAMPLE_RATE = "samplerate";

  /** Copies the metadata. */
  public AudioModel {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Whether a file that begins so may be one of these, in whatever order its keys are. */
  public static boolean begins(byte[] head) {
    return AudioSniff.of(head);
  }

  /**
   * Reads a file.
   *
   * @param allowNan whether weights may be NaN or infinite
   */
  public static AudioModel read(Path file, boolean allowNan) {
    Object json = Json.parsePython(ModelJson.read(file), file, "");
    JsonObject root = JsonObject.of(json, file, "");
    return ModelSizes.guarded(file, "", () -> read(root, allowNan));
  }

  private static AudioModel read(JsonObject root, boolean allowNan) {
    Map<String, String> metadata = metadata(root);
    if (root.has(RtNeural.LAYERS)) {
      return new AudioModel(RtNeural.read(root, allowNan), RtNeural.form(root), metadata);
    }
    if (root.has(Nam.ARCHITECTURE)) {
      return new AudioModel(Nam.read(root, allowNan), "NAM", metadata);
    }
    if (TorchJson.is(root)) {
      return new AudioModel(TorchJson.read(root, allowNan), TorchJson.form(root), metadata);
    }
    throw AudioErrors.noNetwork(root);
  }

  /** Text and numbers, of the file and of its metadata. */
  private static Map<String, String> metadata(JsonObject root) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (root.has(METADATA)) {
      addTo(metadata, root.object(METADATA, METADATA));
    }
    addTo(metadata, root);
    return metadata;
  }

  private static void addTo(Map<String, String> metadata, JsonObject object) {
    for (String name : object.names()) {
      Object value = object.member(name);
      if (value instanceof String || value instanceof Json.Digits || value instanceof Boolean) {
        metadata.putIfAbsent(name, value.toString());
      }
    }
  }
}
