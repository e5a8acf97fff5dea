package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedPathsTest {
  @ParameterizedTest
  @CsvSource({
    "x.npy, '', x.npy",
    "a=x.npy, a, x.npy",
    "a/b.c-1=x.npy, a/b.c-1, x.npy",
    "2nd=x.npy, 2nd, x.npy",
    "ü ß=x.npy, ü ß, x.npy",
    "a=b=x.npy, a, b=x.npy",
    "known=name=x.npy, known=name, x.npy",
    "./odd=x.npy, ./odd, x.npy",
    "./a=b.npy, '', ./a=b.npy",
    "../a=b.npy, '', ../a=b.npy",
    "/tmp/a=b.npy, '', /tmp/a=b.npy",
    "C:\\a=b.npy, '', C:\\a=b.npy",
    "=x.npy, '', =x.npy",
    "a=, '', a=",
    "-, '', -",
    "a=-, a, -",
  })
  void splitsAtTheName(String value, String name, String path) {
    List<String> known = List.of("known", "known=name", "./odd");
    NamedPaths.Given given = NamedPaths.split("--input", List.of(value), known).getFirst();
    assertEquals(new NamedPaths.Given(value, name, Path.of(path)), given);
  }

  @Test
  void refusesAnotherName() {
    InputException e =
        assertThrows(
            InputException.class,
            () -> NamedPaths.parse("--out", List.of("dir/a=b.npy"), "y", List.of("h_n")));
    assertEquals(
        "--out dir/a=b.npy: expected one of the names y, h_n; a path that holds \"=\" begins with"
            + " ./",
        e.getMessage());
    assertEquals(
        Map.of("y", Path.of("dir/b.npy"), "h_n", Path.of("h.npy")),
        NamedPaths.parse("--out", List.of("dir/b.npy", "h_n=h.npy"), "y", List.of("h_n")));
  }
}
