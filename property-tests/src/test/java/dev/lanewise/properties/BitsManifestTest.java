package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.cli.bits.AllBits;
import dev.lanewise.cli.bits.BitsManifest;
import dev.lanewise.kernels.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What models answer, and what training makes of them, are the bits that were checked in, whatever
 * the kernels, the vectors' width and the threads. CONTRIBUTING.md says how the file is written.
 */
@Tag("scalar-too")
class BitsManifestTest {
  /** Surefire runs in the module's directory. */
  private static final Path FILE =
      Path.of("../cli/src/main/resources/dev/lanewise/cli/bits/bits.txt").toAbsolutePath();

  @Test
  void everyModelGivesTheBitsOfTheManifest() throws IOException {
    AllBits bits = AllBits.of((_, _, _) -> {});
    StringBuilder found = new StringBuilder();
    bits.findings().forEach(finding -> found.append(finding).append('\n'));
    Map<String, String> expected = BitsManifest.read();
    if (Boolean.getBoolean("lanewise.bits.write")) {
      BitsManifest.write(FILE, bits.hashes());
      expected = bits.hashes();
    }
    for (BitsManifest.Difference each : BitsManifest.differences(expected, bits.hashes())) {
      found.append(each).append(", of ").append(bits.model(each)).append('\n');
    }
    assertEquals("", found.toString(), Kernels::implementation);
  }
}
