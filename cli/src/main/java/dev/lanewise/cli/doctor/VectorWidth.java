package dev.lanewise.cli.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How wide the vectors of a processor are, by what Linux tells of it. */
final class VectorWidth {
  /** Bytes of an SVE vector; there where the processor has SVE. */
  static final String SVE_LENGTH = "proc/sys/abi/sve_default_vector_length";

  private static final int NEON = 128;

  private VectorWidth() {}

  /**
   * In bits; 0 where it is not known.
   *
   * @param architecture as {@code os.arch} has it
   * @param cpuinfo the lines of {@code /proc/cpuinfo}
   * @param sve the lines of {@link #SVE_LENGTH}
   */
  static int of(String architecture, List<String> cpuinfo, List<String> sve) {
    if (architecture.equals("aarch64")) {
      return sve.isEmpty()
          ? NEON // every one has it
          : Math.max(NEON, Integer.parseInt(sve.getFirst().strip()) * Byte.SIZE);
    }
    Set<String> flags =
        cpuinfo.stream()
            .filter(line -> line.startsWith("flags"))
            .limit(1)
            .flatMap(line -> Arrays.stream(line.split("\\s+")))
            .collect(Collectors.toSet());
    // As HotSpot, which wants all four of AVX-512.
    if (flags.containsAll(List.of("avx512f", "avx512dq", "avx512bw", "avx512vl"))) {
      return 512;
    }
    return flags.contains("avx") ? 256 : flags.contains("sse2") ? 128 : 0;
  }
}
