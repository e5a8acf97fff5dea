package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the guides show is what the programs, {@link ModelsGuideTest}, {@link TrainingGuideTest},
 * {@link StreamsGuideTest} and the program for Kafka are and print.
 */
class GuideTest {
  private static final Pattern REGION =
      Pattern.compile(
          "^ *// guide: (?!end)\\S+\n(.*?)^ *// guide: end\n", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static List<Path> guides() {
    return Checked.GUIDES;
  }

  private static List<String> blocks(Path guide, String language) {
    Pattern fence =
        Pattern.compile("^```" + language + "\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL);
    return fence.matcher(Checked.read(guide)).results().map(block -> block.group(1)).toList();
  }

  private static List<String> blocks(String language) {
    return guides().stream().flatMap(guide -> blocks(guide, language).stream()).toList();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(Checked.SOURCES)) {
      List<Path> sources = new ArrayList<>(files.toList());
      sources.add(Checked.TESTS.resolve("ModelsGuideTest.java"));
      sources.add(Checked.TESTS.resolve("TrainingGuideTest.java"));
      sources.add(Checked.TESTS.resolve("StreamsGuideTest.java"));
      try (Stream<Path> kafka = Files.list(Checked.KAFKA)) {
        sources.addAll(kafka.toList());
      }
      return sources;
    }
  }

  /** What stands between the markers of a source. */
  private static List<String> regions(Path source) {
    List<MatchResult> found = REGION.matcher(Checked.read(source)).results().toList();
    return found.stream()
        .map(region -> region.group(1).stripTrailing().stripIndent() + "\n")
        .toList();
  }

  @Test
  void showEachMarkedRegionAndNoOtherCode() throws IOException {
    List<String> regions = sources().stream().flatMap(each -> regions(each).stream()).toList();
    List<String> blocks = blocks("java");
    assertEquals(new HashSet<>(regions), new HashSet<>(blocks));
    assertEquals(regions.size(), blocks.size());
  }

  @Test
  void haveEachProgramOnOnePageWithItsLink() {
    for (Example example : Examples.all()) {
      String link = "/" + example.name() + ".java)";
      List<Path> pages = guides().stream().filter(p -> Checked.read(p).contains(link)).toList();
      assertEquals(1, pages.size(), example.name());
      List<String> regions = regions(Checked.SOURCES.resolve(example.name() + ".java"));
      assertFalse(regions.isEmpty(), () -> example.name() + " has no region for a guide");
      assertTrue(blocks(pages.getFirst(), "java").containsAll(regions), example.name());
    }
  }

  @Test
  void quoteWhatTheProgramsPrint() {
    List<String> printed = new ArrayList<>();
    Examples.all().forEach(example -> printed.add(Checked.read(Checked.expected(example.name()))));
    List<String> blocks = blocks("text");
    assertFalse(blocks.isEmpty());
    for (String block : blocks) {
      assertTrue(
          printed.stream().anyMatch(output -> ("\n" + output).contains("\n" + block)), block);
    }
  }

  /** The right column of the table of Keras's calls. */
  @Test
  void nameInTheTableOfModelsWhatIsCompiled() throws IOException {
    StringBuilder compiled = new StringBuilder();
    sources().forEach(source -> compiled.append(Checked.read(source)));
    String all = compiled.toString().replaceAll("\\s+", "");
    List<String> rows =
        Checked.read(Checked.DOCS.resolve("models.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("| Keras writes"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertTrue(rows.size() > 10, rows::toString);
    for (String row : rows) {
      List<MatchResult> codes = CODE.matcher(row.split(" \\| ", 2)[1]).results().toList();
      assertFalse(codes.isEmpty(), row);
      codes.forEach(c -> assertTrue(all.contains(c.group(1).replaceAll("\\s+", "")), c.group(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void linkToNoMissingFile(Path guide) {
    Stream<String> links =
        Pattern.compile("\\]\\(([^)#]+)")
            .matcher(Checked.read(guide))
            .results()
            .map(link -> link.group(1));
    links.forEach(link -> assertTrue(Files.exists(guide.resolveSibling(link).normalize()), link));
  }

  @ParameterizedTest
  @MethodSource("guides")
  void linkToNoMissingSection(Path page) {
    String guide = Checked.read(page);
    Set<String> sections = new HashSet<>();
    for (String line : guide.lines().filter(line -> line.startsWith("## ")).toList()) {
      String anchor = line.substring(3).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "");
      sections.add(anchor.replace(' ', '-'));
    }
    Pattern link = Pattern.compile("\\]\\(#([^)]+)\\)");
    link.matcher(guide)
        .results()
        .forEach(m -> assertTrue(sections.contains(m.group(1)), m.group(1)));
  }
}
