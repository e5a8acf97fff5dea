package dev.lanewise.cli.doctor;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The control group of this process, in which Linux limits a container: version 2, else 1. */
public final class ControlGroup {
  private static final Path MOUNT = Path.of("sys/fs/cgroup");

  /**
   * Processor time.
   *
   * @param micros that all threads together may take of a period
   * @param period in microseconds
   */
  public record Quota(long micros, long period) {
    /** As a number of processors. */
    public double processors() {
      return (double) micros / period;
    }
  }

  private ControlGroup() {}

  /**
   * The smallest quota of the group and of those around it.
   *
   * @param root of the file system
   */
  static Optional<Quota> quota(Path root) {
    List<String> groups = MachineFacts.lines(root.resolve("proc/self/cgroup"));
    // A line is number:controllers:path; version 2 has the number 0 and no controllers.
    return groups.stream()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .flatMap(parts -> quotas(root.resolve(MOUNT), parts[1], parts[2]))
        .min(Comparator.comparingDouble(Quota::processors));
  }

  private static Stream<Quota> quotas(Path mount, String controllers, String path) {
    if (controllers.isEmpty()) {
      return around(mount, path).flatMap(group -> ofTwo(group).stream());
    }
    return List.of(controllers.split(",")).contains("cpu")
        // Version 1 is mounted under the names of the controllers, or has a link of that one's.
        ? Stream.of(controllers, "cpu")
            .distinct()
            .flatMap(name -> around(mount.resolve(name), path))
            .flatMap(group -> ofOne(group).stream())
        : Stream.empty();
  }

  /** A group and those around it. In a container the path may be that of the host: not there. */
  private static Stream<Path> around(Path mount, String path) {
    Path group = mount.resolve(path.replaceFirst("^/+", "")).normalize();
    return group.startsWith(mount)
        ? Stream.iterate(group, each -> each.startsWith(mount), Path::getParent)
        : Stream.of(mount);
  }

  private static Optional<Quota> ofTwo(Path group) {
    List<String> max = MachineFacts.lines(group.resolve("cpu.max")); // "50000 100000", "max 100000"
    String[] parts = max.isEmpty() ? new String[0] : max.getFirst().strip().split(" +");
    return parts.length == 2 ? of(parts[0], parts[1]) : Optional.empty();
  }

  private static Optional<Quota> ofOne(Path group) {
    return of(
        first(MachineFacts.lines(group.resolve("cpu.cfs_quota_us"))), // -1 for no limit
        first(MachineFacts.lines(group.resolve("cpu.cfs_period_us"))));
  }

  private static String first(List<String> lines) {
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }

  private static Optional<Quota> of(String micros, String period) {
    return micros.matches("[0-9]{1,18}") && period.matches("[1-9][0-9]{0,17}")
        ? Optional.of(new Quota(Long.parseLong(micros), Long.parseLong(period)))
        : Optional.empty();
  }
}
