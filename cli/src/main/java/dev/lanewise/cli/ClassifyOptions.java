package dev.lanewise.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** What {@code train} is told where it learns classes of rows instead of forecasts. */
final class ClassifyOptions {
  private static final String CLASSIFY = "--classify";

  /** Options of forecasts that mean something here too. */
  private static final Set<String> SHARED = Set.of("--features");

  @Option(
      names = CLASSIFY,
      paramLabel = "COL",
      description =
          "Learn the class of each row, which this column names, instead of a forecast. last: the last column.")
  private String column = "";

  @Option(
      names = "--steps",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "With --classify: a row is a sequence of so many steps, the first features are the first step. Default: a step a column.")
  private int steps;

  @Option(
      names = "--test",
      defaultValue = "0.3",
      paramLabel = "X",
      description =
          "With --classify: the part of each class that is held back to test on. Default: ${DEFAULT-VALUE}.")
  private double test;

  boolean isGiven() {
    return !column.isEmpty();
  }

  /** The column of classes among those of a table. */
  String column(List<String> columns) {
    return column.equals("last") && !columns.contains("last")
        ? columns.getLast()
        : ColumnNames.column(column, columns);
  }

  int steps() {
    return steps;
  }

  double test() {
    return test;
  }

  /** Refuses what does not go together. */
  void check(CommandSpec spec, CommandSpec forecasts) {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      boolean forecast = forecasts.findOption(name) != null && !SHARED.contains(name);
      if (isGiven() && forecast) {
        throw new InputException(
            name
                + ": a forecast takes it, got "
                + CLASSIFY
                + " too, where a row is a sequence of --steps and no row follows another");
      }
      if (isGiven() && name.equals("--loss")) {
        throw new InputException(
            "--loss: got " + CLASSIFY + " too, which has a loss of its own; leave --loss out");
      }
      if (!isGiven() && (name.equals("--steps") || name.equals("--test"))) {
        throw new InputException(name + ": expected " + CLASSIFY + " COL beside it");
      }
    }
    if (steps < 0) {
      throw new InputException("--steps " + steps + ": expected 1 or more");
    }
    if (!(test > 0 && test < 1)) {
      throw new InputException(
          "--test " + test + ": expected a fraction between 0 and 1, such as 0.3");
    }
  }
}
