package dev.lanewise.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineFactsTest {
  @ParameterizedTest
  @CsvSource({
    "amd64, 'fpu sse2 avx avx2 fma avx512f avx512dq avx512bw avx512vl', '', 512",
    "amd64, fpu sse2 avx avx2 fma avx512f avx512cd, '', 256", // without bytes and words
    "amd64, fpu sse2 avx, '', 256",
    "amd64, fpu sse2, '', 128",
    "amd64, fpu, '', 0",
    "aarch64, '', '', 128",
    "aarch64, '', 64, 512",
    "aarch64, '', 16, 128",
    "riscv64, '', '', 0",
  })
  void knowsHowWideVectorsAre(String architecture, String flags, String sve, int bits) {
    List<String> cpuinfo = List.of("model name\t: A", "flags\t\t: " + flags, "", "flags\t: none");
    List<String> length = sve.isEmpty() ? List.of() : List.of(sve);
    assertEquals(bits, VectorWidth.of(architecture, cpuinfo, length));
  }

  @Test
  void readsTheCachesThatHoldData(@TempDir Path folder) throws IOException {
    String[][] caches = {
      {"1", "Data", "48K"},
      {"1", "Instruction", "32K"},
      {"2", "Unified", "1M"},
      {"3", "Unified", "32768K"}
    };
    for (int i = 0; i < caches.length; i++) {
      Path index = Files.createDirectory(folder.resolve("index" + i));
      Files.writeString(index.resolve("level"), caches[i][0] + "\n");
      Files.writeString(index.resolve("type"), caches[i][1] + "\n");
      Files.writeString(index.resolve("size"), caches[i][2] + "\n");
    }
    assertEquals(
        List.of(new Cache(1, 49_152), new Cache(2, 1 << 20), new Cache(3, 32 << 20)),
        Cache.read(folder));
  }

  /** As on another system. */
  @Test
  void isReadWhereNothingIsTold(@TempDir Path empty) {
    MachineFacts facts = MachineFacts.read(empty);
    assertEquals(List.of(), facts.caches());
    assertEquals(Optional.empty(), facts.quota());
    assertEquals(System.getProperty("os.arch"), facts.cpu());
    assertEquals(Runtime.getRuntime().availableProcessors(), facts.processors());
    assertTrue(facts.memoryBytes() > 1 << 20, facts.toString());
  }
}
