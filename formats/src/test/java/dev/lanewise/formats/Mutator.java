package dev.lanewise.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Changes files as damage and malice do: bytes, numbers, pieces and words. */
final class Mutator {
  private static final int MOST_BYTES = 1 << 17;

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    7,
    8,
    255,
    256,
    4095,
    65535,
    65536,
    1 << 20,
    1 << 24,
    1 << 28,
    Integer.MAX_VALUE,
    1L << 31,
    (1L << 32) - 1,
    1L << 32,
    1L << 40,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    -8
  };

  private static final String[] TEXT_NUMBERS = {
    "0",
    "1",
    "2",
    "3",
    "-1",
    "255",
    "65536",
    "1048576",
    "536870911",
    "2147483647",
    "2147483648",
    "4294967296",
    "4611686018427387904",
    "9223372036854775807",
    "9223372036854775808",
    "1e400",
    "1.5",
    "-0",
    "1e-999",
    "99999999999999999999999999",
    "null",
    "true",
    "\"x\"",
    "[]",
    "{}",
    "[1]"
  };

  final RandomGenerator random;
  private final List<String> words;

  /**
   * @param words the format's own, which are put in place of each other
   */
  Mutator(long seed, List<String> words) {
    // Random's first numbers for neighbouring seeds are much the same.
    this.random = new SplittableRandom(seed);
    this.words = words;
  }

  byte[] mutate(byte[] seed) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 6 : 2);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes =
          switch (random.nextInt(9)) {
            case 0 -> flip(bytes);
            case 1, 2 -> number(bytes);
            case 3 -> field(bytes);
            case 4 -> piece(bytes);
            case 5 -> cut(bytes);
            case 6 -> word(bytes);
            case 7 -> digits(bytes);
            default -> nested(bytes);
          };
    }
    return bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
  }

  private byte[] flip(byte[] bytes) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private long any(int size) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(size + 1);
      case 1 -> random.nextInt(64);
      default -> NUMBERS[random.nextInt(NUMBERS.length)];
    };
  }

  private byte[] number(byte[] bytes) {
    return put(bytes, random.nextInt(bytes.length), 1 << random.nextInt(4), any(bytes.length));
  }

  private static byte[] put(byte[] bytes, int at, int width, long value) {
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >>> (i * Byte.SIZE));
    }
    return bytes;
  }

  /** A number that could be a size or an offset becomes another that could. */
  private byte[] field(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int attempt = 0; attempt < 200 && bytes.length >= 8; attempt++) {
      int at = random.nextInt(bytes.length - 7);
      long value = all.getLong(at);
      if (value > 0 && value <= bytes.length) {
        long changed =
            switch (random.nextInt(3)) {
              case 0 -> value + random.nextInt(33) - 16;
              case 1 -> value * (1L << random.nextInt(40));
              default -> any(bytes.length);
            };
        return put(bytes, at, 8, changed);
      }
    }
    return number(bytes);
  }

  /** Copies, repeats or removes some bytes. */
  private byte[] piece(byte[] bytes) {
    int from = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - from, 1 + random.nextInt(1 << random.nextInt(10)));
    byte[] piece = Arrays.copyOfRange(bytes, from, from + length);
    int to = random.nextInt(bytes.length + 1);
    if (random.nextBoolean()) {
      System.arraycopy(piece, 0, bytes, Math.min(to, bytes.length - length), length);
      return bytes;
    }
    int times = random.nextInt(8) == 0 ? random.nextInt(100) : random.nextInt(2);
    return replaced(bytes, to, times == 0 ? Math.min(length, bytes.length - to) : 0, piece, times);
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] with, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    for (int i = 0; i < times && out.size() < MOST_BYTES; i++) {
      out.writeBytes(with);
    }
    out.write(bytes, at + length, bytes.length - at - length);
    return out.toByteArray();
  }

  private byte[] cut(byte[] bytes) {
    return random.nextInt(4) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private byte[] word(byte[] bytes) {
    if (words.isEmpty()) {
      return flip(bytes);
    }
    String old = words.get(random.nextInt(words.size()));
    byte[] other = words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(old, random.nextInt(bytes.length));
    at = at < 0 ? text.indexOf(old) : at;
    return at < 0
        ? replaced(bytes, random.nextInt(bytes.length), 0, other, 1)
        : replaced(bytes, at, old.length(), other, 1);
  }

  /** A number in text becomes another. */
  private byte[] digits(byte[] bytes) {
    int start = random.nextInt(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int at = (start + i) % bytes.length;
      if (bytes[at] >= '0' && bytes[at] <= '9') {
        int end = at;
        while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
          end++;
        }
        String number = TEXT_NUMBERS[random.nextInt(TEXT_NUMBERS.length)];
        return replaced(bytes, at, end - at, number.getBytes(StandardCharsets.UTF_8), 1);
      }
    }
    return flip(bytes);
  }

  private byte[] nested(byte[] bytes) {
    String[] openings = {"[", "{\"a\":", "(", "\"", "'", "\u001b[2J", "\n", "\u202e"};
    byte[] opening = openings[random.nextInt(openings.length)].getBytes(StandardCharsets.UTF_8);
    return replaced(bytes, random.nextInt(bytes.length), 0, opening, 1 << random.nextInt(14));
  }

  /** Changes what is in front of a file's numbers, and says its new length. */
  byte[] inFront(byte[] seed, int at, int width, int length) {
    int start = at + width;
    byte[] front = mutate(Arrays.copyOfRange(seed, start, start + length));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(seed, 0, at);
    for (int i = 0; i < width; i++) {
      out.write(i < Integer.BYTES ? front.length >>> (i * Byte.SIZE) : 0);
    }
    out.writeBytes(front);
    out.write(seed, start + length, seed.length - start - length);
    return out.toByteArray();
  }

  /** Changes the archive, or an entry in an archive that is otherwise whole. */
  byte[] inArchive(byte[] seed) {
    return inArchive(seed, false);
  }

  /** The same, with entries that are not compressed. */
  byte[] inArchive(byte[] seed, boolean stored) {
    if (random.nextInt(3) == 0) {
      return mutate(seed);
    }
    try {
      Map<String, byte[]> entries = entries(seed);
      List<String> names = List.copyOf(entries.keySet());
      String changed = names.get(random.nextInt(names.size()));
      entries.put(changed, mutate(entries.get(changed)));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          zip.putNextEntry(entry(entry.getKey(), entry.getValue(), stored));
          zip.write(entry.getValue());
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Read from a file: a stream cannot tell where a stored entry with a descriptor ends. */
  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Path file = Files.createTempFile("seed", ".zip");
    try {
      Files.write(file, archive);
      Map<String, byte[]> entries = new LinkedHashMap<>();
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
      return entries;
    } finally {
      Files.delete(file);
    }
  }

  private static ZipEntry entry(String name, byte[] bytes, boolean stored) {
    ZipEntry entry = new ZipEntry(name);
    if (stored) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(sum.getValue());
    }
    return entry;
  }
}
