package dev.lanewise.lstm.data;

import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table made ready by a {@link Forecaster}: windows to train on, and windows of the rows held
 * back to test on. Immutable.
 */
public final class ForecastData {
  private final Recipe recipe;
  private final List<Series> series;
  private final List<Integer> trained;
  private final List<String> reading;
  private final List<String> notes;
  private final Prepared prepared;
  private final Origins train;
  private final Origins test;
  private final Tensor trainX;
  private final Tensor trainY;
  private final Optional<Tensor> testX;

  ForecastData(
      Recipe recipe,
      List<Series> series,
      List<Integer> trained,
      List<String> reading,
      List<String> notes) {
    this.recipe = recipe;
    this.series = series;
    this.trained = trained;
    this.reading = List.copyOf(reading);
    this.prepared = new Prepared(recipe, series);
    Origins.Builder toTrain = new Origins.Builder();
    Origins.Builder toTest = new Origins.Builder();
    boolean measured = !recipe.fill().isLikeMeasured();
    for (int i = 0; i < series.size(); i++) {
      int rows = trained.get(i);
      Origins.add(toTrain, recipe, i, series.get(i), 0, rows, measured);
      Origins.add(toTest, recipe, i, series.get(i), rows, series.get(i).length(), measured);
    }
    this.train = toTrain.build();
    this.test = toTest.build();
    if (train.count() == 0) {
      throw ForecastErrors.noWindow(recipe.window());
    }
    boolean held =
        series.stream().mapToInt(Series::length).sum() > trained.stream().mapToInt(i -> i).sum();
    if (held && test.count() == 0) {
      throw ForecastErrors.noHeldWindow(recipe.window());
    }
    this.trainX = prepared.inputs(train);
    this.trainY = prepared.outputs(train);
    this.testX = test.count() == 0 ? Optional.empty() : Optional.of(prepared.inputs(test));
    List<String> all = new ArrayList<>(notes);
    all.addAll(Ranges.leaving(recipe, series, trained, "the rows held back"));
    this.notes = List.copyOf(all);
  }

  /**
   * How the table becomes windows.
   *
   * @return what a {@link ForecastModel} keeps
   */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * How the rows were put in order and filled.
   *
   * @return sentences without full stops; empty where nothing is worth one
   */
  public List<String> reading() {
    return reading;
  }

  /**
   * What was chosen and why, and what to beware of.
   *
   * @return sentences without full stops
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * The windows to train on.
   *
   * @return (windows, window, channels), near 0; read-only where windows share rows
   */
  public Tensor trainX() {
    return trainX;
  }

  /**
   * What a network shall give for each window.
   *
   * @return (windows, outputs), near 0: the steps of the first target, then those of the next
   */
  public Tensor trainY() {
    return trainY;
  }

  /**
   * Whether rows are held back.
   *
   * @return false where all are trained on
   */
  public boolean isTested() {
    return test.count() > 0;
  }

  /**
   * The windows that forecast the rows held back.
   *
   * @return (windows, window, channels)
   * @throws IllegalStateException when no row is held back
   */
  public Tensor testX() {
    return testX.orElseThrow(ForecastData::untested);
  }

  /**
   * What a network shall give for them.
   *
   * @return (windows, outputs)
   * @throws IllegalStateException when no row is held back
   */
  public Tensor testY() {
    if (!isTested()) {
      throw untested();
    }
    return prepared.outputs(test);
  }

  private static IllegalStateException untested() {
    return new IllegalStateException("ForecastData: no row is held back; heldBack(0.2) keeps some");
  }

  /**
   * How many series there are.
   *
   * @return 1 or more
   */
  public int seriesCount() {
    return series.size();
  }

  /**
   * How many rows are trained on, and how many are held back, of all series.
   *
   * @return two numbers
   */
  public long[] rows() {
    long rows = trained.stream().mapToLong(i -> i).sum();
    return new long[] {rows, series.stream().mapToLong(Series::length).sum() - rows};
  }

  /**
   * Builds a network that takes these windows.
   *
   * @param layers that take (batch, window, {@link Recipe#channels()}) and give (batch, {@link
   *     Recipe#outputs()})
   * @param seed of its weights
   * @return the network, its rows masked first where the recipe says so
   */
  public Sequential network(List<Layer> layers, long seed) {
    List<Layer> all = new ArrayList<>(layers);
    if (recipe.fill() == Fill.MASK) {
      all.add(0, Masking.of(Recipe.MASKED));
    }
    return Sequential.of(all).build(recipe.channels(), seed);
  }

  /**
   * A network, trained on these windows, as a forecaster of tables.
   *
   * @param network built. Shared, not copied
   * @return the model
   * @throws IllegalArgumentException when it takes or gives another number of numbers
   */
  public ForecastModel model(Sequential network) {
    return ForecastModel.of(recipe, network);
  }

  /**
   * Forecasts the rows held back.
   *
   * @param model trained on these windows
   * @return its forecasts beside the true numbers and the naive forecasts
   * @throws IllegalStateException when no row is held back
   */
  public Backtest backtest(ForecastModel model) {
    double[][] forecast = prepared.forecasts(test, model.run(testX()));
    return Backtest.of(recipe, series, trained, test, forecast);
  }
}
