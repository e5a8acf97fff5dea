package dev.lanewise.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A zip archive open for reading, whose entries each fit an array. */
final class ZipArchive implements AutoCloseable {
  private static final byte[] SIGNATURE = {'P', 'K'};

  private final ZipFile zip;
  private final Path file;

  private ZipArchive(ZipFile zip, Path file) {
    this.zip = zip;
    this.file = file;
  }

  static boolean begins(byte[] head) {
    return head.length >= 2 && head[0] == SIGNATURE[0] && head[1] == SIGNATURE[1];
  }

  static ZipArchive open(Path file) {
    // For its messages: that there is such a file, and that it is one.
    InputFile.open(file).close();
    try {
      return new ZipArchive(new ZipFile(file.toFile()), file);
    } catch (ZipException e) {
      throw FormatErrors.zip(file, "", e);
    } catch (IOException e) {
      throw FormatErrors.notRead(file, e);
    }
  }

  /** The names of the entries, in the order of the archive. */
  List<String> names() {
    return zip.stream().map(ZipEntry::getName).toList();
  }

  /** The bytes of an entry, held to its checksum; null where there is none of that name. */
  byte @Nullable [] bytes(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    String where = FormatErrors.entry(name);
    if (entry.getSize() > Integer.MAX_VALUE - 16) {
      throw FormatErrors.zipEntrySize(file, where, entry.getSize());
    }
    byte[] bytes;
    try (InputStream stream = zip.getInputStream(entry)) {
      bytes = stream.readNBytes((int) entry.getSize());
    } catch (IOException e) {
      throw FormatErrors.zip(file, where, e);
    }
    CRC32 sum = new CRC32();
    sum.update(bytes);
    if (bytes.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
      throw FormatErrors.zipChecksum(file, where, entry.getCrc(), sum.getValue());
    }
    return bytes;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw FormatErrors.notRead(file, e);
    }
  }
}
