package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dlanewise.examples.update=true} writes the expected output anew, to be read over. */
class ExamplesTest {
  static Stream<Example> programs() {
    return Examples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void printsWhatIsExpected(Example example) throws IOException {
    String printed = printed(example.program());
    Checked.text(Checked.expected(example.name()), printed);
  }

  @Test
  void namesEachProgramOnceByItsClass() throws ClassNotFoundException {
    List<String> names = programs().map(Example::name).toList();
    assertEquals(23, names.stream().distinct().count());
    for (String name : names) {
      assertEquals(name, Class.forName("dev.lanewise.examples." + name).getSimpleName());
    }
  }

  private static String printed(Runnable program) {
    PrintStream trueOut = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      program.run();
    } finally {
      System.setOut(trueOut);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
