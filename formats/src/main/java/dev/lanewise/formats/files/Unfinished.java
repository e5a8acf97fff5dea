package dev.lanewise.formats.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a write has made and not yet given its name: removed, the newest first, where the write
 * fails, and where the JVM is told to end meanwhile (Ctrl-C, SIGTERM, {@code System.exit}).
 */
public final class Unfinished implements AutoCloseable {
  /** Makes a file or a directory. */
  @FunctionalInterface
  public interface Making<T> {
    T at(Path path) throws IOException;
  }

  private final Deque<Path> made = new ArrayDeque<>();
  private final Thread atExit = new Thread(this::remove, "lanewise-unfinished");
  private boolean over;

  private Unfinished() {}

  public static Unfinished begin() {
    Unfinished unfinished = new Unfinished();
    try {
      Runtime.getRuntime().addShutdownHook(unfinished.atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and a hook of the program's own writes: nobody is left to watch.
      return unfinished;
    }
    return unfinished;
  }

  /** Makes a path and takes note of it; the JVM cannot end between the two. */
  public synchronized <T> T make(Path path, Making<T> making) throws IOException {
    requireGoingOn();
    T result = making.at(path);
    made.push(path);
    return result;
  }

  /** Does the work that the JVM shall not end in the middle of. */
  public synchronized void commit(Runnable work) {
    requireGoingOn();
    work.run();
  }

  /** Has its name now. */
  synchronized void finished(Path path) {
    made.remove(path);
  }

  /** All have their names now. */
  synchronized void allFinished() {
    made.clear();
  }

  private void requireGoingOn() {
    if (over) {
      throw new IllegalStateException("not written: the JVM is ending");
    }
  }

  private synchronized void remove() {
    over = true;
    while (!made.isEmpty()) {
      remove(made.pop());
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Somebody put a file into the directory, or took the permission away. The rest still goes.
      return;
    }
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook finds nothing left.
      return;
    }
  }
}
