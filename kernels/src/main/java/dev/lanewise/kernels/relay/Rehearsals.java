package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.EmptyTurns;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that runs vector kernels on operands of its own until they are compiled. It is there
 * while one of them is not, and keeps no JVM from its end.
 */
final class Rehearsals implements Runnable {

  /** Before the first pass: until then the scalar bodies are compiled, which answer meanwhile. */
  private static final long FIRST_NANOS = 60_000_000;

  /** Between two passes, at least: the compilers may have no other processor. */
  private static final long REST_NANOS = 2_000_000;

  /** The part of all time that is worked in, where it takes long. */
  private static final int WORK = 50;

  /** After so long the scalar body runs for good. */
  private static final long MOST_NANOS = 60_000_000_000L;

  private static final Object LOCK = new Object();
  private static final List<Scene> BEGUN = new ArrayList<>();
  private static @Nullable Thread thread;
  private static volatile boolean gaveUp;
  private static volatile @Nullable String error;

  private final long start = System.nanoTime();

  private Rehearsals() {}

  static boolean areOver() {
    synchronized (LOCK) {
      return BEGUN.isEmpty();
    }
  }

  static boolean gaveUp() {
    return gaveUp;
  }

  static @Nullable String error() {
    return error;
  }

  /** Whatever becomes of it, the caller's own call is not the worse for it. */
  static void begin(Relay<?> relay, RehearsalShape shape) {
    synchronized (LOCK) {
      BEGUN.add(new Scene(relay, shape));
      if (thread == null) {
        try {
          Thread begun = new Thread(null, new Rehearsals(), "lanewise-kernels", 0, false);
          begun.setDaemon(true);
          begun.setContextClassLoader(null);
          begun.start();
          thread = begun;
        } catch (OutOfMemoryError noThread) {
          giveUp(noThread);
        }
      }
    }
  }

  /** What was not taken over by now never is. */
  private static void giveUp(@Nullable Throwable why) {
    synchronized (LOCK) {
      BEGUN.clear();
      error = why == null ? null : why.toString();
      gaveUp = true;
    }
    String text = why == null ? RelayKernels.STAY_SLOW : RelayKernels.NOT_REHEARSED;
    System.getLogger("dev.lanewise.kernels").log(Level.WARNING, text, why);
  }

  @Override
  public void run() {
    try {
      rehearse();
    } catch (RuntimeException | Error ended) {
      synchronized (LOCK) {
        thread = null; // what is begun from now on starts another
        giveUp(ended);
      }
    }
  }

  private void rehearse() {
    LockSupport.parkNanos(FIRST_NANOS);
    for (List<Scene> all = begun(); !all.isEmpty(); all = begun()) {
      for (Scene scene : all) {
        scene.play();
      }
      end(all);
      LockSupport.parkNanos(Math.max(REST_NANOS, (System.nanoTime() - start) / WORK));
    }
  }

  /** What is rehearsed; where that is nothing, the thread ends. */
  private static List<Scene> begun() {
    synchronized (LOCK) {
      if (BEGUN.isEmpty()) {
        thread = null;
      }
      return new ArrayList<>(BEGUN);
    }
  }

  private void end(List<Scene> all) {
    boolean late = System.nanoTime() - start > MOST_NANOS;
    synchronized (LOCK) {
      for (Scene scene : all) {
        takeOver(scene.relay());
      }
      if (late && !BEGUN.isEmpty()) {
        giveUp(null);
      }
    }
  }

  /** A relay's vector body takes over when the last of its scenes is ready. */
  private static void takeOver(Relay<?> relay) {
    for (Scene scene : BEGUN) {
      if (scene.isOf(relay) && !scene.isReady()) {
        return;
      }
    }
    relay.takeOver();
    for (int i = BEGUN.size() - 1; i >= 0; i--) {
      if (BEGUN.get(i).isOf(relay)) {
        BEGUN.remove(i);
      }
    }
  }

  /** A call, again and again, until it is fast. */
  private static final class Scene {

    /** So many turns of a loop that the interpreter asks for C1, and C1's code for C2. */
    private static final int MANY_TURNS = 70_000;

    /** So many that the compilers look again at what they were asked for. */
    private static final int SOME_TURNS = 20_000;

    private static final int ASKING = 2;

    /** Calls from which C2 learns which branches are taken. */
    private static final int LEARNING = 20;

    private static final int TIMED = 3;

    /** What takes no longer is compiled: there, an operation takes one ns, else fifty or more. */
    private static final long NANOS_OF_OPERATION = 10;

    /** Of a call that does nothing, by methods that need not be compiled. */
    private static final long NANOS_OF_CALL = 4_000;

    private final Relay<?> relay;
    private final RehearsalShape shape;
    private @Nullable Runnable made;
    private int plays;
    private boolean ready;

    Scene(Relay<?> relay, RehearsalShape shape) {
      this.relay = relay;
      this.shape = shape;
    }

    Relay<?> relay() {
      return relay;
    }

    boolean isOf(Relay<?> other) {
      return relay.equals(other);
    }

    boolean isReady() {
      return ready;
    }

    /** One thing a pass, so that a compiler that was asked has time for it. */
    void play() {
      Runnable call = call();
      plays++;
      if (plays <= ASKING) {
        turn(call, MANY_TURNS);
      } else if (plays == ASKING + 1) {
        fastest(call, LEARNING);
      } else if (plays <= 2 * ASKING + 1) {
        turn(call, MANY_TURNS);
      } else if (!ready) {
        turn(call, SOME_TURNS);
        long limit = NANOS_OF_CALL + NANOS_OF_OPERATION * relay.operations(shape);
        ready = fastest(call, TIMED) < limit;
      }
    }

    /** Made by who plays: its operands may be megabytes. */
    private Runnable call() {
      Runnable call = made;
      if (call == null) {
        call = relay.rehearsal(shape, Arena.ofAuto());
        made = call;
      }
      return call;
    }

    private static void turn(Runnable call, int turns) {
      EmptyTurns.count = turns;
      try {
        call.run();
      } finally {
        EmptyTurns.count = 0;
      }
    }

    private static long fastest(Runnable call, int calls) {
      long fastest = Long.MAX_VALUE;
      long last = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        call.run();
        long now = System.nanoTime();
        fastest = Math.min(fastest, now - last);
        last = now;
      }
      return fastest;
    }
  }
}
