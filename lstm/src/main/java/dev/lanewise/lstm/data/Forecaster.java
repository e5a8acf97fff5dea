package dev.lanewise.lstm.data;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is to be forecast, from what, and how far ahead.
 *
 * <pre>{@code
 * ForecastData data = Forecaster.builder("temp_max").features("temp_max", "wind").window(30)
 *     .horizon(1, 7).build().prepare(frame);
 * Sequential network = data.network(List.of(Lstm.of(64), Dense.of(data.outputs())), 1)
 *     .compile(Adam.of(1e-3), Loss.MEAN_SQUARED_ERROR);
 * network.fit(data.trainX(), data.trainY(), FitOptions.builder().epochs(20).seed(1).build());
 * ForecastModel model = data.model(network);
 * Backtest test = data.backtest(model);                // errors beside the naive forecast's
 * List<Forecast> week = model.forecast(frame);         // the seven days after the last row
 * }</pre>
 *
 * <p>The rows held back are the latest of each series. Nothing is fitted on them: not the scales,
 * nor the choice of what is learned, nor the season. Immutable; may be used by any number of
 * threads.
 */
public final class Forecaster {
  private final Builder settings;

  private Forecaster(Builder settings) {
    this.settings = settings;
  }

  /**
   * Begins a forecaster.
   *
   * @param targets the columns to forecast, one or more
   * @return a builder with a window of 30 rows, 1 step ahead, a fifth of the rows held back
   * @throws IllegalArgumentException when there is none
   */
  public static Builder builder(String... targets) {
    return new Builder(List.of(targets));
  }

  /**
   * Makes a table ready to train and to test on.
   *
   * @param frame the rows. Not modified
   * @return windows, and the recipe by which they were made
   * @throws IllegalArgumentException when a column is absent or of the wrong kind, or there are too
   *     few rows
   */
  public ForecastData prepare(Frame frame) {
    return new Preparation(this, frame).data();
  }

  List<String> targets() {
    return settings.targets;
  }

  List<String> features() {
    return settings.features.isEmpty() ? settings.targets : settings.features;
  }

  String series() {
    return settings.series;
  }

  int window() {
    return settings.window;
  }

  int firstStep() {
    return settings.firstStep;
  }

  int lastStep() {
    return settings.lastStep;
  }

  double heldBack() {
    return settings.heldBack;
  }

  Fill fill() {
    return settings.fill;
  }

  Set<CalendarFeature> calendar() {
    return settings.calendar;
  }

  Optional<Change> change() {
    return settings.change;
  }

  OptionalInt season() {
    return settings.season;
  }

  boolean log() {
    return settings.log;
  }

  Optional<Boolean> showLevel() {
    return settings.showLevel;
  }

  boolean scaledBySeries() {
    return settings.scaledBySeries;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final List<String> targets;
    private List<String> features = List.of();
    private String series = "";
    private int window = 30;
    private int firstStep = 1;
    private int lastStep = 1;
    private double heldBack = 0.2;
    private Fill fill = Fill.FORWARD;
    private Set<CalendarFeature> calendar = Set.of();
    private Optional<Change> change = Optional.empty();
    private OptionalInt season = OptionalInt.empty();
    private boolean log;
    private Optional<Boolean> showLevel = Optional.empty();
    private boolean scaledBySeries = true;

    private Builder(List<String> targets) {
      if (targets.isEmpty()) {
        throw ForecastErrors.noTargets();
      }
      this.targets = targets;
    }

    private Builder(Builder from) {
      this(from.targets);
      features = from.features;
      series = from.series;
      window = from.window;
      firstStep = from.firstStep;
      lastStep = from.lastStep;
      heldBack = from.heldBack;
      fill = from.fill;
      calendar = from.calendar;
      change = from.change;
      season = from.season;
      log = from.log;
      showLevel = from.showLevel;
      scaledBySeries = from.scaledBySeries;
    }

    /**
     * Sets the columns to forecast from, numbers and text. Default: the targets.
     *
     * @param columns one or more
     * @return this builder
     */
    public Builder features(String... columns) {
      features = List.of(columns);
      return this;
    }

    /**
     * Sets the column of text that names each row's series. One network learns them all; windows,
     * scales and the rows held back are those of a series.
     *
     * @param column its name; empty for rows of one series, the default
     * @return this builder
     */
    public Builder series(String column) {
      series = column;
      return this;
    }

    /**
     * Sets how many rows a forecast looks back.
     *
     * @param rows 1 or more
     * @return this builder
     * @throws IllegalArgumentException when it is less
     */
    public Builder window(int rows) {
      if (rows < 1) {
        throw ForecastErrors.atLeastOne("window", rows);
      }
      window = rows;
      return this;
    }

    /**
     * Sets the one step ahead that is forecast.
     *
     * @param step 1 for the next row, or more
     * @return this builder
     * @throws IllegalArgumentException when it is less
     */
    public Builder horizon(int step) {
      return horizon(step, step);
    }

    /**
     * Sets the steps ahead that are forecast, all at once.
     *
     * @param first the nearest, 1 for the next row, or more
     * @param last the farthest
     * @return this builder
     * @throws IllegalArgumentException when they are not in order
     */
    public Builder horizon(int first, int last) {
      if (first < 1 || last < first) {
        throw ForecastErrors.steps(first, last);
      }
      firstStep = first;
      lastStep = last;
      return this;
    }

    /**
     * Sets the fraction of each series' rows, the latest, that are kept to test on.
     *
     * @param fraction from 0, where all are trained on, to below 1
     * @return this builder
     * @throws IllegalArgumentException when it is not
     */
    public Builder heldBack(double fraction) {
      if (!(fraction >= 0 && fraction < 1)) {
        throw ForecastErrors.held(fraction);
      }
      heldBack = fraction;
      return this;
    }

    /**
     * Sets what becomes of missing numbers. Default: {@link Fill#FORWARD}.
     *
     * @param value what
     * @return this builder
     */
    public Builder fill(Fill value) {
      fill = value;
      return this;
    }

    /**
     * Sets what the network sees of the calendar. Default: nothing.
     *
     * @param circles any
     * @return this builder
     */
    public Builder calendar(Set<CalendarFeature> circles) {
      calendar = circles.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(circles));
      return this;
    }

    /**
     * Sets what is learned of the targets. Default: chosen for each by the rows trained on.
     *
     * @param value what
     * @return this builder
     */
    public Builder change(Change value) {
      change = Optional.of(value);
      return this;
    }

    /**
     * Sets how many rows a season has. Default: found by the rows trained on.
     *
     * @param rows 2 or more; 0 for no season
     * @return this builder
     * @throws IllegalArgumentException when it is 1 or negative
     */
    public Builder season(int rows) {
      if (rows < 0 || rows == 1) {
        throw ForecastErrors.season(rows);
      }
      season = OptionalInt.of(rows);
      return this;
    }

    /**
     * Learns the logarithm, where what is learned is chosen. Default: where changes grow with the
     * level.
     *
     * @param value whether in any case
     * @return this builder
     */
    public Builder log(boolean value) {
      log = value;
      return this;
    }

    /**
     * Sets whether the network sees the level of a target beside its change. Default: where the
     * latest rows trained on stay in the range of those before.
     *
     * @param value whether
     * @return this builder
     */
    public Builder showLevel(boolean value) {
      showLevel = Optional.of(value);
      return this;
    }

    /**
     * Sets whether each series has scales of its own. Default: yes.
     *
     * @param value false for one scale for all
     * @return this builder
     */
    public Builder scaledBySeries(boolean value) {
      scaledBySeries = value;
      return this;
    }

    /**
     * Ends the forecaster.
     *
     * @return the forecaster
     */
    public Forecaster build() {
      return new Forecaster(new Builder(this));
    }
  }
}
