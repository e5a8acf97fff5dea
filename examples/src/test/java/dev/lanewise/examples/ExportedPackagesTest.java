package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each {@code pom.xml} lists the packages whose Javadoc is checked, and whose API is compared with
 * an earlier release. They are those that the module exports.
 */
class ExportedPackagesTest {
  private static final Path ROOT = Checked.MODULE.resolveSibling("pom.xml").getParent();
  private static final Pattern LIST =
      Pattern.compile("<lanewise\\.doclint\\.package>([^<]+)</lanewise\\.doclint\\.package>");

  private static Set<String> listed(String module) {
    Matcher list = LIST.matcher(Checked.read(ROOT.resolve(module).resolve("pom.xml")));
    assertTrue(list.find(), module);
    return Set.copyOf(Arrays.asList(list.group(1).split(",", -1)));
  }

  private static Set<String> exported(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(each -> !each.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Test
  void areThoseThatThePomLists() {
    List<ModuleDescriptor> modules =
        ClassPathModules.explicit().findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(module -> module.name().startsWith("dev.lanewise."))
            .toList();
    assertEquals(4, modules.size(), modules::toString);
    for (ModuleDescriptor module : modules) {
      String folder = module.name().substring("dev.lanewise.".length());
      assertEquals(exported(module), listed(folder), folder);
    }
  }

  /** It is no module, as Spark is none: all its packages are seen. */
  @Test
  void areAllPackagesOfSpark() throws IOException {
    Path sources = ROOT.resolve("spark/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      Set<String> packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(file -> sources.relativize(file.getParent()).toString())
              .map(folder -> folder.replace('/', '.').replace('\\', '.'))
              .collect(Collectors.toUnmodifiableSet());
      assertEquals(packages, listed("spark"));
    }
  }
}
