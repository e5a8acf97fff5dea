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
    try (Arena arena = Arena.ofConfined()) {
      Entry.Room room = new Entry.Room(arena);
      entry.setup().on(room, 5, 77, 131).run();
      return Arrays.hashCode(room.results());
    }
  }
}
