package dev.lanewise.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Stands in for the command line where the launcher is tested: says what it was started with. */
final class LauncherProbe {
  private LauncherProbe() {}

  public static void main(String[] args) {
    if (Boolean.getBoolean("dev.lanewise.cli.rehearsal") && Files.exists(Path.of("no-rehearsal"))) {
      System.exit(1);
    }
    System.out.println("arguments " + List.of(args).size());
    System.out.println(
        "collector "
            + ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", ")));
    for (String arg : args) {
      System.out.println("there " + exists(arg) + " " + arg);
    }
  }

  private static boolean exists(String arg) {
    try {
      return Files.exists(Path.of(arg));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
