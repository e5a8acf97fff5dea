package dev.lanewise.cli;

import dev.lanewise.lstm.CosineDecay;
import dev.lanewise.lstm.ExponentialDecay;
import dev.lanewise.lstm.PiecewiseConstantDecay;
import dev.lanewise.lstm.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of {@code --schedule}. Each begins with {@code --lr}, or rises to it. */
final class ScheduleText {
  private static final String NUMBER = "([0-9]{0,9}\\.?[0-9]{1,12}(?:e-?[0-9]{1,2})?)";
  private static final String COUNT = "([0-9]{1,9})";
  private static final String PIECE = COUNT + "=" + NUMBER;

  private static final Pattern COSINE = Pattern.compile("cosine(?::warmup=" + COUNT + ")?");
  private static final Pattern EXPONENTIAL = Pattern.compile("exponential:" + NUMBER + "/" + COUNT);
  private static final Pattern PIECEWISE =
      Pattern.compile("piecewise:" + PIECE + "(?:," + PIECE + ")*");
  private static final Pattern PIECES = Pattern.compile(PIECE);

  private ScheduleText() {}

  /**
   * The schedule of a training.
   *
   * @param updates of the whole training
   */
  static Schedule parse(String text, double learningRate, long updates) {
    String words = text.toLowerCase(Locale.ROOT);
    Matcher cosine = COSINE.matcher(words);
    if (cosine.matches()) {
      return cosine(text, cosine.group(1) == null ? "0" : cosine.group(1), learningRate, updates);
    }
    Matcher exponential = EXPONENTIAL.matcher(words);
    if (exponential.matches()) {
      double factor = Double.parseDouble(exponential.group(1));
      long steps = Long.parseLong(exponential.group(2));
      if (factor > 0 && steps > 0) {
        return ExponentialDecay.of(learningRate, steps, factor);
      }
    }
    if (PIECEWISE.matcher(words).matches()) {
      return piecewise(text, PIECES.matcher(words), learningRate);
    }
    throw refused(
        text,
        "expected cosine, cosine:warmup=100, exponential:0.96/1000 or"
            + " piecewise:1000=0.0003,2000=0.0001");
  }

  private static Schedule cosine(String text, String warmup, double learningRate, long updates) {
    long first = Long.parseLong(warmup);
    if (first >= updates) {
      throw refused(text, "the training has " + updates + " updates, expected a warm-up of fewer");
    }
    CosineDecay decay = CosineDecay.of(learningRate, updates - first);
    return first == 0 ? decay : decay.warmup(0, first);
  }

  private static Schedule piecewise(String text, Matcher pieces, double learningRate) {
    List<Long> boundaries = new ArrayList<>();
    List<Double> rates = new ArrayList<>(List.of(learningRate));
    while (pieces.find()) {
      long boundary = Long.parseLong(pieces.group(1));
      if (!boundaries.isEmpty() && boundary <= boundaries.getLast()) {
        throw refused(
            text,
            "expected updates that ascend, got " + boundary + " after " + boundaries.getLast());
      }
      boundaries.add(boundary);
      rates.add(Double.parseDouble(pieces.group(2)));
    }
    return PiecewiseConstantDecay.of(boundaries, rates);
  }

  private static InputException refused(String text, String why) {
    return new InputException("--schedule " + text + ": " + why);
  }
}
