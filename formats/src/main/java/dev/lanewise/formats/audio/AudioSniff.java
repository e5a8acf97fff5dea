package dev.lanewise.formats.audio;

import dev.lanewise.formats.json.Jackson;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Tells by the first keys of a JSON text whether it may be an audio network. */
final class AudioSniff {
  /** Those that no other model's JSON has at its top. */
  private static final Set<String> OWN =
      Set.of(
          RtNeural.IN_SHAPE,
          RtNeural.IN_SKIP,
          RtNeural.IN_GAIN,
          RtNeural.OUT_GAIN,
          AudioSamples.INPUT,
          AudioSamples.OUTPUT,
          TorchJson.STATE,
          TorchJson.MODEL,
          Nam.ARCHITECTURE);

  /** Those of the objects at the top, as {@code KEY/KEY}. */
  private static final Set<String> INNER =
      Set.of(
          "layers/weights",
          "metadata/gear_type",
          "metadata/modeled_by",
          "metadata/tone_type",
          "metadata/loudness");

  private final Set<String> keys = new HashSet<>();

  private AudioSniff() {}

  static boolean of(byte[] head) {
    AudioSniff sniff = new AudioSniff();
    sniff.read(head);
    return sniff.keys.stream()
        .anyMatch(key -> OWN.contains(key) || INNER.contains(key) || TorchJson.isTensor(key));
  }

  private void read(byte[] head) {
    try (JsonParser parser = Jackson.FACTORY.createParser(ObjectReadContext.empty(), head)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        readKeys(parser);
      }
    } catch (JacksonException e) {
      // The head ends within a value, or this is no JSON.
    }
  }

  private void readKeys(JsonParser parser) {
    String top = "";
    int objects = 1; // that are open
    int arrays = 0;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case START_OBJECT -> objects++;
        case END_OBJECT -> objects--;
        case START_ARRAY -> arrays++;
        case END_ARRAY -> arrays--;
        case PROPERTY_NAME -> {
          String name = parser.currentName();
          if (objects == 1 && arrays == 0) {
            top = name;
            keys.add(name);
          } else if (objects == 2) {
            keys.add(top + "/" + name);
          }
        }
        default -> {}
      }
    }
  }
}
