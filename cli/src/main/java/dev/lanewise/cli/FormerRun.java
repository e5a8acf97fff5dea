package dev.lanewise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an earlier {@code train} left in the {@code --out} directory. */
final class FormerRun {
  private FormerRun() {}

  /** Says, before the work begins, which files of these names will be replaced. */
  static void warn(Path out, List<String> names) {
    List<String> there = names.stream().filter(name -> Files.exists(out.resolve(name))).toList();
    if (!there.isEmpty()) {
      System.err.println(
          "lanewise: "
              + out
              + " holds "
              + String.join(", ", there)
              + ": replaced when the training is done");
    }
  }
}
