package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/shapes.md shows is what the programs are and print. */
class GuideTest {
  private static final Pattern REGION =
      Pattern.compile(
          "^ *// guide: (?!end)\\S+\n(.*?)^ *// guide: end\n", Pattern.MULTILINE | Pattern.DOTALL);

  private static List<String> blocks(String language) {
    Pattern fence =
        Pattern.compile("^```" + language + "\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL);
    return fence
        .matcher(Checked.read(Checked.GUIDE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** What stands between the markers of all programs. */
  private static Set<String> regions() {
    Set<String> regions = new HashSet<>();
    for (Example example : Examples.all()) {
      String source = Checked.read(Checked.SOURCES.resolve(example.name() + ".java"));
      List<MatchResult> found = REGION.matcher(source).results().toList();
      assertFalse(found.isEmpty(), () -> example.name() + " has no region for the guide");
      found.forEach(region -> regions.add(region.group(1).stripTrailing().stripIndent() + "\n"));
    }
    return regions;
  }

  @Test
  void showsEachMarkedRegionOfTheProgramsAndNoOtherCode() {
    List<String> blocks = blocks("java");
    assertEquals(regions(), new HashSet<>(blocks));
    assertEquals(regions().size(), blocks.size());
  }

  @Test
  void quotesWhatTheProgramsPrint() {
    List<String> printed = new ArrayList<>();
    Examples.all().forEach(example -> printed.add(Checked.read(Checked.expected(example.name()))));
    List<String> blocks = blocks("text");
    assertFalse(blocks.isEmpty());
    for (String block : blocks) {
      assertTrue(
          printed.stream().anyMatch(output -> ("\n" + output).contains("\n" + block)), block);
    }
  }

  @Test
  void linksToEachProgramAndToNoMissingFile() {
    String guide = Checked.read(Checked.GUIDE);
    for (Example example : Examples.all()) {
      assertTrue(guide.contains("/" + example.name() + ".java)"), example.name());
    }
    Stream<String> links =
        Pattern.compile("\\]\\(([^)#]+)").matcher(guide).results().map(link -> link.group(1));
    links.forEach(
        link -> assertTrue(Files.exists(Checked.GUIDE.resolveSibling(link).normalize()), link));
  }

  @Test
  void linksToNoMissingSection() {
    String guide = Checked.read(Checked.GUIDE);
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
