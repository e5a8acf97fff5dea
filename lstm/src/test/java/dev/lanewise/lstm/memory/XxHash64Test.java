package dev.lanewise.lstm.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against xxhash 4.0.1 of Python. */
class XxHash64Test {
  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (151 * i + 7);
    }
    return bytes;
  }

  /** {@code xxhash.xxh64(bytes((i * 151 + 7) % 256 for i in range(n)), seed=..).hexdigest()}. */
  @ParameterizedTest
  @CsvSource({
    "0, ef46db3751d8e999, c4349fc93c010000",
    "1, a96c7f0ce858bbb7, 585882422a6165e7",
    "3, 2f2874086c7628d8, 9d3cc8597077d4b9",
    "4, 14fe45377c822387, c69e93999a7ccbd3",
    "7, 1afb0e4566033049, a105ae0b10286003",
    "8, 2b4ee232c9349d82, 7e33bbcb68443a90",
    "11, 1d0104e24dfcdd5c, df7b59a367042f06",
    "31, d5ce50e5d53b8c92, be6944ed97641378",
    "32, ca18b6ae4913772a, 4b2edf35fb2fb54e",
    "33, 531a7c4407d79f95, 90f8058a70dc1250",
    "63, a155570cdfc5e7a3, 00ab2d8e042e35d0",
    "64, 1dec0aba21dd4a5b, e1e9c09db5a717d0",
    "101, 5dda6937f0b2e411, 7ce2064685670454",
    "1021, 6edb403c5ed882b6, 4d80d6ad75a6a388",
    "16384, d140025717e49959, 147b459fea0822d4",
    "16417, 4238f0f9e4055231, 70bb85946a5504a3",
    "50003, 8e6c1d6a2349f569, b7676a6e0855239c"
  })
  void isThatOfTheReference(int length, String plain, String seeded) {
    MemorySegment heap = MemorySegment.ofArray(bytes(length));
    assertEquals(plain, Long.toHexString(XxHash64.of(heap, 0)));
    String found = String.format("%016x", XxHash64.of(heap, 0x9E3779B97F4A7C15L));
    assertEquals(seeded, found);
    try (Arena arena = Arena.ofConfined()) { // where no number is aligned
      MemorySegment room = arena.allocate(length + 1, 8).asSlice(1, length).copyFrom(heap);
      assertEquals(plain, Long.toHexString(XxHash64.of(room, 0)));
    }
  }

  @Test
  void isThatOfText() {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0x44bc2cf5ad770999L, XxHash64.of(MemorySegment.ofArray(abc), 0));
  }
}
