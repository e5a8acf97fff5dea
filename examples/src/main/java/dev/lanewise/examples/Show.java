package dev.lanewise.examples;

import dev.lanewise.lstm.History;
import dev.lanewise.tensor.Tensor;
import java.util.Locale;
import java.util.StringJoiner;

/** Prints what the programs find, in one form for all. */
final class Show {
  private static final int WIDTH = 100;

  private Show() {}

  /** A name, so that what follows stands in one column. */
  static void line(String name, Object value) {
    System.out.println(String.format(Locale.ROOT, "%-26s %s", name, value));
  }

  /** The shape of a tensor. */
  static void shape(String name, Tensor x) {
    line(name, x.shape());
  }

  /** The first numbers of a tensor, in row-major order. */
  static void values(String name, Tensor x) {
    StringJoiner numbers = new StringJoiner(" ");
    Tensor flat = x.reshape(-1);
    for (long i = 0; i < Math.min(10, flat.size()); i++) {
      numbers.add(number(flat.get(i)));
    }
    line(name, flat.size() > 10 ? numbers + " .." : numbers);
  }

  /** The loss of the first epoch and of the last. */
  static void loss(History history) {
    double[] loss = history.loss();
    line(
        "loss of epoch 1 and " + loss.length,
        String.format(Locale.ROOT, "%.6f %.6f", loss[0], loss[loss.length - 1]));
  }

  /** A number with four decimals. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Runs what the library refuses, and prints why, on lines of at most 100 characters. */
  static void refused(String attempt, Runnable program) {
    try {
      program.run();
    } catch (IllegalArgumentException | ArithmeticException e) {
      line(attempt, "is refused:");
      System.out.println(wrapped(String.valueOf(e.getMessage())));
      return;
    }
    throw new IllegalStateException(attempt + " was not refused");
  }

  /** Broken at spaces, but not inside a shape. */
  private static String wrapped(String message) {
    StringBuilder text = new StringBuilder(" ");
    int column = 1;
    for (String word : message.split(" (?![^(]*\\))", -1)) {
      boolean fits = column + 1 + word.length() <= WIDTH;
      text.append(fits ? " " : "\n  ").append(word);
      column = (fits ? column + 1 : 2) + word.length();
    }
    return text.toString();
  }
}
