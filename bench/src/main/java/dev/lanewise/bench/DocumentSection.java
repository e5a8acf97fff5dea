package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a document that is measured, between two marks: what the page of charts is drawn from.
 */
enum DocumentSection {
  PEERS("peers"),
  START_UP("start-up");

  private final String begin;
  private final String end;

  DocumentSection(String name) {
    this.begin = "<!-- " + name + ":begin -->";
    this.end = "<!-- " + name + ":end -->";
  }

  /** What stands in it. */
  String in(String document) {
    int from = from(document);
    return document.substring(from, to(document, from)).strip();
  }

  /** Puts a text into it. */
  void replace(Path document, String text) throws IOException {
    String whole = Files.readString(document);
    int from = from(whole);
    Files.writeString(
        document, whole.substring(0, from) + "\n" + text + whole.substring(to(whole, from)));
  }

  private int from(String document) {
    int at = document.indexOf(begin);
    if (at < 0) {
      throw missing();
    }
    return at + begin.length();
  }

  private int to(String document, int from) {
    int at = document.indexOf(end, from);
    if (at < 0) {
      throw missing();
    }
    return at;
  }

  private IllegalStateException missing() {
    return new IllegalStateException(
        "no place for what was measured: a line " + begin + " and a line " + end);
  }
}
