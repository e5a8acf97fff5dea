package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.XxHash64;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What tells a model from others.
 *
 * @param layers a hash of what it computes but for its weights, {@link LayersText}
 * @param weights a hash of its weights in float32, in their order
 */
record Fingerprint(long layers, long weights) {

  /**
   * That of a model.
   *
   * @param weights a hash of each layer's
   */
  static Fingerprint of(Plan plan, long[] weights) {
    byte[] text = LayersText.of(plan).getBytes(StandardCharsets.UTF_8);
    return new Fingerprint(
        XxHash64.of(MemorySegment.ofArray(text), 0),
        XxHash64.of(MemorySegment.ofArray(weights), 0));
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(layers) + "-" + hex.toHexDigits(weights);
  }
}
