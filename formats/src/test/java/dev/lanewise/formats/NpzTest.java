package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.noChangeBreaksTheReader;
import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are NumPy's own: npz/make.py. */
class NpzTest {
  @TempDir Path directory;

  private static Path golden(String name) {
    return Resources.resource("dev/lanewise/formats/npz/" + name + ".npz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored", "compressed"})
  void readsWhatNumpyWrites(String name) {
    Map<String, Tensor> arrays = Npz.read(golden(name));
    assertEquals(List.of("x", "layer/bias", "arr_0"), List.copyOf(arrays.keySet()));
    assertEquals(Shape.of(2, 3), arrays.get("x").shape());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, arrays.get("x").toArray());
    assertArrayEquals(new float[] {0.5f, -1}, arrays.get("layer/bias").toArray());
    assertEquals(7, arrays.get("arr_0").get());
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Path file = directory.resolve("a.npz");
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("b", Tensor.arange(6).reshape(2, 3).transpose());
    arrays.put("a", Tensor.zeros(0, 4));
    Npz.write(file, arrays);
    Map<String, Tensor> back = Npz.read(file);
    assertEquals(List.of("b", "a"), List.copyOf(back.keySet()));
    assertEquals(Shape.of(3, 2), back.get("b").shape());
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, back.get("b").toArray());
    assertEquals(Shape.of(0, 4), back.get("a").shape());
    byte[] bytes = Files.readAllBytes(file);
    Npz.write(file, arrays);
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void namesTheEntryThatIsWrong() {
    refused(
        golden("object"),
        ", entry \"o.npy\", byte 20: expected float16, float32 or float64, an integer of 8 to 64"
            + " bits, or bool, got the type \"<c8\"; convert it before saving:"
            + " a.astype(numpy.float32)",
        () -> Npz.read(golden("object")));
    Path keras = Resources.file("archive.keras");
    refused(
        keras,
        ", entry \"metadata.json\": expected an .npz archive, of .npy files only, got another file",
        () -> Npz.read(keras));
  }

  @Test
  void refusesEveryCut() throws IOException {
    byte[] whole = Files.readAllBytes(golden("stored"));
    Path cut = directory.resolve("cut.npz");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThrows(FormatException.class, () -> Npz.read(cut), "cut at byte " + length);
    }
    Files.write(cut, new byte[0]);
    refused(
        cut,
        ": expected a readable zip archive, got \"zip file is empty\"; the file is cut short: copy"
            + " it again, or write it again where it came from",
        () -> Npz.read(cut));
  }

  @Test
  void readsOrRefusesDamagedFiles() throws IOException {
    noChangeBreaksTheReader(golden("stored"), directory, Npz::read);
    noChangeBreaksTheReader(golden("compressed"), directory, Npz::read);
  }
}
