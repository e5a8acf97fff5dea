package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a kernel addresses is there until it is done, whatever collects or overflows meanwhile. */
class MemoryLivesToTheEndTest {

  private static final List<String> FLAGS =
      List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

  /**
   * Ten thousand calls of each entry and the large ones after them take a minute, so that not all
   * pairs get as many: what holds the operands is the same code for all.
   */
  @ParameterizedTest
  @CsvSource({
    "Serial, 128, 1000, 0",
    "Serial, 256, 1000, 0",
    "Serial, 512, 10000, 3",
    "G1, 128, 1000, 0",
    "G1, 256, 1000, 0",
    "G1, 512, 1000, 0",
  })
  void automaticArenasOutliveEachCallUnderACollectingThread(
      String collector, String bits, int small, int large) throws Exception {
    boolean all = Boolean.getBoolean("lanewise.collected.all");
    ChildJvm.Result child =
        ChildJvm.thatUnmapsWhatIsFreed(
            List.of(
                FLAGS.get(0),
                FLAGS.get(1),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=2g",
                "-XX:+Use" + collector + "GC",
                "-Ddev.lanewise.kernels.bits=" + bits),
            CollectedOperands.class,
            Integer.toString(all ? 10_000 : small),
            Integer.toString(all ? 3 : large));
    assertEquals(0, child.exit(), child.out() + child.err());
    assertEquals(Entry.all().size() + " entries", child.out().strip());
  }

  @Test
  void aStackThatOverflowsOnSharedArenasIsAnErrorAndNothingMore() throws Exception {
    ChildJvm.Result child = ChildJvm.onClassPath(FLAGS, StackOverflows.class, "1000");
    assertEquals(0, child.exit(), child.out() + child.err());
    assertEquals("1000 overflows", child.out().strip());
  }
}
