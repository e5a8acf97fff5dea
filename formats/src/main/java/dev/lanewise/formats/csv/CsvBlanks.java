package dev.lanewise.formats.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** Text whose cells are set apart by runs of blanks, with one tab for each run outside quotes. */
final class CsvBlanks extends Reader {
  private static final int BUFFER = 1 << 13;

  private final BufferedReader text;
  private boolean quoted;
  private boolean lineStart = true;
  private int pending = -1;

  CsvBlanks(Reader text) {
    this.text = new BufferedReader(text, BUFFER);
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int c = next();
      if (c < 0) {
        return count == 0 && length > 0 ? -1 : count;
      }
      into[offset + count++] = (char) c;
    }
    return count;
  }

  private int next() throws IOException {
    int c = pending >= 0 ? pending : text.read();
    pending = -1;
    if (!quoted && isBlank(c)) {
      while (isBlank(c)) {
        c = text.read();
      }
      boolean edge = lineStart || c < 0 || c == '\n' || c == '\r';
      if (!edge) {
        pending = c;
        return '\t';
      }
    }
    quoted ^= c == '"';
    lineStart = c == '\n' || c == '\r';
    return c;
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
