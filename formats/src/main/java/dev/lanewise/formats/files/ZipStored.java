package dev.lanewise.formats.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An entry of a zip archive that is stored uncompressed, read in pieces from the file itself. */
public final class ZipStored {
  private static final int CHUNK = 1 << 18;

  private final ZipArchive archive;
  private final ZipFile zip;
  private final ZipEntry entry;
  private final Path file;
  private boolean isSummed;

  ZipStored(ZipArchive archive, ZipFile zip, ZipEntry entry, Path file) {
    this.archive = archive;
    this.zip = zip;
    this.entry = entry;
    this.file = file;
  }

  /** In bytes. */
  public long size() {
    return entry.getSize();
  }

  /**
   * Reads numbers, converted as {@link ElementType} says, that the caller knows to be inside the
   * entry. The first call holds the entry to its checksum.
   *
   * @param position where they are in the entry, in bytes
   * @param target (.., count, ..) float32. Overwritten
   * @param offset where to in the target, in elements
   * @param where names the array in errors; may be empty
   */
  public void floats(
      ElementType type,
      ByteOrder order,
      long position,
      long count,
      MemorySegment target,
      long offset,
      String where) {
    int perChunk = (int) Math.max(1, Math.min(CHUNK / type.bytes(), count));
    byte[] chunk = new byte[perChunk * type.bytes()];
    MemorySegment source = MemorySegment.ofArray(chunk);
    try {
      requireSum();
      try (InputStream stream = zip.getInputStream(entry)) {
        stream.skipNBytes(position);
        for (long done = 0; done < count; done += perChunk) {
          int n = (int) Math.min(perChunk, count - done);
          fill(stream, chunk, n * type.bytes());
          long beyond = type.toFloats(source, order, n, target, offset + done);
          if (beyond >= 0) {
            String value = type.text(source, beyond, order);
            throw FileErrors.beyondFloat(file, where, done + beyond, value);
          }
        }
      }
    } catch (IOException e) {
      throw FileErrors.zip(file, FileErrors.entry(entry.getName()), e);
    }
  }

  private void fill(InputStream stream, byte[] chunk, int bytes) throws IOException {
    int got = stream.readNBytes(chunk, 0, bytes);
    if (got < bytes) {
      String where = FileErrors.entry(entry.getName());
      throw FileErrors.zipLength(file, where, entry.getSize(), "fewer");
    }
  }

  private void requireSum() throws IOException {
    if (isSummed) {
      return;
    }
    CRC32 sum = new CRC32();
    byte[] chunk = new byte[(int) Math.min(CHUNK, size())];
    try (InputStream stream = zip.getInputStream(entry)) {
      for (long left = size(); left > 0; left -= chunk.length) {
        int bytes = (int) Math.min(chunk.length, left);
        fill(stream, chunk, bytes);
        sum.update(chunk, 0, bytes);
      }
    }
    archive.requireSum(FileErrors.entry(entry.getName()), entry, sum.getValue());
    isSummed = true;
  }
}
