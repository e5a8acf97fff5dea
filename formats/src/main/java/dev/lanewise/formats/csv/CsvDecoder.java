package dev.lanewise.formats.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes as text, in one pass: by their byte order mark, or as UTF-8 until bytes come that are none,
 * and from there as windows-1252. Up to there the two are the same but for text that is rightly
 * UTF-8.
 */
final class CsvDecoder extends Reader {
  static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int BUFFER = 1 << 16;
  private static final int MARK = 0xfeff;

  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);
  private final boolean given;
  private Charset charset;
  private CharsetDecoder decoder;
  private boolean begun;
  private boolean ended;
  private boolean binary;

  CsvDecoder(InputStream in, Optional<Charset> charset) {
    this.in = in;
    this.given = charset.isPresent();
    this.charset = charset.orElse(StandardCharsets.UTF_8);
    this.decoder = this.charset.newDecoder();
  }

  /** How the bytes were text, as far as they are read. */
  Charset charset() {
    return charset;
  }

  /** Whether reading failed because there was a NUL. */
  boolean isBinary() {
    return binary;
  }

  /** What comes next, as much as a look takes; it is read again. */
  String sample() throws IOException {
    while (chars.remaining() < chars.capacity() && load()) {
      // Until it is full, or the bytes end.
    }
    return chars.toString();
  }

  /** Whether {@link #sample} was all. */
  boolean isEnded() {
    return ended && !bytes.hasRemaining();
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!chars.hasRemaining() && !load()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(into, offset, count);
    return count;
  }

  /** Decodes more behind what is there; false where there is no more, or no room. */
  private boolean load() throws IOException {
    if (!begun) {
      begin();
    }
    chars.compact();
    int before = chars.position();
    boolean full = false;
    while (chars.position() == before && !full) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isError()) {
        fallBack(result);
      } else if (result.isUnderflow() && !ended) {
        fill();
      } else {
        full = true; // or at the end
      }
    }
    int after = chars.position();
    chars.flip();
    for (int i = before; i < after; i++) {
      if (chars.get(i) == 0) {
        binary = true;
        throw new IOException("a NUL byte");
      }
    }
    return after > before;
  }

  private void begin() throws IOException {
    begun = true;
    do {
      fill();
    } while (!ended && bytes.remaining() < 3);
    if (given) {
      skipMark();
      return;
    }
    int first = bytes.remaining() < 2 ? 0 : bytes.getShort(0) & 0xffff;
    if (first == MARK || first == 0xfffe) {
      charset = StandardCharsets.UTF_16; // which reads the mark itself
      decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE);
    } else {
      skipMark();
    }
  }

  private void skipMark() {
    boolean marked =
        bytes.remaining() >= 3
            && bytes.get(0) == (byte) 0xef
            && bytes.get(1) == (byte) 0xbb
            && bytes.get(2) == (byte) 0xbf;
    if (marked && charset.equals(StandardCharsets.UTF_8)) {
      bytes.position(3);
    }
  }

  private void fallBack(CoderResult error) throws IOException {
    if (given) {
      error.throwException();
    }
    charset = WINDOWS;
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + read);
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
