package dev.lanewise.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a fresh process tells {@link StartUp} in two lines. Another engine's program takes {@code
 * System.nanoTime()} first thing in {@code main}, makes itself ready, and hands its call over.
 */
final class FirstCalls {
  /** What a line begins with. */
  static final String MARK = "first-calls";

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Watched so long, then until nothing has fallen for half of the time. */
  private static final long LEAST_NANOS = 6_000_000_000L;

  private static final long MOST_NANOS = 90_000_000_000L;
  private static final int MOST_CALLS = 1 << 17;
  private static final double FALLEN = 0.9;

  /** Steady is the first of so many calls in a row that take what calls take in the end. */
  private static final int IN_A_ROW = 3;

  private static final double NEAR = 0.1;

  private FirstCalls() {}

  /**
   * Calls until the calls' time has settled and prints two lines. The second is that of {@link
   * StartUpCurve}. The first has, all from the start of {@code main}: ms to the first answer, ms of
   * processor time by then, us of the first call, ms to steady, ms of processor time by then, us of
   * a call in the end, and the most memory that was resident, in MB.
   *
   * @param main {@code System.nanoTime()} at the start of main
   * @param call one prediction, begun and ended
   */
  static void report(long main, Runnable call) {
    long[] ends = new long[MOST_CALLS];
    long[] processor = new long[MOST_CALLS];
    double[] took = new double[MOST_CALLS];
    double best = Double.POSITIVE_INFINITY;
    long fallen = 0;
    int calls = 0;
    for (long at = 0; calls < MOST_CALLS && !isOver(at, fallen); at = ends[calls - 1]) {
      long before = System.nanoTime();
      call.run();
      long now = System.nanoTime();
      took[calls] = now - before;
      ends[calls] = now - main;
      processor[calls] = SYSTEM.getProcessCpuTime();
      if (took[calls] < FALLEN * best) {
        best = took[calls];
        fallen = ends[calls];
      }
      calls++;
    }
    double last = Timing.median(Arrays.copyOfRange(took, calls - calls / 4 - 1, calls));
    int steady = steady(took, calls, last);
    System.out.printf(
        Locale.ROOT,
        "%s %.1f %.1f %.1f %.1f %.1f %.1f %.1f%n",
        MARK,
        ends[0] / 1e6,
        processor[0] / 1e6,
        took[0] / 1e3,
        ends[steady] / 1e6,
        processor[steady] / 1e6,
        last / 1e3,
        residentMegabytes());
    System.out.println(StartUpCurve.of(ends, took, calls).line());
  }

  private static boolean isOver(long at, long fallen) {
    return at > MOST_NANOS || at > LEAST_NANOS && at > 2 * fallen;
  }

  /** The first of a row of calls that are near to the last ones. */
  private static int steady(double[] took, int calls, double last) {
    int near = 0;
    for (int i = 0; i < calls; i++) {
      near = Math.abs(took[i] - last) <= NEAR * last ? near + 1 : 0;
      if (near == IN_A_ROW) {
        return i - IN_A_ROW + 1;
      }
    }
    return calls - 1;
  }

  /** The high-water mark of this process; NaN where the system does not tell. */
  private static double residentMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    } catch (IOException elsewhere) {
      // not Linux
    }
    return Double.NaN;
  }
}
