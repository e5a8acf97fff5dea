package dev.lanewise.kernels;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * Overflows the stack inside entries whose operands are in a shared arena, each time in a thread of
 * its own, then looks whether they still work and the arena can be closed. Argument: how many
 * times.
 */
final class StackOverflows {

  private static final long STACK = 256 << 10;

  private StackOverflows() {}

  public static void main(String[] args) throws InterruptedException {
    int overflows = Integer.parseInt(args[0]);
    Arena arena = Arena.ofShared();
    List<Runnable> calls = new ArrayList<>();
    for (Entry entry : Entry.all()) {
      calls.add(entry.setup().on(new Entry.Room(arena), 2, 5, 3));
      calls.getLast().run();
    }
    int seen = 0;
    for (int i = 0; i < overflows; i++) {
      Runnable call = calls.get(i % calls.size());
      boolean[] overflowed = new boolean[1];
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  deeper(call);
                } catch (StackOverflowError expected) {
                  overflowed[0] = true;
                }
              },
              "deep",
              STACK);
      thread.start();
      thread.join();
      seen += overflowed[0] ? 1 : 0;
    }
    calls.forEach(Runnable::run);
    arena.close();
    System.out.println(seen + " overflows");
  }

  @SuppressWarnings("InfiniteRecursion") // as planned
  private static void deeper(Runnable call) {
    call.run();
    deeper(call);
    call.run();
  }
}
