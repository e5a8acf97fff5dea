package dev.lanewise.kernels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.lang.foreign.Arena;

/** Prints what each entry says where no kernel may run. */
final class RefusedEntries {

  private RefusedEntries() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (Entry entry : Entry.all()) {
      try {
        entry.setup().on(new Entry.Room(Arena.ofAuto()), 2, 3, 4).run();
        out.println(entry.name() + " ran");
      } catch (Throwable e) {
        out.println(e);
      }
    }
  }
}
