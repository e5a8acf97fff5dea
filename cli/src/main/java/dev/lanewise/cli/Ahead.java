package dev.lanewise.cli;

import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.TimeGrid;
import dev.lanewise.lstm.data.TimeStep;

/** How far ahead steps are, in words. */
final class Ahead {
  private static final String ONE = "1 ";

  private Ahead() {}

  /** For instance {@code 1 to 7 days ahead}. */
  static String of(Recipe recipe) {
    String steps =
        recipe.firstStep() == recipe.lastStep()
            ? "" + recipe.firstStep()
            : recipe.firstStep() + " to " + recipe.lastStep();
    return steps + " " + unit(recipe.grid(), recipe.lastStep()) + " ahead";
  }

  /** For instance {@code 3 months ahead}. */
  static String of(Recipe recipe, int step) {
    return step + " " + unit(recipe.grid(), step) + " ahead";
  }

  private static String unit(TimeGrid grid, int count) {
    String step = grid.step().map(TimeStep::toString).orElse("");
    boolean named = step.startsWith(ONE) && grid.spacing() == TimeGrid.Spacing.EVEN;
    String unit = named ? step.substring(ONE.length()) : "step";
    return count == 1 ? unit : unit + "s";
  }
}
