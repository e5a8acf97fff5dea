package dev.lanewise.cli.doctor;

import dev.lanewise.cli.bench.ThisMachine;
import dev.lanewise.cli.bits.AllBits;
import dev.lanewise.cli.bits.BitsManifest;
import dev.lanewise.cli.bits.BitsManifest.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether models give the bits here that they give elsewhere.
 *
 * @param bits of this JVM
 * @param hashes how many there are, here or in the manifest
 * @param differences from the manifest
 */
public record BitsReport(AllBits bits, int hashes, List<Difference> differences) {

  /**
   * Compares.
   *
   * @param manifest hashes by name
   * @param bits of this JVM
   */
  public static BitsReport of(Map<String, String> manifest, AllBits bits) {
    List<Difference> differences = BitsManifest.differences(manifest, bits.hashes());
    Map<String, String> all = new LinkedHashMap<>(manifest);
    all.putAll(bits.hashes());
    return new BitsReport(bits, all.size(), differences);
  }

  /** Whether all are the same, by any number of threads and by any way. */
  public boolean agrees() {
    return differences.isEmpty() && bits.findings().isEmpty();
  }

  private int agreeing() {
    return hashes - differences.size();
  }

  /** For people. */
  public String text(ThisMachine machine) {
    StringBuilder text = new StringBuilder();
    for (Difference each : differences) {
      text.append(each).append("\n  ").append(bits.model(each)).append('\n');
    }
    bits.findings().forEach(finding -> text.append(finding).append('\n'));
    return text.append(
            String.format(
                Locale.ROOT,
                """
                %,d of %,d hashes agree, of what %d models answer and learn, on one to three threads.
                Kernels: %s. JDK %s. %s, %s.""",
                agreeing(),
                hashes,
                bits.models().size(),
                machine.kernels(),
                machine.jdk(),
                System.getProperty("os.arch"),
                machine.cpu()))
        .toString();
  }

  /** For programs. */
  public String json(ThisMachine machine) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kernels", machine.kernels());
    all.put("jdk", machine.jdk());
    all.put("architecture", System.getProperty("os.arch"));
    all.put("cpu", machine.cpu());
    all.put("models", bits.models().size());
    all.put("hashes", hashes);
    all.put("agree", agreeing());
    all.put("differences", differences);
    all.put("findings", bits.findings());
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }
}
