package dev.lanewise.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * How the charts show an engine: one colour and one mark each, so that either tells them apart. The
 * colours keep a contrast of 3 to 1 or more with the page, white or nearly black.
 */
enum EngineMark {
  LANEWISE("#1d5fae", "#6db3ff", "M0-5.5A5.5 5.5 0 1 1 0 5.5A5.5 5.5 0 1 1 0-5.5Z"),
  BF16("#0b7f74", "#3dd1c0", "M0-6L5.6 4.2H-5.6Z"),
  INT8("#5d6673", "#aeb8c5", "M0 6L5.6-4.2H-5.6Z"),
  ONEDNN("#c2500a", "#ff9a57", "M-4.7-4.7H4.7V4.7H-4.7Z"),
  ONNXRUNTIME("#7a3bd1", "#bd9bff", "M0-6.4L6.4 0L0 6.4L-6.4 0Z"),
  PYTORCH(
      "#b81d5b",
      "#ff77ae",
      "M-5.4-3.4L-3.4-5.4L0-2L3.4-5.4L5.4-3.4L2 0L5.4 3.4L3.4 5.4L0 2L-3.4 5.4L-5.4 3.4L-2 0Z"),
  DL4J("#7d5a10", "#dcb25a", "M-1.5-6.2H1.5V-1.5H6.2V1.5H1.5V6.2H-1.5V1.5H-6.2V-1.5H-1.5Z");

  private final String light;
  private final String dark;
  private final String outline;

  /**
   * Colours on a light page and on a dark one.
   *
   * @param outline of the mark around 0, 0, as the data of an SVG path
   */
  EngineMark(String light, String dark, String outline) {
    this.light = light;
    this.dark = dark;
    this.outline = outline;
  }

  static EngineMark of(String engine) {
    return Arrays.stream(values())
        .filter(mark -> mark.label().equals(engine))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No mark for the engine " + engine));
  }

  /** The engine's name in the tables, and the class of its marks. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** With the float32 weights that the floor is of. */
  boolean isFloat32() {
    return this != BF16 && this != INT8;
  }

  String light() {
    return light;
  }

  String dark() {
    return dark;
  }

  String outline() {
    return outline;
  }

  private static String rules(String label, String colour) {
    return ".%1$s{fill:%2$s}polyline.%1$s{fill:none;stroke:%2$s}".formatted(label, colour);
  }

  /** The rules of both pages. */
  static String styles() {
    StringBuilder rules = new StringBuilder();
    for (EngineMark mark : values()) {
      rules.append(rules(mark.label(), mark.light));
    }
    rules.append("\n@media (prefers-color-scheme:dark){");
    for (EngineMark mark : values()) {
      rules.append(rules(mark.label(), mark.dark));
    }
    return rules.append("}").toString();
  }
}
