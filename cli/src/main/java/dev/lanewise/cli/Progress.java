package dev.lanewise.cli;

import dev.lanewise.lstm.BatchProgress;
import dev.lanewise.lstm.Epoch;
import java.util.Locale;

/** A progress bar on stderr, where that is a terminal; a line an epoch otherwise. */
final class Progress implements AutoCloseable {
  /** Whether stderr is a terminal: set by the launcher, for Java itself cannot tell. */
  static final String TERMINAL = "dev.lanewise.cli.terminal";

  /** How wide that is; set by the launcher. */
  static final String COLUMNS = "dev.lanewise.cli.columns";

  private static final int USUAL_COLUMNS = 80;
  private static final long REDRAWN_NANOS = 100_000_000;

  private final boolean shown = Boolean.getBoolean(TERMINAL);
  private final int columns = Integer.getInteger(COLUMNS, USUAL_COLUMNS);
  private final long start = System.nanoTime();
  private final String task;
  private final int epochs;
  private final TimeLeft time;

  private long drawn;
  private int length;

  private Progress(String task, int epochs) {
    this.task = task;
    this.epochs = epochs;
    this.time = new TimeLeft(epochs);
  }

  static Progress of(String task, int epochs) {
    return new Progress(task, epochs);
  }

  void step(BatchProgress batch) {
    double done = batch.epoch() + (batch.index() + 1.0) / batch.of();
    long now = System.nanoTime();
    double left = time.at(done, (now - start) / 1e9);
    if (!shown || (length > 0 && now - drawn < REDRAWN_NANOS && done < epochs)) {
      return;
    }
    drawn = now;
    String note = String.format(Locale.ROOT, "loss %.4g", batch.loss());
    String line = ProgressLine.of(task, done, epochs, note, left, columns);
    System.err.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
    System.err.flush();
    length = line.length();
  }

  /** A line for a log, where there is no bar: a sign of life. */
  void epoch(Epoch epoch) {
    double left = time.at(epoch.index() + 1.0, (System.nanoTime() - start) / 1e9);
    if (!shown) {
      System.err.println(EpochLine.of(epoch, left));
    }
  }

  /** Goes to the next line. */
  @Override
  public void close() {
    if (length > 0) {
      System.err.println();
    }
  }
}
