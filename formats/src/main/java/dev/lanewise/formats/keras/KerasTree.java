package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.hdf5.Hdf5Array;
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

  private final List<Hdf5> files;

  /** What each file calls groups that are below others by their name alone. */
  private final Map<Hdf5, Map<String, String>> renamed = new HashMap<>();

  KerasTree(List<Hdf5> files) {
    this.files = files;
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
  Hdf5Array array(String path) {
    int slash = path.lastIndexOf('/');
    String group = path.substring(0, Math.max(0, slash));
    for (Hdf5 file : files) {
      String stored = stored(file, group);
      if (file.children(stored).contains(path.substring(slash + 1))) {
        return file.array((stored.isEmpty() ? "" : stored + "/") + path.substring(slash + 1));
      }
    }
    return files.getFirst().array(path);
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
