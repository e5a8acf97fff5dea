package dev.lanewise.formats.torch;

import dev.lanewise.formats.files.ZipArchive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of a TorchScript archive declare: which attributes are parameters and buffers,
 * and so in the state_dict. These are two lines at the head of each class in the text of its
 * module, {@code __parameters__ = ["weight", "bias", ]}. No code is read beside them.
 */
final class TorchCode {
  private static final long LONGEST = 16 << 20;

  /** How many parameters and buffers all classes that are asked for may declare. */
  private static final int MOST_NAMES = 1 << 18;

  private static final String CLASS = "class ";
  private static final Set<String> LISTS = Set.of("  __parameters__ = [", "  __buffers__ = [");

  private final ZipArchive zip;
  private final String folder;
  private final Path file;
  private final Map<String, Map<String, Set<String>>> modules = new HashMap<>();
  private int names;

  /**
   * @param folder of the code in the archive
   */
  TorchCode(ZipArchive zip, String folder, Path file) {
    this.zip = zip;
    this.file = file;
    this.folder = folder;
  }

  /** The parameters and buffers of a class; null where there is no text of it. */
  @Nullable Set<String> tensors(String type) {
    int dot = type.lastIndexOf('.');
    String module = type.substring(0, dot).replace('.', '/');
    return modules.computeIfAbsent(module, this::read).get(type.substring(dot + 1));
  }

  private Map<String, Set<String>> read(String module) {
    byte[] text = zip.bytes(folder + module + ".py", LONGEST);
    return text == null ? Map.of() : declared(new String(text, StandardCharsets.UTF_8));
  }

  /** By the name of the class. */
  private Map<String, Set<String>> declared(String text) {
    Map<String, Set<String>> classes = new HashMap<>();
    String name = "";
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.startsWith(CLASS) && line.indexOf('(') > 0) {
        name = line.substring(CLASS.length(), line.indexOf('('));
      } else if (LISTS.stream().anyMatch(line::startsWith)) {
        addQuoted(line, classes.computeIfAbsent(name, _ -> new HashSet<>()));
      }
    }
    return classes;
  }

  private void addQuoted(String line, Set<String> own) {
    int open = line.indexOf('"');
    while (open >= 0) {
      int close = line.indexOf('"', open + 1);
      if (close < 0) {
        return;
      }
      if (++names > MOST_NAMES) {
        throw TorchErrors.manyNames(file, MOST_NAMES);
      }
      own.add(line.substring(open + 1, close));
      open = line.indexOf('"', close + 1);
    }
  }
}
