package dev.lanewise.properties;

import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import dev.lanewise.lstm.data.Forecaster;

/** What is forecast of a {@link ForecastTable}. */
record ForecastPlan(int window, int first, int steps, Change change, Fill fill, double held) {

  int last() {
    return first + steps - 1;
  }

  Forecaster forecaster() {
    return Forecaster.builder("y")
        .features("y", "x")
        .series("store")
        .window(window)
        .horizon(first, last())
        .change(change)
        .season(change.season())
        .fill(fill)
        .heldBack(held)
        .build();
  }

  /** Rows from the first that a window's change looks back on to its last. */
  int lookBack() {
    return window + (change.last() ? 1 : 0) + change.season();
  }
}
