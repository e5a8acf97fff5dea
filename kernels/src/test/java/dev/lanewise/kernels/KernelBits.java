package dev.lanewise.kernels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.util.Arrays;

/** Prints what runs, then a hash of what every entry computed. */
final class KernelBits {

  private KernelBits() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    out.println(Kernels.implementation());
    for (Entry entry : Entry.all()) {
      out.println(entry.name() + " " + hash(entry));
    }
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
