package dev.lanewise.formats.files;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.Npz;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that would grow far beyond their size. */
class ZipArchiveTest {
  private static final String CENTRAL = "PK\u0001\u0002";

  @TempDir Path directory;

  /** An archive with one entry of blanks. */
  private Path blanks(String archive, String name, int mebibytes) throws IOException {
    Path bomb = directory.resolve(archive);
    try (OutputStream out = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      zip.putNextEntry(new ZipEntry(name));
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < mebibytes; i++) {
        zip.write(blanks);
      }
    }
    return bomb;
  }

  @Test
  void inflatesNoMoreJsonThanAModelHas() throws IOException {
    Path bomb = blanks("bomb.keras", "metadata.json", 100);
    refused(
        bomb,
        ", entry \"metadata.json\": expected at most 16777216 bytes, all that the rest of the file"
            + " has a use for, got 104857600",
        () -> KerasFile.load(bomb));
  }

  @Test
  void inflatesNoMoreWeightsThanTheModelNeeds() throws IOException {
    Path bomb = directory.resolve("bomb.keras");
    try (ZipArchive whole = ZipArchive.open(file("archive2.keras"));
        OutputStream out = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : new String[] {"metadata.json", "config.json"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(whole.bytes(name, 1 << 20));
      }
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      for (int i = 0; i < 100; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    FormatException e = assertThrows(FormatException.class, () -> KerasFile.load(bomb));
    assertTrue(
        e.expected().endsWith("bytes, all that the rest of the file has a use for"), e.expected());
    assertEquals("104857600", e.got());
  }

  @Test
  void inflatesNoArrayThatGrowsAsNoNumbersDo() throws IOException {
    Path bomb = blanks("bomb.npz", "a.npy", 100);
    FormatException e = assertThrows(FormatException.class, () -> Npz.read(bomb));
    refused(
        bomb,
        ", entry \"a.npy\": expected "
            + e.expected()
            + ", got 104857600 bytes; if it is no trap, store it uncompressed",
        () -> Npz.read(bomb));
  }

  /** The first entry of the archive's directory, said again under so many other names. */
  private static byte[] again(byte[] archive, int times) {
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    int central = text.indexOf(CENTRAL);
    int end = text.indexOf("PK\u0005\u0006");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(archive, 0, central);
    for (int i = 0; i < times; i++) {
      byte[] entry = Arrays.copyOfRange(archive, central, end);
      entry[46] = (byte) ('a' + i);
      out.writeBytes(entry);
    }
    int size = out.size() - central;
    ByteBuffer last =
        ByteBuffer.wrap(Arrays.copyOfRange(archive, end, archive.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    last.putShort(8, (short) times).putShort(10, (short) times).putInt(12, size);
    out.writeBytes(last.array());
    return out.toByteArray();
  }

  @Test
  void readsTheSameBytesForOneEntryOnly() throws IOException {
    Path one = directory.resolve("one.npz");
    Npz.write(one, Map.of("x", Tensor.zeros(1000)));
    Path many = directory.resolve("many.npz");
    Files.write(many, again(Files.readAllBytes(one), 20));
    refused(
        many,
        ", entry \"b.npy\": expected bytes of its own in the archive, got the bytes of others again;"
            + " the file is damaged: copy it again, or write it again where it came from",
        () -> Npz.read(many));
  }

  @Test
  void namesTheLengthWhereThatIsTheLie() throws IOException {
    Path lie = directory.resolve("lie.npz");
    Npz.write(lie, Map.of("x", Tensor.zeros(10)));
    byte[] bytes = Files.readAllBytes(lie);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(CENTRAL);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 24, 5000);
    Files.write(lie, bytes);
    refused(
        lie,
        ", entry \"x.npy\": expected 5000 bytes, got 168; the file is damaged: copy it again, or"
            + " write it again where it came from",
        () -> Npz.read(lie));
  }
}
