package dev.lanewise.kernels.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayTest {

  private static final int COUNT = 10;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** Works as relu does, or throws; knows whether it was the last that the test called. */
  private static final class Body implements ActivationKernel {

    private final ActivationKernel relu = new ScalarKernels(1).relu();
    private final Thread test = Thread.currentThread();
    private final @Nullable Error error;
    private boolean ran;

    Body(@Nullable Error error) {
      this.error = error;
    }

    boolean ran() {
      boolean result = ran;
      ran = false;
      return result;
    }

    @Override
    public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
      if (error != null) {
        throw error;
      }
      if (Thread.currentThread().equals(test)) {
        ran = true;
      }
      relu.apply(n, x, xOffset, y, yOffset);
    }

    @Override
    public void gradient(
        long n,
        MemorySegment of,
        long ofOffset,
        MemorySegment dy,
        long dyOffset,
        MemorySegment dx,
        long dxOffset) {
      throw new AssertionError("not asked for");
    }
  }

  private static void call(ActivationKernel kernel) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = Operands.floats(COUNT, arena);
      kernel.apply(COUNT, x, 0, x, 0);
    }
  }

  private static void settle() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!RelayKernels.areSettled()) {
      assertTrue(System.nanoTime() < end, "not settled");
      Thread.sleep(5);
    }
  }

  private static void takesOver() throws InterruptedException {
    Body first = new Body(null);
    Body last = new Body(null);
    ActivationKernel relay = new RelayActivation(first, last);
    call(relay);
    assertTrue(first.ran() && !last.ran());
    settle();
    call(relay);
    assertTrue(!first.ran() && last.ran());
  }

  @Test
  void theFirstAnswersUntilTheLastIsFast() throws InterruptedException {
    takesOver();
  }

  /** The first answers for good; no caller sees the error, and what is begun later takes over. */
  @Test
  void anErrorOfTheLastIsNoCallers() throws InterruptedException {
    Body first = new Body(null);
    Error error = new OutOfMemoryError("in a test");
    ActivationKernel relay = new RelayActivation(first, new Body(error));
    call(relay);
    settle();
    assertTrue(first.ran());
    call(relay);
    assertTrue(first.ran());
    assertTrue(RelayKernels.gaveUp());
    assertEquals("java.lang.OutOfMemoryError: in a test", RelayKernels.error());
    assertEquals(0, EmptyTurns.count);
    takesOver();
  }

  @Test
  void theOperandsAreMadeByTheThreadThatRehearses() throws InterruptedException {
    String before = RelayKernels.error();
    Relay<Body> relay =
        new Relay<>(new Body(null), new Body(null)) {
          @Override
          long small(boolean gradient, int rows, int k, int units, int blocks) {
            return RehearsalShape.key(gradient, rows, k, units, blocks);
          }

          @Override
          Runnable rehearsal(RehearsalShape shape, Arena arena) {
            assertEquals("lanewise-kernels", Thread.currentThread().getName());
            return () -> {};
          }

          @Override
          long operations(RehearsalShape shape) {
            return 1;
          }
        };
    relay.runs(false, 1, 1, 1, 1);
    settle();
    assertEquals(before, RelayKernels.error());
  }
}
