package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a table becomes what a network takes, and how what it gives becomes a forecast in real units.
 * It is all that a {@link ForecastModel} knows beside its network. Immutable.
 *
 * @param targets the columns forecast
 * @param changes what is learned of each target
 * @param inputs what the network sees of a row, in its order
 * @param window rows that it sees
 * @param firstStep the nearest row after the window that is forecast, 1 or more
 * @param lastStep the farthest
 * @param series the column that names a row's series; empty where the rows are one series
 * @param fill what becomes of missing numbers
 * @param calendar what it sees of the calendar, after the inputs, a sine and a cosine each
 * @param grid how rows follow one another
 * @param season rows a season has, for the seasonal naive forecast; 0 for none
 * @param scales how numbers are brought near 0, by the name of a series; {@link #ALL} for all
 * @param ranges the lowest and the highest number that each column was trained on
 */
public record Recipe(
    List<String> targets,
    List<Change> changes,
    List<Input> inputs,
    int window,
    int firstStep,
    int lastStep,
    String series,
    Fill fill,
    Set<CalendarFeature> calendar,
    TimeGrid grid,
    int season,
    Map<String, Scales> scales,
    Map<String, Range> ranges) {

  /** The name under which scales are kept that hold for every series. */
  public static final String ALL = "";

  /** What the network is given in a row that is masked. */
  static final float MASKED = -1e9f;

  /** Rows, and windows, of the longest gap that is filled. */
  private static final int LONGEST_FILLED = 100;

  private static final int LONGEST_WINDOWS = 3;

  /** Sine and cosine. */
  private static final int CIRCLE = 2;

  /** What of a column the network sees. */
  public enum Kind {
    /** A target's change, as it is learned. */
    CHANGE,
    /** The number. */
    NUMBER,
    /** A text: 1 in the place of its value, 0 elsewhere; 0 everywhere for an unknown one. */
    TEXT
  }

  /**
   * What the network sees of a column.
   *
   * @param column its name
   * @param kind what of it
   * @param values the texts that it was trained on; empty for numbers
   */
  public record Input(String column, Kind kind, List<String> values) {
    /** Copies the values. */
    public Input {
      values = List.copyOf(values);
    }

    /** How many numbers it is. */
    int width() {
      return kind == Kind.TEXT ? values.size() : 1;
    }
  }

  /**
   * How the numbers of a series are brought near 0.
   *
   * @param inputs one an input, {@link Scale#NONE} for text
   * @param outputs one an output: the steps of the first target, then those of the next
   */
  public record Scales(List<Scale> inputs, List<Scale> outputs) {
    /** Copies the lists. */
    public Scales {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * The numbers that a column was trained on.
   *
   * @param low the lowest
   * @param high the highest
   */
  public record Range(double low, double high) {}

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException when parts do not fit together
   */
  public Recipe {
    targets = List.copyOf(targets);
    changes = List.copyOf(changes);
    inputs = List.copyOf(inputs);
    calendar = Set.copyOf(calendar);
    scales = Collections.unmodifiableMap(new LinkedHashMap<>(scales));
    ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
    boolean steps = firstStep >= 1 && lastStep >= firstStep && window >= 1 && season >= 0;
    boolean columns = !targets.isEmpty() && targets.size() == changes.size() && !inputs.isEmpty();
    if (!steps || !columns) {
      throw ForecastErrors.recipe();
    }
    int outputs = targets.size() * (lastStep - firstStep + 1);
    for (Scales each : scales.values()) {
      if (each.inputs().size() != inputs.size() || each.outputs().size() != outputs) {
        throw ForecastErrors.recipe();
      }
    }
    for (Input input : inputs) {
      if (input.kind() == Kind.CHANGE && !targets.contains(input.column())) {
        throw ForecastErrors.recipe();
      }
    }
  }

  /**
   * How many steps are forecast.
   *
   * @return 1 or more
   */
  public int steps() {
    return lastStep - firstStep + 1;
  }

  /**
   * How many numbers the network gives.
   *
   * @return a number a step of each target
   */
  public int outputs() {
    return targets.size() * steps();
  }

  /**
   * How many numbers the network takes of a row.
   *
   * @return 1 or more
   */
  public int channels() {
    return inputs.stream().mapToInt(Input::width).sum() + CIRCLE * calendar.size();
  }

  /**
   * How many rows a forecast looks back on: the window, and those before it that its first change
   * needs.
   *
   * @return 1 or more
   */
  public int rowsNeeded() {
    return window + reach();
  }

  /** Which target an output is of. */
  int target(int out) {
    return out / steps();
  }

  /** How many rows ahead an output is. */
  int step(int out) {
    return firstStep + out % steps();
  }

  /** Rows before a window that the change in its first needs. */
  int reach() {
    return changes.stream().mapToInt(Change::reach).max().orElse(0);
  }

  /**
   * The columns that a table must have for a forecast.
   *
   * @return the features, the targets whose change is forecast, and the series where there is one
   */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    inputs.forEach(input -> columns.add(input.column()));
    columns.addAll(seenTargets());
    if (!series.isEmpty()) {
      columns.add(series);
    }
    return columns;
  }

  /** The targets that a forecast has to look at. */
  private List<String> seenTargets() {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      String target = targets.get(i);
      boolean seesIt = inputs.stream().anyMatch(input -> input.column().equals(target));
      if (seesIt || !changes.get(i).isLevel()) {
        seen.add(target);
      }
    }
    return seen;
  }

  /**
   * The columns of text among them.
   *
   * @return the features of text, and the series
   */
  public Set<String> textColumns() {
    Set<String> columns = new LinkedHashSet<>();
    for (Input input : inputs) {
      if (input.kind() == Kind.TEXT) {
        columns.add(input.column());
      }
    }
    if (!series.isEmpty()) {
      columns.add(series);
    }
    return columns;
  }

  Selection selection() {
    List<String> features = inputs.stream().map(Input::column).distinct().toList();
    return new Selection(seenTargets(), features, series, fill, longestFilled(window));
  }

  /** Rows of the longest gap that is filled. */
  static int longestFilled(int window) {
    return Math.max(LONGEST_FILLED, LONGEST_WINDOWS * window);
  }

  /**
   * Whether the network itself takes and gives real units: one level, not scaled, of numbers alone.
   *
   * @return true where rows are given to it as they are
   */
  public boolean isPlain() {
    Scales all = scales.get(ALL);
    return all != null
        && changes.equals(List.of(Change.LEVEL))
        && calendar.isEmpty()
        && series.isEmpty()
        && inputs.stream().allMatch(input -> input.kind() == Kind.NUMBER)
        && all.inputs().stream().allMatch(Scale.NONE::equals)
        && all.outputs().stream().allMatch(Scale.NONE::equals);
  }

  Change change(String target) {
    return changes.get(targets.indexOf(target));
  }

  /** The calendar in the order that the network sees it. */
  List<CalendarFeature> circles() {
    return calendar.stream().sorted().toList();
  }
}
