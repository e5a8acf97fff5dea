package dev.lanewise.formats;

import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.npy.NpyErrors;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz}: arrays by name, a zip archive of {@code .npy} files. Each is read as {@link
 * Npy} says, and may take 2 GiB.
 *
 * <p>Source: the documentation of {@code numpy.savez}.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** The earliest that zip can say, so that the same arrays give the same bytes. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Reads all arrays into tensors that live until unreachable.
   *
   * @param file what {@code numpy.savez} or {@code numpy.savez_compressed} wrote
   * @return new row-major tensors by name, in the order of the file; unmodifiable
   * @throws FormatException when the file cannot be read or is malformed
   */
  public static Map<String, Tensor> read(Path file) {
    try (ZipArchive zip = ZipArchive.open(file)) {
      Map<String, Tensor> arrays = new LinkedHashMap<>();
      List<String> entries = zip.names();
      for (String entry : entries) {
        if (!entry.endsWith(SUFFIX)) {
          throw NpyErrors.npzEntry(file, entry);
        }
        Tensor array =
            array(Objects.requireNonNull(zip.bytes(entry, Integer.MAX_VALUE)), file, entry);
        if (arrays.put(entry.substring(0, entry.length() - SUFFIX.length()), array) != null) {
          throw NpyErrors.npzTwice(file, entry);
        }
      }
      return Collections.unmodifiableMap(arrays);
    }
  }

  private static Tensor array(byte[] bytes, Path file, String entry) {
    try (InputFile input = InputFile.of(bytes, file)) {
      return Npy.read(input, file, Arena.ofAuto());
    } catch (FormatException e) {
      throw FileErrors.within(file, FileErrors.entry(entry), e);
    }
  }

  /**
   * Writes tensors as {@link Npy#write} does, the whole file or nothing: see {@link AtomicFile}.
   * Not compressed. The same arguments give the same bytes.
   *
   * @param file where to; replaced where it exists
   * @param arrays by name, written in the map's order, of any strides. Not modified
   * @throws FormatException when the file cannot be written
   */
  public static void write(Path file, Map<String, Tensor> arrays) {
    AtomicFile.write(file, channel -> write(channel, arrays));
  }

  private static void write(FileChannel channel, Map<String, Tensor> arrays) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
    zip.setLevel(Deflater.NO_COMPRESSION);
    WritableByteChannel contents = Channels.newChannel(zip);
    for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
      ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      Npy.write(contents, array.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }
}
