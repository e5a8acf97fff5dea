package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A native image is told of what the code finds by name and calls in C, and of nothing else. */
class NativeImageTest {

  private static final Path SOURCES = Path.of("src/main/java");

  private static final Path METADATA =
      Path.of(
          "src/main/resources/META-INF/native-image/dev.lanewise/lanewise-kernels",
          "reachability-metadata.json");

  /** Without white space. */
  private static String metadata() throws IOException {
    return Files.readString(METADATA).replaceAll("\\s+", "");
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(NativeImageTest::last).toList();
  }

  private static String last(MatchResult match) {
    return match.group(match.groupCount());
  }

  /** As the metadata spells it. */
  private static String word(MemoryLayout layout) {
    return switch (layout) {
      case StructLayout struct ->
          struct.memberLayouts().stream()
              .map(NativeImageTest::word)
              .collect(Collectors.joining(",", "struct(", ")"));
      case AddressLayout _ -> "void*";
      case ValueLayout value -> "j" + value.carrier().getName();
      default -> throw new AssertionError("no word for " + layout);
    };
  }

  @Test
  void namesTheClassesThatAreLoadedByName() throws Exception {
    List<String> loaded = found("Class\\.forName\\(([^)]*)\\)", sources());
    assertEquals(found("\"type\":(\"[^\"]*\")", metadata()), loaded);
    for (String name : loaded) {
      assertNotNull(Class.forName(name.replace("\"", "")).getConstructor());
    }
    assertEquals(
        loaded.size(),
        found("\"methods\":\\[\\{\"name\":\"<init>\",\"parameterTypes\":\\[\\]}\\]", metadata())
            .size());
  }

  @Test
  void describesTheForeignCall() throws IOException {
    FunctionDescriptor type = Held.ForeignCall.TYPE;
    String call =
        "{\"returnType\":\"%s\",\"parameterTypes\":[%s],\"options\":{\"critical\":{\"allowHeapAccess\":false}}}"
            .formatted(
                word(type.returnLayout().orElseThrow()),
                type.argumentLayouts().stream()
                    .map(layout -> "\"" + word(layout) + "\"")
                    .collect(Collectors.joining(",")));
    assertTrue(metadata().contains("\"downcalls\":[" + call + "]"), call);
    assertEquals(List.of("false"), found("Linker\\.Option\\.\\w+\\(([^)]*)\\)", sources()));
    assertEquals(1, found("\\.downcallHandle\\(", sources()).size());
    assertEquals(0, found("\\.upcallStub\\(", sources()).size());
  }

  /** The words are those that the linker knows. */
  @Test
  void spellsLayoutsAsTheLinkerDoes() {
    Linker linker = Linker.nativeLinker();
    assertEquals(ValueLayout.JAVA_INT, linker.canonicalLayouts().get(word(ValueLayout.JAVA_INT)));
    assertEquals(
        ValueLayout.ADDRESS.byteSize(),
        linker.canonicalLayouts().get(word(ValueLayout.ADDRESS)).byteSize());
  }
}
