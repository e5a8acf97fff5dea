package dev.lanewise.examples;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * The modules on the class path of the tests: folders in {@code mvn test}, jars in {@code mvn
 * verify}.
 */
final class ClassPathModules {
  private ClassPathModules() {}

  /** Those that have a descriptor. */
  static ModuleFinder explicit() {
    String classPath = System.getProperty("java.class.path");
    return ModuleFinder.of(
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(ClassPathModules::isExplicit)
            .toArray(Path[]::new));
  }

  private static boolean isExplicit(Path entry) {
    if (!Files.exists(entry)) {
      return false;
    }
    Set<ModuleReference> modules = ModuleFinder.of(entry).findAll();
    return !modules.isEmpty() && modules.stream().noneMatch(m -> m.descriptor().isAutomatic());
  }
}
