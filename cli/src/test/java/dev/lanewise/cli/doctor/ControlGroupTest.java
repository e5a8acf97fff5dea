package dev.lanewise.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.cli.doctor.ControlGroup.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
  private static final Optional<Quota> HALF = Optional.of(new Quota(50_000, 100_000));

  @TempDir Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void aContainerOfVersionTwoIsTheRootOfItsOwnGroups() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/cpu.max", "50000 100000\n");
    assertEquals(HALF, ControlGroup.quota(root));
  }

  @Test
  void noLimitOfVersionTwoIsNone() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/cpu.max", "max 100000\n");
    assertEquals(Optional.empty(), ControlGroup.quota(root));
  }

  @Test
  void theSmallestLimitOfTheGroupsAroundCounts() throws IOException {
    write("proc/self/cgroup", "0::/kubepods.slice/pod.slice/one.scope\n");
    write("sys/fs/cgroup/kubepods.slice/cpu.max", "400000 100000\n");
    write("sys/fs/cgroup/kubepods.slice/pod.slice/cpu.max", "50000 100000\n");
    write("sys/fs/cgroup/kubepods.slice/pod.slice/one.scope/cpu.max", "max 100000\n");
    assertEquals(HALF, ControlGroup.quota(root));
  }

  @Test
  void aContainerOfVersionOneMayNameThePathOfItsHost() throws IOException {
    write("proc/self/cgroup", "4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n0::/\n");
    write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n");
    write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    assertEquals(HALF, ControlGroup.quota(root));
  }

  @Test
  void aGroupOfVersionOneIsMountedUnderItsOwnName() throws IOException {
    write("proc/self/cgroup", "1:cpu:/a\n2:cpuacct:/\n");
    write("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "50000\n");
    write("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    assertEquals(HALF, ControlGroup.quota(root));
  }

  /** Seen from a group that the path leads out of, as under a namespace. */
  @Test
  void aPathThatLeadsOutIsTheMount() throws IOException {
    write("proc/self/cgroup", "0::/../../other\n");
    write("sys/fs/cgroup/cpu.max", "50000 100000\n");
    write("sys/cpu.max", "10000 100000\n");
    assertEquals(HALF, ControlGroup.quota(root));
  }

  @Test
  void whereThereAreNoGroupsThereIsNoLimit() throws IOException {
    assertEquals(Optional.empty(), ControlGroup.quota(root));
    write("proc/self/cgroup", "nonsense\n0::/\n");
    write("sys/fs/cgroup/cpu.max", "99999999999999999999 0\n");
    assertEquals(Optional.empty(), ControlGroup.quota(root));
  }
}
