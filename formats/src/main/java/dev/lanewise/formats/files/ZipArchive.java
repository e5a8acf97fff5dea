package dev.lanewise.formats.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive open for reading, whose entries each fit an array. What an entry says of its size
 * is held against what a caller needs and what its compressed bytes can give, then against what it
 * gives; and all entries together against the file.
 */
public final class ZipArchive implements AutoCloseable {
  private static final byte[] SIGNATURE = {'P', 'K'};
  private static final long MOST = Integer.MAX_VALUE - 16;

  /** Numbers and JSON shrink less; only a run of one byte shrinks more. */
  private static final long MOST_RATIO = 200;

  /** As much beyond that ratio is harmless, in all entries together. */
  private static final long HARMLESS = 64 << 20;

  private final ZipFile zip;
  private final Path file;
  private final long size;
  private final boolean partlySummed;

  /** How many bytes of the file no entry that was read has come from. */
  private long unclaimed;

  private long spare = HARMLESS;

  private ZipArchive(ZipFile zip, Path file, long size, boolean partlySummed) {
    this.partlySummed = partlySummed;
    this.zip = zip;
    this.file = file;
    this.size = size;
    this.unclaimed = size;
  }

  public static boolean begins(byte[] head) {
    return head.length >= 2 && head[0] == SIGNATURE[0] && head[1] == SIGNATURE[1];
  }

  public static ZipArchive open(Path file) {
    return open(file, false);
  }

  /**
   * Opens one of whose entries some may have the checksum 0 for none, as PyTorch can write them.
   */
  public static ZipArchive openPartlySummed(Path file) {
    return open(file, true);
  }

  private static ZipArchive open(Path file, boolean partlySummed) {
    // For its messages: that there is such a file, and that it is one.
    long size;
    try (InputFile input = InputFile.open(file)) {
      size = input.size();
    }
    try {
      return new ZipArchive(new ZipFile(file.toFile()), file, size, partlySummed);
    } catch (ZipException e) {
      throw FileErrors.zip(file, "", e);
    } catch (IOException e) {
      throw FileErrors.notRead(file, e);
    }
  }

  /** Of the file, in bytes. */
  public long size() {
    return size;
  }

  /** The names of the entries, in the order of the archive. */
  public List<String> names() {
    return zip.stream().map(ZipEntry::getName).toList();
  }

  /**
   * The bytes of an entry, held to its checksum; null where there is none of that name.
   *
   * @param most how many bytes the caller has a use for
   */
  public byte @Nullable [] bytes(String name, long most) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    String where = FileErrors.entry(name);
    requireSize(entry, where, most);
    int size = (int) entry.getSize();
    byte[] bytes;
    boolean more;
    try (InputStream stream = zip.getInputStream(entry)) {
      bytes = stream.readNBytes(size);
      more = bytes.length == size && stream.read() >= 0;
    } catch (IOException e) {
      throw FileErrors.zip(file, where, e);
    }
    if (bytes.length != size || more) {
      throw FileErrors.zipLength(file, where, size, more ? "more" : "" + bytes.length);
    }
    CRC32 sum = new CRC32();
    sum.update(bytes);
    requireSum(where, entry, sum.getValue());
    return bytes;
  }

  /** Holds what was read of an entry to the checksum that the archive says. */
  void requireSum(String where, ZipEntry entry, long sum) {
    long said = entry.getCrc();
    if (sum != said && !(partlySummed && said == 0)) {
      throw FileErrors.zipChecksum(file, where, said, sum);
    }
  }

  /**
   * An entry that is stored uncompressed, of whichever size, none of whose bytes are read yet; null
   * where there is none of that name, or it is compressed. It is read as long as this is open.
   */
  public @Nullable ZipStored stored(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.getMethod() != ZipEntry.STORED) {
      return null;
    }
    String where = FileErrors.entry(name);
    claim(entry, where);
    if (entry.getSize() != entry.getCompressedSize()) {
      throw FileErrors.zipLength(file, where, entry.getSize(), "" + entry.getCompressedSize());
    }
    return new ZipStored(this, zip, entry, file);
  }

  private void requireSize(ZipEntry entry, String where, long most) {
    long size = entry.getSize();
    if (size < 0 || size > MOST) {
      throw FileErrors.zipEntrySize(file, where, size);
    }
    if (size > most) {
      throw FileErrors.zipEntryNeed(file, where, most, size);
    }
    claim(entry, where);
    long compressed = entry.getCompressedSize();
    spare -= Math.max(0, size - Sizes.multiply(compressed, MOST_RATIO));
    if (spare < 0) {
      throw FileErrors.zipRatio(file, where, MOST_RATIO, compressed, size);
    }
  }

  /** Entries that share their bytes would give more together than each may. */
  private void claim(ZipEntry entry, String where) {
    long compressed = entry.getCompressedSize();
    unclaimed -= compressed;
    if (compressed < 0 || unclaimed < 0) {
      throw FileErrors.zipOverlap(file, where);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw FileErrors.notRead(file, e);
    }
  }
}
