package dev.lanewise.lstm;

/** Counts the changes of a model's weights, so that what was made of them is known to be old. */
final class Revision {
  private long number;

  void next() {
    number++;
  }

  long number() {
    return number;
  }
}
