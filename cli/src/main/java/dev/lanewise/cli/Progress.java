package dev.lanewise.cli;

import dev.lanewise.lstm.BatchProgress;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr, where that is a terminal; nothing otherwise. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 100;

  /** Whether stderr is a terminal: set by the launcher, for Java itself cannot tell. */
  private static final String TERMINAL = "dev.lanewise.cli.terminal";

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static Progress of(String task, int epochs) {
    return new Progress(Boolean.getBoolean(TERMINAL) ? bar(task, epochs) : null);
  }

  private static ProgressBar bar(String task, int epochs) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(epochs)
        .setStyle(ProgressBarStyle.ASCII)
        .setMaxRenderedLength(WIDTH)
        .setUpdateIntervalMillis(100)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .build();
  }

  void step(BatchProgress batch) {
    if (bar != null) {
      bar.stepTo(batch.index() + 1 == batch.of() ? batch.epoch() + 1L : batch.epoch());
      bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", batch.loss()));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
