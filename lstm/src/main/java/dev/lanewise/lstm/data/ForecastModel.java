package dev.lanewise.lstm.data;

import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * A trained forecaster of tables: a network, and the recipe that turns rows into what it takes and
 * what it gives into real units.
 *
 * <pre>{@code
 * ForecastModel model = ForecastFile.load(Path.of("model.safetensors"));
 * List<Forecast> next = model.forecast(frame);   // the steps after the last row of each series
 * }</pre>
 *
 * <p>Immutable; may be used by any number of threads, as long as no one trains the network on.
 */
public final class ForecastModel {
  private final Recipe recipe;
  private final Sequential network;
  private final Predictor predictor;

  private ForecastModel(Recipe recipe, Sequential network) {
    this.recipe = recipe;
    this.network = network;
    this.predictor = network.predictor();
  }

  /**
   * Puts a recipe and a network together.
   *
   * @param recipe how rows become its input
   * @param network built. Shared; its weights as they are now are what forecasts
   * @return the model
   * @throws IllegalArgumentException when the network takes another number of channels, or gives
   *     another number of outputs
   */
  public static ForecastModel of(Recipe recipe, Sequential network) {
    if (network.features() != recipe.channels()) {
      throw ForecastErrors.network("channels", recipe.channels(), network.features());
    }
    Shape given = network.outputShape(Shape.of(1, recipe.window(), recipe.channels()));
    Shape expected = Shape.of(1, recipe.outputs());
    if (given.rank() != expected.rank()) {
      throw ForecastErrors.networkShape(expected.toString(), given.toString());
    }
    if (given.dim(-1) != recipe.outputs()) {
      throw ForecastErrors.network("outputs", recipe.outputs(), given.dim(-1));
    }
    return new ForecastModel(recipe, network);
  }

  /**
   * How rows become what the network takes.
   *
   * @return the recipe
   */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * The network.
   *
   * @return shared
   */
  public Sequential network() {
    return network;
  }

  Tensor run(Tensor x) {
    return predictor.predict(x);
  }

  /**
   * The last window of each series.
   *
   * @param frame rows with the columns of the recipe. Not modified
   * @return what to give to the network
   * @throws IllegalArgumentException when a column is absent, or every series is too short or ends
   *     in a gap. Where only some are, they are left out, and {@link ForecastWindows#lines} says so
   */
  public ForecastWindows last(Frame frame) {
    return ForecastWindows.of(recipe, frame, false);
  }

  /**
   * All windows of each series, the last one last.
   *
   * @param frame rows with the columns of the recipe. Not modified
   * @return what to give to the network
   * @throws IllegalArgumentException when a column is absent, or no window has no gap
   */
  public ForecastWindows all(Frame frame) {
    return ForecastWindows.of(recipe, frame, true);
  }

  /**
   * Forecasts the steps after the last row of each series.
   *
   * @param frame rows with the columns of the recipe. Not modified
   * @return series by series, target by target, step by step
   * @throws IllegalArgumentException when a column is absent, or every series is too short or ends
   *     in a gap. Where only some are, they are left out, and {@link ForecastWindows#lines} says so
   */
  public List<Forecast> forecast(Frame frame) {
    ForecastWindows windows = last(frame);
    return windows.forecasts(run(windows.x()));
  }

  /**
   * Forecasts from rows without times, text or series: for a service that holds the latest numbers.
   *
   * @param rows {@link Recipe#rowsNeeded()} of them, the latest last, each with the recipe's
   *     columns in the order of {@link Recipe#columns()}
   * @return the steps of the first target, then those of the next, in real units
   * @throws IllegalArgumentException when there are more or fewer, or the recipe needs what is not
   *     in them
   */
  public double[] forecast(double[][] rows) {
    if (rows.length != recipe.rowsNeeded()) {
      throw ForecastErrors.lookBack("", rows.length, recipe.rowsNeeded());
    }
    ForecastWindows windows = ForecastWindows.ofArrays(recipe, new double[][][] {rows});
    return windows.values(run(windows.x()))[0];
  }

  /**
   * Windows of numbers, as arrays hold them.
   *
   * @param windows each {@link Recipe#rowsNeeded()} rows of the recipe's columns, the latest last
   * @return what to give to the network
   * @throws IllegalArgumentException when a window is shorter or longer, or the recipe needs times
   *     or text
   */
  public ForecastWindows windows(double[][][] windows) {
    return ForecastWindows.ofArrays(recipe, windows);
  }
}
