package dev.lanewise.formats.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.files.InputFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class Hdf5InputTest {
  @Test
  void endsWhatRefersToTheSameBytesForEver() {
    Hdf5Input input = new Hdf5Input(InputFile.of(new byte[100], Path.of("a")), 8, 8);
    Hdf5Damage e =
        assertThrows(
            Hdf5Damage.class,
            () -> {
              for (int i = 0; i < 100_000; i++) {
                input.read(0, 100);
              }
            });
    assertEquals(
        "a structure that refers to itself, or to the same bytes many times", e.getMessage());
  }
}
