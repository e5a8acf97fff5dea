package dev.lanewise.lstm.memory;

/** Counts the changes of a model's weights, so that what was made of them is known to be old. */
public final class Revision {
  private long number;

  public void next() {
    number++;
  }

  public long number() {
    return number;
  }
}
