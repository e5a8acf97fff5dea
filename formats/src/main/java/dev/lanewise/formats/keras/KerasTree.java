package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.hdf5.Hdf5Array;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The groups of one HDF5 file or of several, as if all were one, and written on no Windows: Keras
 * before 3 calls a group there {@code layers\dense}, which is {@code dense} in {@code layers}.
 */
final class KerasTree {
  private static final char WINDOWS = '\\';

  /** Groups may hold each other, so that few bytes have many paths. */
  private static final int MOST_NAMES = 1 << 20;

  private final List<Hdf5> files;
  private final Path path;
  private final Map<String, Set<String>> known = new HashMap<>();
  private int names;

  /** What each file calls groups that are below others by their name alone. */
  private final Map<Hdf5, Map<String, String>> renamed = new HashMap<>();

  KerasTree(List<Hdf5> files, Path path) {
    this.files = files;
    this.path = path;
    for (Hdf5 file : files) {
      Map<String, String> names = new HashMap<>();
      for (String child : file.children("")) {
        if (child.indexOf(WINDOWS) >= 0) {
          names.put(child.replace(WINDOWS, '/'), child);
        }
      }
      renamed.put(file, names);
    }
  }

  /** The names in a group of any of the files. */
  Set<String> children(String group) {
    Set<String> found = known.get(group);
    if (found == null) {
      found = list(group);
      names += found.size() + renamed.values().stream().mapToInt(Map::size).sum();
      if (names > MOST_NAMES) {
        throw KerasErrors.groupNames(path, MOST_NAMES);
      }
      known.put(group, found);
    }
    return found;
  }

  private Set<String> list(String group) {
    Set<String> all = new LinkedHashSet<>();
    String start = group.isEmpty() ? "" : group + "/";
    for (Hdf5 file : files) {
      all.addAll(file.children(stored(file, group)));
      for (String name : renamed.getOrDefault(file, Map.of()).keySet()) {
        if (name.startsWith(start)) {
          String rest = name.substring(start.length());
          int end = rest.indexOf('/');
          all.add(end < 0 ? rest : rest.substring(0, end));
        }
      }
    }
    return all;
  }

  /** An array that must be in one of the files. */
  Hdf5Array array(String name) {
    int slash = name.lastIndexOf('/');
    String group = name.substring(0, Math.max(0, slash));
    String own = name.substring(slash + 1);
    for (Hdf5 file : files) {
      String stored = stored(file, group);
      if (files.size() == 1 || file.children(stored).contains(own)) {
        return file.array((stored.isEmpty() ? "" : stored + "/") + own);
      }
    }
    return files.getFirst().array(name);
  }

  private String stored(Hdf5 file, String path) {
    Map<String, String> names = renamed.getOrDefault(file, Map.of());
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      String name = names.get(path.substring(0, end));
      if (name != null) {
        return name + path.substring(end);
      }
    }
    return path;
  }
}
