package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.daily;
import static dev.lanewise.lstm.data.Frames.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleFitTest {
  private static final int ROWS = 80;

  static List<Change> changes() {
    return List.of(Change.LAST, new Change(false, 3, false), new Change(true, 7, false));
  }

  /** The scales of the change, as it is seen and as each step is learned. */
  private static List<Scale> scales(double[] y, Change change) {
    Forecaster forecaster =
        Forecaster.builder("y")
            .window(3)
            .horizon(1, 9)
            .change(change)
            .season(change.season())
            .build();
    Recipe recipe = forecaster.prepare(daily(y)).recipe();
    Recipe.Scales scales = recipe.scales().get(Recipe.ALL);
    List<Scale> all = new ArrayList<>(scales.outputs());
    for (int i = 0; i < recipe.inputs().size(); i++) {
      if (recipe.inputs().get(i).kind() == Recipe.Kind.CHANGE) {
        all.add(scales.inputs().get(i));
      }
    }
    assertEquals(10, all.size());
    return all;
  }

  @ParameterizedTest
  @MethodSource("changes")
  void takesTheRoundingsOfALineForNoChange(Change change) {
    double[] line = numbers(ROWS, t -> 20 + 0.1 * t);
    assertEquals(
        List.of(1.0), scales(line, change).stream().map(Scale::deviation).distinct().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void takesTheRoundingsOfConstantGrowthForNoChange(int season) {
    double[] growth = numbers(ROWS, t -> StrictMath.pow(1.01, t));
    Change change = new Change(true, season, true);
    assertEquals(
        List.of(1.0), scales(growth, change).stream().map(Scale::deviation).distinct().toList());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void scalesWhatMovesLittleAtALargeOffset(Change change) {
    // 1e8 is known to 1.5e-8: a move of 1e-5 is none of its roundings.
    double[] y = numbers(ROWS, t -> 1e8 + 1e-5 * (t * t % 11));
    Stream<Double> vast = scales(y, change).stream().map(Scale::deviation);
    assertEquals(0, vast.filter(deviation -> deviation > 1e-3).count());
  }
}
