package dev.lanewise.cli;

import dev.lanewise.lstm.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Losses by Keras's names, with their numbers: {@code huber:0.5}, {@code pinball:0.1:0.9}. */
final class LossText {
  private static final Map<String, Function<double[], Loss>> LOSSES = new LinkedHashMap<>();

  static {
    plain(Loss.MEAN_SQUARED_ERROR);
    plain(Loss.MEAN_ABSOLUTE_ERROR);
    LOSSES.put("huber", numbers -> Loss.huber(numbers.length == 0 ? 1 : only(numbers)));
    plain(Loss.BINARY_CROSSENTROPY);
    plain(Loss.CATEGORICAL_CROSSENTROPY);
    plain(Loss.SPARSE_CATEGORICAL_CROSSENTROPY);
    LOSSES.put("pinball", Loss::pinball);
    plain(Loss.GAUSSIAN_NLL);
  }

  private LossText() {}

  private static void plain(Loss loss) {
    LOSSES.put(
        loss.kerasName(),
        numbers -> {
          if (numbers.length > 0) {
            throw new IllegalArgumentException(loss + " takes no number");
          }
          return loss;
        });
  }

  private static double only(double[] numbers) {
    if (numbers.length > 1) {
      throw new IllegalArgumentException("huber takes one number, its delta");
    }
    return numbers[0];
  }

  /** What {@code --loss} says. */
  static Loss read(String text) {
    List<String> words = List.of(text.split(":", -1));
    Function<double[], Loss> found = LOSSES.get(words.getFirst().toLowerCase(Locale.ROOT));
    if (found == null) {
      throw new InputException(
          "--loss " + text + ": expected one of " + String.join(", ", LOSSES.keySet()));
    }
    double[] numbers = words.stream().skip(1).mapToDouble(word -> number(text, word)).toArray();
    try {
      return found.apply(numbers);
    } catch (IllegalArgumentException refused) {
      throw new InputException("--loss " + text + ": " + refused.getMessage());
    }
  }

  private static double number(String text, String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new InputException("--loss " + text + ": \"" + word + "\" is no number");
    }
  }
}
