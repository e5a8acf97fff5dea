package dev.lanewise.cli.bench;

import java.util.Locale;

/** What is done with a layer. */
public enum Work {
  /** One step of a stream, which carries its state from call to call. */
  STEP,
  /** Whole sequences, each step of them an output. */
  PREDICT,
  /** A step of fit: forward, backward and Adam, of the layer and a Dense(1) on its last state. */
  TRAIN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
