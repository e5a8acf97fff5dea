package dev.lanewise.cli;

/**
 * Says a last word where the program is ended by Ctrl-C or a signal while this is open. The exit
 * code is then the JVM's own, 130 of Ctrl-C.
 */
final class EndedFromOutside implements AutoCloseable {
  private final Thread hook;
  private boolean ended;

  /** On a line of its own, on stderr. */
  EndedFromOutside(String word) {
    hook =
        new Thread(
            () -> {
              end();
              System.err.println();
              System.err.println(word);
              System.err.flush();
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits for work that is under way; there is none after it. */
  private synchronized void end() {
    ended = true;
  }

  /** Does work that the end waits for, or that is left undone after it. */
  synchronized void unlessEnded(Runnable work) {
    if (!ended) {
      work.run();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return; // it has been said
    }
  }
}
