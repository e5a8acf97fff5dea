package dev.lanewise.cli;

import dev.lanewise.lstm.Callback;
import dev.lanewise.lstm.EarlyStopping;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.FitProgress;
import java.util.List;

/** Whether and when a training ends by itself. */
final class Patience implements Callback {
  /** The part of the samples that says when to stop. */
  private static final double JUDGES = 0.2;

  private final boolean given;
  private final EarlyStopping stopping;
  private int epochs; // when the fit ended, those before a resume too

  /** That many epochs; 0 for none, which ends nothing. */
  Patience(int epochs) {
    this.given = epochs > 0;
    this.stopping = EarlyStopping.of(epochs);
  }

  boolean isGiven() {
    return given;
  }

  /** How many of the samples are learned from. */
  long learned(long samples) {
    return given ? (long) Math.floor(samples * (1 - JUDGES)) : samples;
  }

  /** Lets a fit end, where it may. */
  void add(FitOptions.Builder fit) {
    if (given) {
      fit.validationSplit(JUDGES).callback(stopping).callback(this);
    }
  }

  @Override
  public void onEnd(FitProgress fit) {
    epochs = fit.epochs();
  }

  /** Which epoch's weights were kept, where that is not the last one's. */
  List<String> lines() {
    if (!given) {
      return List.of();
    }
    return List.of(
        (stopping.stopped() ? "stopped after " : "ran all ")
            + epochs
            + " epochs; the weights are those of epoch "
            + (stopping.bestEpoch() + 1)
            + ", the best on the last fifth of the samples trained on");
  }
}
