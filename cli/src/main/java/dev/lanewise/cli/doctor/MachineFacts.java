package dev.lanewise.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.lanewise.cli.bench.ThisMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a JVM runs on.
 *
 * @param system name and architecture
 * @param cpu model
 * @param processors that the JVM sees
 * @param vectorBits width of the widest vectors that the processor has; 0 where nobody tells
 * @param caches of the first processor, the smallest first; none where nobody tells
 * @param quota processor time of a container; empty where it is not limited
 * @param memoryBytes that the JVM sees, of a container where it is limited
 */
public record MachineFacts(
    String system,
    String cpu,
    int processors,
    int vectorBits,
    List<Cache> caches,
    Optional<ControlGroup.Quota> quota,
    long memoryBytes) {

  /** Copies the list. */
  public MachineFacts {
    caches = List.copyOf(caches);
  }

  /**
   * Of this machine.
   *
   * @param root of the files that the system describes itself in
   */
  static MachineFacts read(Path root) {
    List<String> cpuinfo = lines(root.resolve("proc/cpuinfo"));
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    String architecture = system.getArch();
    return new MachineFacts(
        system.getName() + " " + architecture,
        ThisMachine.model(cpuinfo),
        Runtime.getRuntime().availableProcessors(),
        VectorWidth.of(architecture, cpuinfo, lines(root.resolve(VectorWidth.SVE_LENGTH))),
        Cache.read(root.resolve("sys/devices/system/cpu/cpu0/cache")),
        ControlGroup.quota(root),
        system.getTotalMemorySize());
  }

  /** None where there is no such file. */
  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException absent) {
      return List.of();
    }
  }
}
