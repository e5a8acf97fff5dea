package dev.lanewise.cli;

import dev.lanewise.lstm.Loss;

/**
 * What {@code train} makes small where it forecasts one number a target and step.
 *
 * @param loss of standardized numbers
 * @param axis what its curve says, such as {@code mean squared error, standardized}
 */
record ForecastLoss(Loss loss, String axis) {

  /** What {@code --loss} says. */
  static ForecastLoss read(String text) {
    Loss loss = LossText.read(text);
    int colon = text.indexOf(':');
    String numbers = colon < 0 ? "" : text.substring(colon + 1);
    String name =
        switch (loss.kerasName()) {
          case "mse" -> "mean squared error";
          case "mae" -> "mean absolute error";
          case "huber" -> "Huber loss, delta " + (numbers.isEmpty() ? "1" : numbers);
          case "pinball" -> numbers.contains(":") ? "" : "pinball loss of " + numbers;
          default -> "";
        };
    if (name.isEmpty()) {
      throw new InputException(
          "--loss "
              + text
              + ": train forecasts one number: expected mse, mae, huber, huber:0.5, or pinball:0.9 of one"
              + " quantile; fit takes the others");
    }
    return new ForecastLoss(loss, name + ", standardized");
  }
}
