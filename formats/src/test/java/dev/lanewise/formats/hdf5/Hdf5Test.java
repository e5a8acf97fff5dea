package dev.lanewise.formats.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.Refusals;
import dev.lanewise.formats.Resources;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files come from src/test/python/make_hdf5_files.py; an array counts from -3 in halves. */
class Hdf5Test {
  private static final String DAMAGED =
      "; the file is damaged, or uses a part of HDF5 that Keras does not";

  @TempDir Path directory;

  static Path file(String name) {
    return Resources.resource("hdf5/" + name + ".h5");
  }

  private static void counts(Tensor got, long... dims) {
    assertEquals(Shape.of(dims), got.shape());
    float[] expected = new float[(int) got.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = i / 2f - 3;
    }
    assertArrayEquals(expected, got.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest"})
  void readsEveryTypeAndLayout(String name) {
    try (Hdf5 hdf5 = Hdf5.open(file(name))) {
      for (String type : List.of("f2", "f4", "f8", "be_f2", "be_f4", "be_f8")) {
        counts(hdf5.array("arrays/" + type).read(), 4, 5);
      }
      for (String layout :
          List.of("chunked", "one_chunk", "one_chunk_gzip", "gzip", "grows", "compact", "run")) {
        counts(hdf5.array("arrays/" + layout).read(), 5, 7);
      }
      counts(hdf5.array("arrays/all_filters").read(), 50, 7);
      counts(hdf5.array("arrays/fletcher").read(), 3, 3);
      counts(hdf5.array("arrays/one_axis").read(), 1500);
      counts(hdf5.array("arrays/cube").read(), 3, 4, 5);
      counts(hdf5.array("arrays/grows_gzip").read(), 40, 30);
      counts(hdf5.array("arrays/scalar").read());
      counts(hdf5.array("arrays/empty").read(), 0, 4);
      Tensor rows = hdf5.array("arrays/lzf").read();
      counts(rows.slice(1, 0, 1).copy(), 50, 1);
      counts(rows.slice(1, 6, 7).copy(), 50, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest"})
  void readsEveryKindOfText(String name) {
    try (Hdf5 hdf5 = Hdf5.open(file(name))) {
      assertEquals("däta", hdf5.text("texts", "vlen"));
      assertEquals(List.of("a", "", "ccc"), hdf5.list("texts", "vlens"));
      assertEquals(List.of("ab", "c"), hdf5.list("texts", "fixed"));
      assertEquals(List.of(), hdf5.list("texts", "empty"));
      assertEquals(List.of(), hdf5.list("texts", "none"));
      assertEquals("a b", hdf5.text("texts", "blanks"));
      assertEquals(name.equals("latest") ? 100_000 : 60_000, hdf5.text("large", "text").length());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest"})
  void readsGroupsAndObjectsWithMany(String name) {
    try (Hdf5 hdf5 = Hdf5.open(file(name))) {
      assertEquals(300, hdf5.children("many").size());
      assertEquals("däta", hdf5.text("many/group299", "vlen"));
      for (int i = 0; i < 30; i++) {
        assertEquals("text " + i, hdf5.text("many", "attribute" + i));
      }
      assertFalse(hdf5.hasAttribute("many", "attribute30"));
      assertFalse(hdf5.hasAttribute("more", "attribute0"));
      assertEquals(List.of(), hdf5.children("more"));
      assertEquals(List.of(), hdf5.children("arrays/f4"));
    }
  }

  private static void refusedArray(String file, String name, String rest) {
    try (Hdf5 hdf5 = Hdf5.open(file(file))) {
      Refusals.refused(
          file(file),
          ", array \"/arrays/" + name + "\": " + rest,
          () -> hdf5.array("arrays/" + name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest"})
  void refusesArraysThatItCannotFill(String name) {
    String readable = "expected readable HDF5, got ";
    refusedArray(name, "never_written", readable + "an array that was never written" + DAMAGED);
    refusedArray(
        name, "half_written", readable + "1 of 2 chunks: the others never written" + DAMAGED);
    refusedArray(name, "ints", "expected float16, float32 or float64, got int64");
    refusedArray(name, "texts", "expected float16, float32 or float64, got text");
    refusedArray(name, "nothing", "expected an array, got none of that name");
  }

  @Test
  void refusesTheOneIndexThatItDoesNotRead() {
    refusedArray(
        "latest",
        "grows_one_way",
        "expected readable HDF5, got an array that can grow along one axis, of HDF5 1.10 or later"
            + DAMAGED);
  }

  @Test
  void refusesNumbersAsTexts() {
    try (Hdf5 hdf5 = Hdf5.open(file("latest"))) {
      Refusals.refused(
          file("latest"),
          ", attribute \"number\" of \"/texts\": expected strings, got floats of 64 bits",
          () -> hdf5.text("texts", "number"));
      Refusals.refused(
          file("latest"),
          ", attribute \"vlens\" of \"/texts\": expected one string, got 3 strings",
          () -> hdf5.text("texts", "vlens"));
    }
  }

  @Test
  void refusesTheSameBytesForTwoArrays() {
    try (Hdf5 hdf5 = Hdf5.open(file("earliest"))) {
      FormatException e =
          assertThrows(
              FormatException.class,
              () -> {
                for (int i = 0; i < 1000; i++) {
                  hdf5.array("arrays/one_axis");
                }
              });
      assertEquals("arrays that share their bytes with others", e.got());
    }
  }

  @ParameterizedTest
  @CsvSource({"OHDR, 4", "BTHD, 10", "FRHP, 20", "FAHD, 10", "BTLF, 8"})
  void refusesAStructureWithAnotherChecksum(String signature, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file("latest"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int from = text.indexOf(signature); from >= 0; from = text.indexOf(signature, from + 1)) {
      bytes[from + at + 2] ^= 0x40;
    }
    Path changed = Files.write(directory.resolve("changed.h5"), bytes);
    assertThrows(
        FormatException.class,
        () -> {
          try (Hdf5 hdf5 = Hdf5.open(changed)) {
            assertTrue(hdf5.children("many").size() == 300);
            hdf5.text("many", "attribute29");
            hdf5.array("arrays/one_axis").read();
            hdf5.array("arrays/grows").read();
          }
        });
  }
}
