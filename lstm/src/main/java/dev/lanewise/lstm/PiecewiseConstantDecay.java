package dev.lanewise.lstm;

import java.util.List;

/**
 * A learning rate that stays until an update and is another one after it, Keras's {@code
 * PiecewiseConstantDecay}. Immutable.
 *
 * <pre>
 * values[0]   update &lt;= boundaries[0]
 * values[i]   boundaries[i - 1] &lt; update &lt;= boundaries[i]
 * </pre>
 *
 * @param boundaries the last update of each rate but the last one, 0 or more, ascending
 * @param values the rates, one more than the boundaries, each finite and 0 or more
 */
public record PiecewiseConstantDecay(List<Long> boundaries, List<Double> values)
    implements Schedule {
  private static final String NAME = "PiecewiseConstantDecay";

  /**
   * Checks and copies the settings.
   *
   * @throws IllegalArgumentException when one is out of its range, or their numbers do not fit
   */
  public PiecewiseConstantDecay {
    boundaries = List.copyOf(boundaries);
    values = List.copyOf(values);
    if (values.size() != boundaries.size() + 1) {
      throw OptimizerErrors.pieces(boundaries, values);
    }
    for (int i = 0; i < boundaries.size(); i++) {
      Settings.atLeast(NAME, "boundaries[" + i + "]", boundaries.get(i), 0);
      if (i > 0 && boundaries.get(i) <= boundaries.get(i - 1)) {
        throw OptimizerErrors.notAscending(boundaries, i);
      }
    }
    for (int i = 0; i < values.size(); i++) {
      Settings.notNegative(NAME, "values[" + i + "]", values.get(i));
    }
  }

  /**
   * Some rates.
   *
   * @param boundaries the last update of each rate but the last one, 0 or more, ascending
   * @param values the rates, one more than the boundaries, each finite and 0 or more
   * @return the schedule
   * @throws IllegalArgumentException when one is out of its range, or their numbers do not fit
   */
  public static PiecewiseConstantDecay of(List<Long> boundaries, List<Double> values) {
    return new PiecewiseConstantDecay(boundaries, values);
  }

  @Override
  public double at(long update) {
    int piece = 0;
    while (piece < boundaries.size() && update > boundaries.get(piece)) {
      piece++;
    }
    return values.get(piece);
  }
}
