package dev.lanewise.lstm.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that is handed out again after {@link #rewind}, in the same order and as it was left: for
 * weights that are packed in place of those before them. It lives as long as it is reachable. For
 * one thread at a time.
 */
public final class ReusedArena implements Arena {
  private final Arena arena = Arena.ofAuto();
  private final List<MemorySegment> made = new ArrayList<>();
  private int next;

  /** From now on each request is one made before, in the same order. */
  public void rewind() {
    next = 0;
  }

  @Override
  public MemorySegment allocate(long bytes, long alignment) {
    if (next == made.size()) {
      made.add(arena.allocate(bytes, alignment));
    }
    MemorySegment found = made.get(next++);
    if (found.byteSize() != bytes) {
      throw new AssertionError(found.byteSize() + " bytes were asked for before, now " + bytes);
    }
    return found;
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public void close() {
    arena.close(); // refused, as of any automatic arena
  }
}
