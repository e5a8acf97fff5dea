package dev.lanewise.formats.tfjs;

import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.Sizes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The files of one group of weights, read as if they were one. A number may lie in two of them. All
 * are in the folder of the model's JSON.
 */
final class TfjsShards {
  private final Path json;
  private final List<String> names;

  /** Where each begins in the whole, in bytes; then where the whole ends. */
  private final long[] starts;

  private TfjsShards(Path json, List<String> names, long[] starts) {
    this.json = json;
    this.names = List.copyOf(names);
    this.starts = starts;
  }

  /**
   * Finds the files.
   *
   * @param seen the names that others have. Added to
   */
  static TfjsShards find(Path json, List<String> names, Set<String> seen) {
    long[] starts = new long[names.size() + 1];
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      requirePlain(json, name);
      if (!seen.add(name)) {
        throw TfjsErrors.shardTwice(json, name);
      }
      Path shard = json.resolveSibling(name);
      if (!Files.exists(shard)) {
        throw TfjsErrors.noShard(json, name);
      }
      try (InputFile input = InputFile.open(shard)) {
        starts[i + 1] = Sizes.add(starts[i], input.size());
      }
    }
    return new TfjsShards(json, names, starts);
  }

  /** Refuses what may lead out of the folder, on any system. */
  private static void requirePlain(Path json, String name) {
    boolean plain =
        name.chars().allMatch(c -> c >= ' ' && c != '\\' && c != ':' && c != 0x7f)
            && !name.isBlank();
    for (String part : name.split("/", -1)) {
      plain &= !part.isBlank() && !part.equals(".") && !part.equals("..");
    }
    if (!plain) {
      throw TfjsErrors.shardName(json, name);
    }
  }

  /** All bytes together. */
  long size() {
    return starts[names.size()];
  }

  /** Bytes that the caller knows to be inside. */
  byte[] bytes(long position, int count) {
    byte[] bytes = new byte[count];
    int done = 0;
    for (int i = holder(position); done < count; i++) {
      long from = position + done;
      int part = (int) Math.min(count - done, starts[i + 1] - from);
      System.arraycopy(part(i, from - starts[i], part), 0, bytes, done, part);
      done += part;
    }
    return bytes;
  }

  /** The first shard that ends after a position. */
  private int holder(long position) {
    int low = 0;
    int high = names.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle + 1] > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private byte[] part(int shard, long position, int count) {
    try (InputFile input = InputFile.open(json.resolveSibling(names.get(shard)))) {
      if (input.size() < position + count) {
        throw TfjsErrors.shrank(json, names.get(shard));
      }
      return input.bytes(position, count);
    }
  }

  List<String> names() {
    return names;
  }
}
