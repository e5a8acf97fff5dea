package dev.lanewise.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs each entry on operands that nobody else holds, each in an automatic arena of its own, while
 * a thread collects garbage. Arguments: how many calls of an entry on a few kilobytes, which also
 * get it compiled, and how many after them on so much that collections fall into each. An operand
 * that is collected while its call goes on is told, whether or not its memory is missed.
 */
final class CollectedOperands {

  /** Calls on the same small operands, the last of which drops them. */
  private static final int CALLS = 10;

  /** Between collections, but while a large call runs: then there is none. */
  private static final long PAUSE = 5_000_000;

  private static volatile long pauseNanos = PAUSE;
  private static volatile List<WeakReference<MemorySegment>> running = List.of();
  private static volatile boolean lost;

  private CollectedOperands() {}

  public static void main(String[] args) {
    int small = Integer.parseInt(args[0]);
    int large = Integer.parseInt(args[1]);
    Thread collector = new Thread(CollectedOperands::collect);
    collector.setDaemon(true);
    collector.start();
    List<Entry> entries = Entry.all();
    for (Entry entry : entries) {
      for (int i = 0; i < small; i += CALLS) {
        drop(
            entry
                .setup()
                .on(new Entry.Room(new EachItsOwn()), 8, entry.isElementwise() ? 1_100 : 40, 40));
      }
      // A call may be done, and its thread not yet have said so when the collector looks. That
      // happens in one call, an operand that is not held in all.
      int times = 0;
      for (int i = 0; i < large; i++) {
        times += losesOne(entry);
      }
      if (large > 0 && times == large) {
        System.out.println(entry.name() + " lost an operand in " + times + " calls");
      }
    }
    System.out.println(entries.size() + " entries");
  }

  @SuppressWarnings("ReferenceEquality") // the same call, not one like it
  private static void collect() {
    while (true) {
      List<WeakReference<MemorySegment>> operands = running;
      System.gc();
      for (WeakReference<MemorySegment> operand : operands) {
        if (operand.refersTo(null) && running == operands) {
          lost = true;
        }
      }
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private static void drop(Runnable call) {
    for (int i = 1; i < CALLS; i++) {
      call.run();
    }
    call.run();
  }

  private static int losesOne(Entry entry) {
    EachItsOwn arena = new EachItsOwn();
    Entry.Room room = new Entry.Room(arena);
    Runnable call =
        entry.name().startsWith("PackedMatrix")
            ? entry.setup().on(room, 2, 1_500, 1_500)
            : entry.isElementwise()
                ? entry.setup().on(room, 2, 2_000_000, 2)
                : entry.setup().on(room, 4_000, 200, 200);
    room = null;
    System.gc();
    arena.given.removeIf(operand -> operand.refersTo(null)); // what only the setup used
    lost = false;
    running = arena.given;
    pauseNanos = 1;
    call.run();
    running = List.of();
    pauseNanos = PAUSE;
    return lost ? 1 : 0;
  }

  /** Gives each segment to nobody but whoever asked for it. */
  private static final class EachItsOwn implements Arena {

    private final List<WeakReference<MemorySegment>> given = new ArrayList<>();

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
      MemorySegment segment = Arena.ofAuto().allocate(byteSize, byteAlignment);
      given.add(new WeakReference<>(segment));
      return segment;
    }

    @Override
    public MemorySegment.Scope scope() {
      return Arena.global().scope();
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException("nobody owns these");
    }
  }
}
