package dev.lanewise.formats.torch;

import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.files.ZipStored;
import dev.lanewise.formats.torch.PickleValue.Storage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code torch.save} writes since PyTorch 1.6, and {@code torch.jit.save}: a zip archive of a
 * pickle {@code <root>/data.pkl} and a storage in each entry {@code <root>/data/<key>}, stored
 * uncompressed. An archive that another tool has compressed is read too, one storage at a time.
 */
final class TorchArchive implements TorchContents {
  private static final String PICKLE = "data.pkl";
  private static final long LARGEST_PICKLE = 32 << 20;

  private final ZipArchive zip;
  private final Path file;
  private final String folder;
  private final ByteOrder order;
  private final Object root;
  private final TorchCode code;

  /** By key, as far as they were asked for. */
  private final Map<String, TorchElements> storages = new HashMap<>();

  private TorchArchive(ZipArchive zip, Path file, String folder) {
    this.zip = zip;
    this.file = file;
    this.folder = folder;
    this.code = new TorchCode(zip, folder + "code/", file);
    this.order = order(zip, file, folder);
    byte[] pickle = zip.bytes(folder + PICKLE, LARGEST_PICKLE);
    if (pickle == null) {
      throw TorchErrors.noPickle(file, zip.names());
    }
    String part = FileErrors.entry(folder + PICKLE);
    PickleInput input = new PickleInput(InputFile.of(pickle, file), 0, file, part);
    this.root = PickleReader.read(input, new TorchCalls(file));
  }

  static TorchArchive open(Path file) {
    ZipArchive zip = ZipArchive.openPartlySummed(file);
    try {
      List<String> names = zip.names();
      String folder = folder(names);
      if (folder == null) {
        throw TorchErrors.noPickle(file, names);
      }
      return new TorchArchive(zip, file, folder);
    } catch (RuntimeException | Error e) {
      zip.close();
      throw e;
    }
  }

  /** Where the pickle is among the entries of an archive; null where there is none. */
  static @Nullable String folder(List<String> names) {
    for (String name : names) {
      int slash = name.lastIndexOf('/');
      if (name.substring(slash + 1).equals(PICKLE) && name.indexOf('/') == slash) {
        return name.substring(0, slash + 1);
      }
    }
    return null;
  }

  private static ByteOrder order(ZipArchive zip, Path file, String folder) {
    String entry = folder + "byteorder";
    byte[] bytes = zip.bytes(entry, 16);
    String name = bytes == null ? "little" : new String(bytes, StandardCharsets.ISO_8859_1);
    return switch (name) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw TorchErrors.order(file, FileErrors.entry(entry), name);
    };
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public long size() {
    return zip.size();
  }

  @Override
  public ByteOrder order() {
    return order;
  }

  @Override
  public @Nullable Set<String> tensors(String type) {
    return code.tensors(type);
  }

  @Override
  public TorchElements elements(Storage storage, String where) {
    TorchElements known = storages.get(storage.key);
    if (known == null) {
      known = open(storage, where);
      storages.put(storage.key, known);
    }
    return known;
  }

  private TorchElements open(Storage storage, String where) {
    String entry = folder + "data/" + storage.key;
    long bytes = Sizes.multiply(storage.rootSize, storage.type.bytes());
    ZipStored stored = zip.stored(entry);
    if (stored != null) {
      requireSize(where, entry, bytes, stored.size());
      return stored::floats;
    }
    byte[] unpacked = zip.bytes(entry, bytes);
    if (unpacked == null) {
      throw TorchErrors.noStorage(file, where, entry);
    }
    requireSize(where, entry, bytes, unpacked.length);
    return InputFile.of(unpacked, file)::floats;
  }

  private void requireSize(String where, String entry, long expected, long got) {
    if (expected != got) {
      throw TorchErrors.storageSize(file, where, FileErrors.entry(entry), expected, got);
    }
  }

  @Override
  public void close() {
    zip.close();
  }
}
