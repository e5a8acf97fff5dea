package dev.lanewise.kernels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Prints what runs, then a hash of what every entry computed. Told to {@code settle}, it prints the
 * threads that rehearse, waits until the kernels have settled, and prints all of it again.
 */
final class KernelBits {

  private static final long MOST_NANOS = 120_000_000_000L;

  private KernelBits() {}

  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    print(out);
    if (args.length > 0) {
      out.println(rehearsing() + " rehearsing");
      for (long start = System.nanoTime(); !Kernels.areSettled(); ) {
        if (System.nanoTime() - start > MOST_NANOS) {
          throw new IllegalStateException("not settled");
        }
        Thread.sleep(10);
      }
      Thread.sleep(500);
      out.println(rehearsing() + " rehearsing");
      print(out);
    }
  }

  private static void print(PrintStream out) {
    out.println(Kernels.implementation());
    for (Entry entry : Entry.all()) {
      out.println(entry.name() + " " + hash(entry));
    }
  }

  private static long rehearsing() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("lanewise-kernels"))
        .count();
  }

  static int hash(Entry entry) {
    return 31 * hash(entry, 5, 77, 131) + hash(entry, 9, 80, 131);
  }

  private static int hash(Entry entry, int m, int n, int k) {
    try (Arena arena = Arena.ofConfined()) {
      Entry.Room room = new Entry.Room(arena);
      entry.setup().on(room, m, n, k).run();
      return Arrays.hashCode(room.results());
    }
  }
}
