package dev.lanewise.cli;

/** How far a measurement is, on a line of stderr that goes again; nothing where no one looks. */
final class BenchProgress implements AutoCloseable {
  private static final int USUAL_COLUMNS = 80;

  private final boolean shown = Boolean.getBoolean(Progress.TERMINAL);
  private final int columns = Integer.getInteger(Progress.COLUMNS, USUAL_COLUMNS);
  private final String task;
  private int length;

  /** For a task in one word. */
  BenchProgress(String task) {
    this.task = task;
  }

  void at(int done, int of, String what) {
    if (shown) {
      draw(ProgressLine.of(task, done, of, what, Double.NaN, columns));
    }
  }

  private void draw(String line) {
    System.err.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
    System.err.flush();
    length = line.length();
  }

  /** Leaves the line to what comes then. */
  @Override
  public void close() {
    if (length > 0) {
      draw("");
      System.err.print("\r");
      System.err.flush();
    }
  }
}
