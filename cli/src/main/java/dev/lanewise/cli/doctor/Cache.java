package dev.lanewise.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cache that holds data.
 *
 * @param level 1 is the nearest
 * @param bytes it holds
 */
public record Cache(int level, long bytes) {

  /** From a folder of Linux, such as {@code /sys/devices/system/cpu/cpu0/cache}. */
  static List<Cache> read(Path folder) {
    List<Cache> caches = new ArrayList<>();
    for (int i = 0; Files.isDirectory(folder.resolve("index" + i)); i++) {
      Path one = folder.resolve("index" + i);
      String size = line(one, "size"); // 32768K
      if (!line(one, "type").equals("Instruction") && size.matches("[0-9]+[KMG]")) {
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        int shift = 10 * (1 + "KMG".indexOf(size.charAt(size.length() - 1)));
        caches.add(new Cache(Integer.parseInt(line(one, "level")), number << shift));
      }
    }
    return caches;
  }

  private static String line(Path folder, String file) {
    List<String> lines = MachineFacts.lines(folder.resolve(file));
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }
}
