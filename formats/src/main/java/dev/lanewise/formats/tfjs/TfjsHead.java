package dev.lanewise.formats.tfjs;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Which members a JSON object has, as far as its first bytes tell; they may end anywhere. */
final class TfjsHead {
  private static final Set<String> MEMBERS = Set.of("modelTopology", "weightsManifest");
  private static final Set<String> FORMATS = Set.of("layers-model", "graph-model");

  private final String text;
  private int at;

  private TfjsHead(byte[] head) {
    this.text = new String(head, StandardCharsets.ISO_8859_1);
  }

  /** Whether it is an object with one of TensorFlow.js's members. */
  static boolean begins(byte[] head) {
    return new TfjsHead(head).isModel();
  }

  private boolean isModel() {
    int bom = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
    if (!text.substring(bom).stripLeading().startsWith("{")) {
      return false;
    }
    int depth = 0;
    boolean isFormat = false;
    for (at = bom; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        String string = string();
        if (depth == 1 && isFormat && FORMATS.contains(string)) {
          return true;
        }
        boolean isKey = depth == 1 && isKey();
        if (isKey && MEMBERS.contains(string)) {
          return true;
        }
        isFormat = isKey && string.equals("format");
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return false;
  }

  /** Reads a string, up to the quote after it. */
  private String string() {
    int start = at + 1;
    at = start;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return text.substring(start, Math.min(at, text.length()));
  }

  private boolean isKey() {
    int next = at + 1;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && text.charAt(next) == ':';
  }
}
